"""Where the databases differ: names, types, lists, days. Everything else is common SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jingmen_facts.kinds import FieldSpec, Sort

_TYPES = {
    "duckdb": ("VARCHAR", "VARCHAR[]"),
    "postgres": ("TEXT", "TEXT[]"),
    "spark": ("STRING", "ARRAY<STRING>"),
}
DIALECTS = tuple(_TYPES)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One of ``DIALECTS``."""

    name: str

    def quoted(self, name: str) -> str:
        """A name as written in a statement."""
        mark = "`" if self.name == "spark" else '"'
        return mark + name.replace(mark, mark * 2) + mark

    def text(self, value: str) -> str:
        if self.name == "spark":
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return "'" + value.replace("'", "''") + "'"

    def day(self, value: date) -> str:
        return f"DATE '{value.isoformat()}'"

    def texts(self, values: Sequence[str]) -> str:
        """A list of texts, written out."""
        inner = ", ".join(map(self.text, values))
        if self.name == "spark":
            return f"array({inner})"
        return f"ARRAY[{inner}]::{self.list_type}" if self.name == "postgres" else f"[{inner}]"

    @property
    def text_type(self) -> str:
        return _TYPES[self.name][0]

    @property
    def list_type(self) -> str:
        return _TYPES[self.name][1]

    def type_of(self, spec: FieldSpec) -> str:
        """The type of a field's column: money in whole 分, days as dates, lists as arrays."""
        match spec.sort:
            case Sort.FLAG:
                return "BOOLEAN"
            case Sort.MONEY:
                return "BIGINT"
            case Sort.NUMBER:
                return "BIGINT" if spec.whole else "DECIMAL(28, 12)"
            case Sort.DAY:
                return "DATE"
            case Sort.TEXT:
                return self.text_type
            case Sort.TEXTS:
                return self.list_type

    def holds_all(self, held: str, sought: str) -> str:
        """Whether a list holds every element of another."""
        if self.name == "postgres":
            return f"({held} @> {sought})"
        if self.name == "spark":
            return f"(size(array_except({sought}, {held})) = 0)"
        return f"list_has_all({held}, {sought})"

    def holds(self, held: str, one: str) -> str:
        """Whether a list holds a text; unknown where either is."""
        if self.name == "postgres":
            return f"({held} @> ARRAY[{one}]::{self.list_type})"
        function = "array_contains" if self.name == "spark" else "list_contains"
        return f"{function}({held}, {one})"

    def size(self, held: str) -> str:
        function = {"postgres": "cardinality", "spark": "size", "duckdb": "len"}[self.name]
        return f"CASE WHEN {held} IS NOT NULL THEN {function}({held}) END"

    def years_after(self, day: str, years: str) -> str:
        """The same day years later; 29 February falls on 28 February where there is none."""
        if self.name == "spark":
            return f"add_months({day}, CAST(12 * ({years}) AS INT))"
        if self.name == "postgres":
            return f"CAST({day} + make_interval(years => CAST({years} AS INT)) AS DATE)"
        return f"CAST({day} + to_years(CAST({years} AS INTEGER)) AS DATE)"

    def age(self, born: str, on: str) -> str:
        """Whole years completed."""

        def part(name: str, day: str) -> str:
            return f"CAST(EXTRACT({name} FROM {day}) AS INTEGER)"

        def in_year(day: str) -> str:
            return f"{part('MONTH', day)} * 100 + {part('DAY', day)}"

        early = f"CASE WHEN {in_year(on)} < {in_year(born)} THEN 1 ELSE 0 END"
        return f"({part('YEAR', on)} - {part('YEAR', born)} - {early})"
