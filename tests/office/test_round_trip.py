"""Facts written into a workbook and read back are the same facts."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import MODELS, Dossier, Fact, Fen, ServiceProject, Station, plan_register
from jingmen_facts.problems import Refused
from support.ledgers import ledger, read
from support.outside import converted
from support.shipped_facts import COUNTIES, OWN_KINDS, stated

REGISTER = ("City", "County", "Township")
listed = st.sets(
    st.sampled_from([*OWN_KINDS, *(f"{kind}@{owner}" for kind in OWN_KINDS for owner in COUNTIES)]),
    max_size=4,
)


def whole(facts: dict[str, list[Fact]], complete: set[str]) -> Dossier:
    own = [fact for kind in facts.values() for fact in kind]
    return Dossier([*plan_register(), *own], models=MODELS, complete={*complete, *REGISTER})


def station(**fields: object) -> Dossier:
    one = Station.model_validate({"id": "示例站", "township": "沙洋县/后港镇", **fields})
    return whole({"Station": [one]}, set())


def back(dossier: Dossier, county: str = "") -> Dossier:
    with TemporaryDirectory() as folder:
        return read(ledger(Path(folder) / "台账.xlsx", county, dossier))


@settings(max_examples=10)
@given(stated(), listed)
def test_every_fact_comes_back_as_it_was(facts: dict[str, list[Fact]], complete: set[str]) -> None:
    dossier = whole(facts, complete)
    assert back(dossier) == dossier


TEXTS = (
    *("=1+1", "@x", "-", "+1", "#N/A", "_x0041_", "a\rb", "a\nb", "\x07", "＝1"),
    *("2021-07-31", "是", "TRUE", "007", "1e5", "0.10", "'x", "<&>", "🏠", "a  b", "判定：结论"),
)
AMOUNTS = (0, 1, 10, 29, 30, 717501, 10**14 + 1, 10**15 - 1, 10**16 + 1, 10**17)


def test_a_text_stays_the_text_it_was() -> None:
    stations: list[Fact] = [Station(id=f"S{n}", name=text) for n, text in enumerate(TEXTS)]
    dossier = whole({"Station": stations}, set())
    assert back(dossier) == dossier


def test_no_amount_loses_a_fen() -> None:
    projects: list[Fact] = [ServiceProject(id=f"P{fen}", total_cost=Fen(fen)) for fen in AMOUNTS]
    dossier = whole({"ServiceProject": projects}, set())
    assert back(dossier) == dossier


def test_a_list_of_nothing_is_not_an_unknown_list() -> None:
    dossier = station(equipment=())
    assert back(dossier) == dossier
    assert back(station()) != dossier


def test_a_day_of_long_ago_is_kept() -> None:
    for day in ("1899-12-31", "1900-02-28", "1929-12-31", "1930-01-01", "2100-12-31", "2101-01-01"):
        dossier = station(established_on=day)
        assert back(dossier, "沙洋县") == dossier


def test_a_list_that_one_cell_cannot_say_is_refused() -> None:
    with pytest.raises(Refused, match="其他设施设备“甲、乙”含有分隔号"):
        back(station(other_equipment=("甲、乙",)))


def test_what_the_register_does_not_know_may_be_added_to_it() -> None:
    known = [
        fact.model_copy(update={"has_conditions": True})
        if fact.identity == "沙洋县/后港镇"
        else fact
        for fact in plan_register()
    ]
    dossier = Dossier(known, models=MODELS, complete=REGISTER)
    assert back(dossier) == dossier


def in_shayang(facts: dict[str, list[Fact]]) -> dict[str, list[Fact]]:
    """The same facts, all of 沙洋县; of the city itself none."""
    moved: dict[str, dict[str, Fact]] = {}
    for kind, several in facts.items():
        for fact in several:
            there = {"township": "沙洋县/后港镇", "county": "沙洋县", "city": None}
            new = {name: to for name, to in there.items() if getattr(fact, name, None) is not None}
            one = fact.model_copy(update=new)
            moved.setdefault(kind, {})[one.identity] = one
    return {kind: list(several.values()) for kind, several in moved.items()}


@settings(max_examples=8)
@given(stated().map(in_shayang))
def test_a_countys_ledger_gives_back_what_is_the_countys(facts: dict[str, list[Fact]]) -> None:
    dossier = whole(facts, set())
    assert back(dossier, "沙洋县") == dossier


def test_a_countys_ledger_takes_no_fact_of_another() -> None:
    with pytest.raises(Refused, match="社工站“示例站”不属于钟祥市，写不进这本台账"):
        back(station(), "钟祥市")


@pytest.mark.outside
def test_libreoffice_may_save_it(tmp_path: Path) -> None:
    source = station(
        established_on="2021-07-31",
        equipment=("桌椅", "电脑"),
        area="123.45",
        construction_support="29.10",
        sign_displayed=True,
        name="=站",
    )
    saved = ledger(tmp_path / "台账.xlsx", "沙洋县", source)
    (tmp_path / "存").mkdir()
    assert read(converted(saved, "xlsx", tmp_path / "存")) == source
