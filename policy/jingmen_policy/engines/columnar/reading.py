"""Columns as they come, as the columns a statement reads: how each is read in DuckDB.

A cell may say what a file of facts may say: 是, 7175.01元, 2021年7月31日, 人员、项目. One that
cannot be read is a problem, never unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jingmen_facts.kinds import FieldSpec, Sort
from jingmen_facts.scalars import FEN_PER, MAX_NUMBER, NONE
from jingmen_policy.engines.columnar.dialect import Dialect

DUCKDB = Dialect("duckdb")
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
YUAN = "元"
"""What an amount is in where nothing says so."""
_INTEGERS = frozenset([*_WHOLE, *(f"U{name}" for name in _WHOLE)])
_FLOATS = frozenset(["FLOAT", "DOUBLE"])
_TRUE, _FALSE = "('是', 'true', 'yes')", "('否', 'false', 'no')"
_DAYS = "['%Y-%m-%d', '%Y/%m/%d', '%Y年%m月%d日']"
_FIGURE = r"^\+?[0-9][0-9,，]*(\.[0-9]+)?\s*"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column is read: ``stated`` is NULL where a cell is empty, ``value`` where it says
    nothing that can be read. ``plain`` is the value where every cell can be.
    """

    value: str
    stated: str
    plain: str

    @property
    def sure(self) -> bool:
        """Whether every cell can be read, whatever it says."""
        return self.value == self.plain == self.stated

    @property
    def wrong(self) -> str:
        """Whether a cell cannot be read."""
        return f"(({self.stated}) IS NOT NULL AND ({self.value}) IS NULL)"


def untidy(column: str, given: str) -> str:
    """Whether a cell may have blanks at its ends, or nothing but blanks; '' for one of no text.

    A blank is below any letter, as is nothing at all: one comparison for both.
    """
    if given != "VARCHAR":
        return ""
    return f"({column} < '!' OR ends_with({column}, ' '))"


def reading(
    spec: FieldSpec, column: str, given: str, *, unit: str = "", tidy: bool = False
) -> Reading:
    """How a column of a DuckDB type is read as a field.

    ``unit`` is what its heading states; ``tidy``: no cell of it is ``untidy``.
    """
    if given.startswith("ENUM"):
        column, given = f"CAST({column} AS VARCHAR)", "VARCHAR"
    if given == '"NULL"':
        nothing = f"CAST(NULL AS {DUCKDB.type_of(spec)})"
        return Reading(nothing, nothing, nothing)
    if given in _FLOATS:
        stated = f"CASE WHEN isnan({column}) THEN NULL ELSE {column} END"
    elif given == "VARCHAR" and not tidy:
        stated = f"nullif(trim({column}), '')"
    else:
        stated = column
    if spec.sort is Sort.MONEY:
        value = _money(stated, given, unit)
    else:
        value = _READ[spec.sort](spec, stated, given)
    if value is None:
        nothing = f"CAST(NULL AS {DUCKDB.type_of(spec)})"
        return Reading(nothing, stated, nothing)
    plain = value
    if spec.sort in (Sort.TEXT, Sort.TEXTS):
        plain = _READ[spec.sort](replace(spec, choices=()), stated, given) or value
    elif spec.sort is Sort.MONEY and given in _INTEGERS:
        plain = f"CAST({stated} AS BIGINT) * {FEN_PER[unit or YUAN]}"
    elif spec.sort is Sort.NUMBER and given in _INTEGERS:
        plain = f"CAST({stated} AS {DUCKDB.type_of(spec)})"
    return Reading(value, stated, plain)


def _flag(_spec: FieldSpec, stated: str, given: str) -> str | None:
    if given == "BOOLEAN":
        return stated
    if given != "VARCHAR":
        return None
    said = f"lower({stated})"
    return f"CASE WHEN {said} IN {_TRUE} THEN TRUE WHEN {said} IN {_FALSE} THEN FALSE END"


def _money(stated: str, given: str, unit: str) -> str | None:
    """``unit`` is that of the heading, which a cell may not contradict."""
    most, per = MAX_NUMBER * FEN_PER[YUAN], FEN_PER[unit or YUAN]
    if given in _INTEGERS:
        within = f"{stated} BETWEEN 0 AND {most // per}"
        return f"CASE WHEN {within} THEN CAST({stated} AS BIGINT) * {per} END"
    if given in _FLOATS:
        # A number no longer than its decimals down to 分, told apart from its neighbours.
        exact = f"TRY_CAST({stated} AS DECIMAL(17, {len(str(per)) - 1}))"
        same = f"CAST({exact} AS DOUBLE) = {stated} AND {stated} >= 0"
        return f"CASE WHEN {same} THEN CAST({exact} * {per} AS BIGINT) END"
    if given.startswith("DECIMAL"):
        fen = f"CAST({stated} AS DECIMAL(38, 10)) * {per}"
    elif given == "VARCHAR":
        number = f"TRY_CAST({_digits(stated, unit or '|'.join(FEN_PER))} AS DECIMAL(28, 8))"
        factor = (
            f"CASE WHEN ends_with({stated}, '万元') THEN {FEN_PER['万元']}"
            f" WHEN ends_with({stated}, '元') THEN {FEN_PER['元']}"
            f" WHEN ends_with({stated}, '分') THEN {FEN_PER['分']} ELSE {per} END"
        )
        fen = f"{number} * {factor}"
    else:
        return None
    whole = f"{fen} = trunc({fen}) AND {fen} BETWEEN 0 AND {most}"
    return f"CASE WHEN {whole} THEN CAST({fen} AS BIGINT) END"


def _number(spec: FieldSpec, stated: str, given: str) -> str | None:
    if given in _INTEGERS:
        number = stated
    elif given in _FLOATS:
        number = f"TRY_CAST(CAST({stated} AS VARCHAR) AS DECIMAL(28, 12))"
    elif given.startswith("DECIMAL"):
        number = stated
    elif given == "VARCHAR":
        number = f"TRY_CAST({_digits(stated, spec.unit)} AS DECIMAL(28, 12))"
    else:
        return None
    least = -MAX_NUMBER if spec.signed else 0
    within = f"{number} BETWEEN {least} AND {MAX_NUMBER}"
    if spec.whole:
        return (
            f"CASE WHEN {within} AND {number} = trunc({number}) THEN CAST({number} AS BIGINT) END"
        )
    return f"CASE WHEN {within} THEN CAST({number} AS DECIMAL(28, 12)) END"


def _digits(stated: str, units: str) -> str:
    """The figure of a text that is one with, or without, a unit after it."""
    pattern = f"{_FIGURE}({units})?$".replace("'", "''")
    figure = f"regexp_replace(regexp_extract({stated}, '^[+0-9.,，]+'), '[,，+]', '', 'g')"
    return f"CASE WHEN regexp_matches({stated}, '{pattern}') THEN {figure} END"


def _day(_spec: FieldSpec, stated: str, given: str) -> str | None:
    if given == "DATE":
        return stated
    if given.startswith("TIMESTAMP"):
        return f"CASE WHEN {stated} = date_trunc('day', {stated}) THEN CAST({stated} AS DATE) END"
    return f"CAST(try_strptime({stated}, {_DAYS}) AS DATE)" if given == "VARCHAR" else None


def _text(spec: FieldSpec, stated: str, given: str) -> str | None:
    if given in _INTEGERS:
        stated = f"CAST({stated} AS VARCHAR)"
    elif given != "VARCHAR":
        return None
    if not spec.choices:
        return stated
    choices = ", ".join(map(DUCKDB.text, spec.choices))
    return f"CASE WHEN {stated} IN ({choices}) THEN {stated} END"


def _texts(spec: FieldSpec, stated: str, given: str) -> str | None:
    if given == "VARCHAR":
        parts = f"list_transform(string_split_regex({stated}, '[、；;|]'), lambda x: trim(x))"
        none = DUCKDB.text(NONE)
        held = f"CASE WHEN {stated} = {none} THEN CAST([] AS VARCHAR[]) ELSE {parts} END"
    elif given == "VARCHAR[]":
        held = stated
    elif given.endswith("[]"):
        held = f"CAST({stated} AS VARCHAR[])"
    else:
        return None
    if not spec.choices:
        return held
    return f"CASE WHEN list_has_all({DUCKDB.texts(spec.choices)}, {held}) THEN {held} END"


_READ = {
    Sort.FLAG: _flag,
    Sort.NUMBER: _number,
    Sort.DAY: _day,
    Sort.TEXT: _text,
    Sort.TEXTS: _texts,
}
