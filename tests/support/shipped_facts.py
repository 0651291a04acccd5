"""Random facts of the shipped models, and dossiers of them that hang together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from jingmen_facts import MODELS, Fact, Fen, Station
from jingmen_facts.kinds import FieldSpec, Kind, Sort

OWN_KINDS = tuple(name for name in MODELS.kinds if name not in ("City", "County", "Township"))
"""The kinds that the register does not bring."""

TOWNSHIPS = ("东宝区/漳河镇", "沙洋县/后港镇", "钟祥市/郢中街道")
COUNTIES = ("沙洋县", "漳河新区")

words = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="、；;|/\u2028\u2029\ufeff"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() not in ("", "无"))


def values(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """What a field may hold when it is known; references lead into the register."""
    if spec.refers is not None:
        known = {"Township": TOWNSHIPS, "County": COUNTIES, "City": ("荆门市",)}
        return st.sampled_from(known.get(spec.refers.kind, ("示例站",)))
    if spec.sort is Sort.TEXTS:
        items = st.sampled_from(spec.choices) if spec.choices else words.map(str.strip)
        return st.lists(items, unique=True, max_size=4).map(tuple)
    if spec.choices:
        return st.sampled_from(spec.choices)
    if spec.unit == "平方米":
        return st.integers(0, 10**7).map(lambda hundredths: Decimal(hundredths) / 100)
    bare: dict[Sort, st.SearchStrategy[Any]] = {
        Sort.FLAG: st.booleans(),
        Sort.NUMBER: st.integers(2000, 2100) if spec.unit == "年" else st.integers(0, 10**6),
        Sort.MONEY: st.integers(0, 10**14).map(Fen),
        Sort.DAY: st.dates(date(1950, 1, 1), date(2099, 12, 31)),
        Sort.TEXT: words,
    }
    return bare[spec.sort]


@st.composite
def facts(draw: st.DrawFn, kind: Kind) -> Fact:
    """A fact of a kind with any of its fields known; what contradicts itself is left unknown."""
    given = {
        name: draw(values(spec) if spec.required else st.none() | values(spec))
        for name, spec in kind.fields.items()
    }
    try:
        return kind.model(**given)
    except ValidationError:
        keep = {name: given[name] for name, spec in kind.fields.items() if spec.required}
        return kind.model(**keep)


@st.composite
def stated(draw: st.DrawFn) -> dict[str, list[Fact]]:
    """Facts by kind, no two with one identity, all at the one station 示例站."""
    station = Station(id="示例站", township=draw(st.sampled_from(TOWNSHIPS)))
    found: dict[str, list[Fact]] = {"Station": [station]}
    for name in OWN_KINDS:
        drawn = draw(st.lists(facts(MODELS.kinds[name]), max_size=2))
        taken = {fact.identity for fact in found.get(name, [])}
        for fact in drawn:
            if fact.identity not in taken:
                taken.add(fact.identity)
                found.setdefault(name, []).append(fact)
    return found
