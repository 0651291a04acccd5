"""Every model: labelled in both languages, unknown unless stated, and whole after a round trip."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingmen_facts import MODELS, Fact
from jingmen_facts.county import AnnexUnit
from jingmen_facts.kinds import Kind, Sort
from support.shipped_facts import facts

KINDS = list(MODELS.kinds.values())
every_kind = pytest.mark.parametrize("kind", KINDS, ids=list(MODELS.kinds))


@given(st.sampled_from(KINDS).flatmap(facts))
def test_a_fact_written_as_json_is_read_as_the_same_fact(fact: Fact) -> None:
    model = type(fact)
    assert model.model_validate(fact.model_dump(mode="json")) == fact
    assert model.model_validate_json(fact.model_dump_json()) == fact
    assert model.model_validate(fact.model_dump()) == fact


@every_kind
def test_only_the_identity_is_required(kind: Kind) -> None:
    required = {name for name, spec in kind.fields.items() if spec.required}
    assert required == set(kind.model.KEY)


@every_kind
def test_every_field_is_labelled_in_chinese_and_english(kind: Kind) -> None:
    labels = [spec.label for spec in kind.fields.values()]
    assert all(re.search("[\u4e00-\u9fff]", label.zh) for label in labels)
    assert all(label.en.strip() and label.en != label.zh for label in labels)
    assert len({label.zh for label in labels}) == len(labels)
    assert re.search("[\u4e00-\u9fff]", kind.label.zh)


@every_kind
def test_every_model_says_in_its_docstring_what_it_is_for(kind: Kind) -> None:
    doc = kind.model.__doc__ or ""
    assert kind.name in ("City",) or re.search("[一二三四五六]", doc), doc


def test_relations_lead_both_ways() -> None:
    assert {name: set(found) for name, found in MODELS.relations.items() if found} == {
        "City": {"counties", "documents", "activities"},
        "County": {"city", "townships", "assessments", "documents", "funding_years", "activities"},
        "Township": {"county", "stations", "documents"},
        "Station": {
            "township",
            "workers",
            "shared_workers",
            "volunteer_teams",
            "projects",
            "agreements",
            "assessments",
            "activities",
        },
        "ResidentWorker": {"station", "also_at"},
        "VolunteerTeam": {"station"},
        "ServiceProject": {"station"},
        "ServiceAgreement": {"station"},
        "Assessment": {"county", "station"},
        "PolicyDocument": {"city", "county", "township"},
        "FundingYear": {"county"},
        "Activity": {"city", "county", "station"},
    }


def test_education_is_ordered_and_county_names_are_the_annex_units() -> None:
    education = MODELS.kinds["ResidentWorker"].fields["education"]
    assert education.ordered
    assert education.choices == ("初中及以下", "高中或中专", "大专", "本科", "研究生")
    assert MODELS.kinds["County"].fields["name"].choices == get_args(AnnexUnit)


def test_units_and_sorts_are_read_off_the_types() -> None:
    station = MODELS.kinds["Station"].fields
    assert (station["area"].sort, station["area"].unit) == (Sort.NUMBER, "平方米")
    assert (station["construction_support"].sort, station["construction_support"].unit) == (
        Sort.MONEY,
        "元",
    )
    assert station["rooms"].sort is Sort.TEXTS
    assert station["established_on"].sort is Sort.DAY
