"""The published schema says what the reader reads."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from jingmen_facts import BACKGROUNDS, MODELS, Fact, Refused, build_dossier
from jingmen_facts.schema import PATH, facts_schema, schema_text
from support.shipped_facts import stated

VALIDATOR = Draft202012Validator(facts_schema(MODELS))


def test_the_file_agrees_with_the_models() -> None:
    assert PATH.read_text(encoding="utf-8") == schema_text(MODELS)
    command = [sys.executable, "-m", "jingmen_facts.schema", "--check"]
    assert subprocess.run(command, check=False).returncode == 0


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(PATH.read_text(encoding="utf-8")))


@given(facts=stated())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_every_dossier_written_as_json_is_valid(facts: dict[str, list[Fact]]) -> None:
    whole = {kind: [fact.model_dump(mode="json") for fact in of] for kind, of in facts.items()}
    VALIDATOR.validate({"use": "register", **whole})


@pytest.mark.parametrize(
    "value",
    [
        {"use": ["register"], "complete": "社工站", "as_of": "2022-06-30"},
        {"社工站": {"社工站编号": "甲站", "建筑面积": "300平方米", "专门用房": "社工室、个案室"}},
        {"Station": {"id": "甲站", "area": "300.5", "purpose_built": "是", "rooms": []}},
        {"ServiceProject": {"id": "项目", "total_cost": "10万元", "year": "2022年"}},
        {"FundingYear": [{"county": "沙洋县", "year": "2022", "required_total": "1,000.00"}]},
        {"Station": None},
    ],
)
def test_what_the_reader_accepts_is_valid(value: dict[str, Any]) -> None:
    build_dossier(value, models=MODELS, backgrounds=BACKGROUNDS, use=["register"])
    VALIDATOR.validate(value)


def test_numbers_and_booleans_of_json_are_valid() -> None:
    VALIDATOR.validate({"Station": {"id": "甲站", "area": 300.5, "purpose_built": True}})
    VALIDATOR.validate({"ServiceProject": {"id": "项目", "total_cost": 7175.01, "year": 2022}})


@pytest.mark.parametrize(
    "value",
    [
        {"Staton": {"id": "甲站"}},
        {"Station": {"id": "甲站", "aera": "300"}},
        {"Station": {"area": "300"}},
        {"Station": {"id": "甲站", "rooms": ["客厅"]}},
        {"Station": {"id": "甲站", "area": "300亩"}},
        {"Station": {"id": "甲站", "established_on": "七月"}},
        {"County": {"name": "东宝"}},
        {"ServiceProject": {"id": "项目", "total_cost": "-1"}},
        {"complete": "Staton"},
    ],
)
def test_what_is_invalid_the_reader_refuses(value: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(value)
    with pytest.raises(Refused):
        build_dossier(value, models=MODELS, backgrounds=BACKGROUNDS)


def test_every_field_has_a_chinese_title_an_english_description_and_its_unit() -> None:
    definitions = facts_schema(MODELS)["$defs"]
    for kind in MODELS.kinds.values():
        for spec in kind.fields.values():
            field = definitions[kind.name]["properties"][spec.name]
            assert (field["title"], field["description"]) == (spec.label.zh, spec.label.en)
            assert field.get("x-unit", "") == spec.unit
