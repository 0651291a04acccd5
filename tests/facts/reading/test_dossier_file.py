"""A dossier is read whole from one file or a folder, or refused with everything that is wrong."""

from __future__ import annotations

import csv
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from jingmen_facts import BACKGROUNDS, MODELS, DossierFile, Fact, Refused, read_dossier
from jingmen_facts.scalars import NONE
from support.shipped_facts import stated


def read(path: Path, **options: Any) -> DossierFile:
    return read_dossier(path, MODELS, BACKGROUNDS, **options)


def refusal(path: Path, **options: Any) -> list[str]:
    """Each problem as 'line: field: text', whatever the folder is called."""
    with pytest.raises(Refused) as caught:
        read(path, **options)
    assert all(problem.said.zh for problem in caught.value.problems)
    prefix = path if path.is_dir() else path.parent
    return [problem.to("en").removeprefix(f"{prefix}/") for problem in caught.value.problems]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value) or NONE
    return str(value)


def write_tables(folder: Path, facts: dict[str, list[Fact]], *, chinese: bool) -> None:
    for kind, rows in facts.items():
        described = MODELS.kinds[kind]
        stem = described.label.zh if chinese else kind
        with (folder / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            specs = list(described.fields.values())
            table.writerow([spec.label.zh if chinese else spec.name for spec in specs])
            table.writerows([[cell(getattr(fact, spec.name)) for spec in specs] for fact in rows])
    write(folder / "dossier.yaml", "use: register\nas_of: 2022-06-30\ncomplete: 社工站\n")


@given(facts=stated())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_yaml_json_and_tables_state_the_same_dossier(facts: dict[str, list[Fact]]) -> None:
    whole: dict[str, Any] = {"use": "register", "complete": ["Station"], "as_of": "2022-06-30"}
    whole |= {kind: [fact.model_dump(mode="json") for fact in of] for kind, of in facts.items()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = read(write(folder / "a.yaml", yaml.safe_dump(whole)))
        assert read(write(folder / "a.json", json.dumps(whole))) == first
        for chinese in (False, True):
            tables = folder / str(chinese)
            tables.mkdir()
            write_tables(tables, facts, chinese=chinese)
            assert read(tables) == first
    assert first.as_of == date(2022, 6, 30)
    assert first.dossier.complete == {"Station", "City", "County", "Township"}
    for kind, of in facts.items():
        assert list(first.dossier.of_kind(kind).values()) == of


def test_one_fact_needs_no_list_and_chinese_names_will_do(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.yaml",
        "use: [register]\n"
        "社工站:\n"
        "  社工站编号: 示例站\n"
        "  建筑面积: 300平方米\n"
        "  专门用房: 社工室、个案室\n",
    )
    [station] = read(path).dossier.of_kind("Station").values()
    assert station.model_dump(exclude_none=True, mode="json") == {
        "id": "示例站",
        "area": "300",
        "rooms": ["社工室", "个案室"],
    }


def test_a_stated_fact_fills_what_the_register_does_not_know(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.yaml",
        "use: register\nTownship: {division: 东宝区, name: 漳河镇, has_conditions: 是}\n",
    )
    dossier = read(path).dossier
    assert len(dossier.of_kind("Township")) == 60
    assert dossier.of_kind("Township")["东宝区/漳河镇"].model_dump(exclude_none=True) == {
        "division": "东宝区",
        "name": "漳河镇",
        "kind": "镇",
        "county": "漳河新区",
        "code": "420802102",
        "code_mca": "420802102",
        "in_plan": True,
        "has_conditions": True,
    }


def test_what_the_register_knows_cannot_be_contradicted_or_added_to(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.yaml",
        "use: register\n"
        "Township:\n"
        "  - division: 东宝区\n"
        "    name: 漳河镇\n"
        "    county: 东宝区\n"
        "  - {division: 东宝区, name: 漳合镇}\n",
    )
    assert refusal(path) == [
        "a.yaml:5: Township[0].county: known to be '漳河新区', which '东宝区' contradicts",
        "a.yaml:6: Township[1]: 'register' has no township '东宝区/漳合镇';"
        " did you mean '东宝区/漳河镇'?",
    ]


def test_the_caller_may_name_backgrounds_and_complete_kinds(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "Station: []\n")
    assert not read(path).dossier.facts
    found = read(path, use=["register-2022"], complete=["社工站"]).dossier
    assert len(found.of_kind("Township")) == 61
    assert "Station" in found.complete
    [said] = refusal(path, use=["regster"])
    assert said == "unknown background 'regster'; did you mean 'register'?"


MANY_MISTAKES = """\
use: register
complete: [Station, Worker]
as_of: 2021-02-30
Station:
  - id: 甲站
    township: 东宝区/龙泉街
    aera: 300平方米
  - {id: 乙站, area: 300亩, rooms: 社工室、个案事}
  - id: 乙站
County: {name: 东宝, kind: 县}
驻站社工:
  id: 张三
  station: 丙站
  born_on: 2021-02-30
ServiceProject:
  - {id: 项目, station: 甲站, total_cost: 10万元, personnel_cost: 11万元}
  - 项目二
  - {year: 2022}
"""


def test_every_mistake_is_said_at_once_with_its_line(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "a.yaml", MANY_MISTAKES)) == [
        "a.yaml:2: complete[1]: unknown kind of fact 'Worker'; did you mean 'ResidentWorker'?",
        "a.yaml:3: as_of: expected a day that exists, such as 2021-07-31, got '2021-02-30'",
        "a.yaml:6: Station[0].township: the station refers to an unknown township"
        " '东宝区/龙泉街'; did you mean '东宝区/龙泉街道'?",
        "a.yaml:7: Station[0].aera: unknown field 'aera'; did you mean 'area'?",
        "a.yaml:8: Station[1].area: unit '亩' should be '平方米'",
        "a.yaml:8: Station[1].rooms[1]: '个案事' is not among the choices"
        " (社工室, 个案室, 小组活动室, 多功能室, 档案室); did you mean '个案室'?",
        "a.yaml:9: Station[2]: duplicate station '乙站', already stated on line 8",
        "a.yaml:10: County.name: '东宝' is not among the choices"
        " (沙洋县, 钟祥市, 京山市, 东宝区, 掇刀区, 漳河新区); did you mean '东宝区'?",
        "a.yaml:13: 驻站社工.station: the resident worker refers to an unknown station '丙站'",
        "a.yaml:14: 驻站社工.born_on: expected a day that exists, such as 2021-07-31,"
        " got '2021-02-30'",
        "a.yaml:16: ServiceProject[0]: personnel cost 110000.00 yuan is more than the total cost"
        " 100000.00 yuan",
        "a.yaml:17: ServiceProject[1]: expected fields with their values",
        "a.yaml:18: ServiceProject[2].id: 'id' is required",
    ]


def test_a_reference_to_a_refused_fact_is_no_further_problem(tmp_path: Path) -> None:
    text = "Station: {id: 甲站, aera: 1}\nResidentWorker: {id: 张三, station: 甲站}\n"
    assert len(refusal(write(tmp_path / "a.yaml", text))) == 1
    text = "Staton: {id: 甲站}\nResidentWorker: {id: 张三, station: 甲站}\n"
    assert refusal(write(tmp_path / "a.yaml", text)) == [
        "a.yaml:1: Staton: unknown kind of fact 'Staton'; did you mean 'Station'?"
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "", "a.yaml: expected kinds of fact with their facts"),
        ("a.yaml", "- 甲\n", "a.yaml:1: expected kinds of fact with their facts"),
        ("a.yaml", "Station: 甲站\n", "a.yaml:1: Station: expected one station or a list"),
        ("a.yaml", "Station: {id: 甲站}\n社工站: {id: 乙站}\n", "a.yaml:2: 社工站: '社工站' and"),
        ("a.yaml", "Station: {id: 甲站, 社工站编号: 乙站}\n", "a.yaml:1: Station.社工站编号: "),
        ("a.yaml", "Station: {id: }\n", "a.yaml:1: Station.id: required: it may not be blank"),
        ("a.yaml", 'Station: {id: ""}\n', "a.yaml:1: Station.id: may not be empty"),
        ("a.yaml", "use: {a: b}\n", "a.yaml:1: use: expected a name or a list of names"),
        ("a.yaml", "as_of: [2021]\n", "a.yaml:1: as_of: expected a day that exists"),
        ("a.yaml", "Station:\n  - id: 甲站\n  - id: 乙", None),
        ("a.yaml", "Station:\n  - id: 甲站\n  - {id: 乙", "a.yaml:3: YAML syntax error"),
        ("a.yaml", "Station: &x {id: 甲站}\n", "a.yaml:1: anchors and aliases are refused"),
        ("a.json", '{"Station": {"id": "甲站"', "a.json:1: JSON syntax error"),
        ("a.json", '{"Station": {"id": "甲站", "area": 3e2}}', "expected a number, got '3e2'"),
        ("a.toml", "a = 1\n", "a.toml: unknown kind of file '.toml'"),
    ],
)
def test_a_malformed_file_is_refused(
    tmp_path: Path, name: str, text: str, said: str | None
) -> None:
    path = write(tmp_path / name, text)
    if said is None:
        assert read(path).dossier.facts
    else:
        assert said in refusal(path)[0]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.yaml") == ["nothing.yaml: there is no such file"]
    assert refusal(tmp_path / "nothing") == ["nothing: there is no such file"]


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 2**20)
    assert refusal(path) == ["a.yaml: the file is larger than 16 MB"]
