"""What a part becomes: verdicts and violations as Parquet, and what the receipt says of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from jingmen_policy.bulk.inputs import digest
from jingmen_policy.bulk.parts import Part
from jingmen_policy.bulk.receipt import OutputFile, Plan, Receipt
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.select import Statement
from jingmen_policy.rule.status import Status

if TYPE_CHECKING:
    from jingmen_policy.bulk.run import Run

VIOLATIONS = (Status.BREACHED, Status.DEPARTED)
_DUCKDB = Dialect("duckdb")
_TEXT = _DUCKDB.text


def violations(run: Run, part: Part, made: Statement, verdicts: Path) -> str:
    """A row for each violation: who, which rule, where it stands, what was found.

    Each cell that is one becomes a number, which stands for a rule and a status.
    """
    rules = [run.policy.corpus.rules[column.rule] for column in made.columns]
    told = zip(
        _among([rule.id for rule in rules]),
        [str(column.year or "NULL") for column in made.columns],
        _among([rule.title.zh for rule in rules]),
        _among([rule.cites[0].address for rule in rules]),
        _among([rule.bearer.role.zh for rule in rules]),
        strict=True,
    )
    statuses = _among([status.value for status in VIOLATIONS])
    cells: list[str] = []
    rows: list[str] = []
    for column, of_rule in zip(made.columns, told, strict=True):
        name = _DUCKDB.quoted(column.name)
        cases = []
        for status, spelt in zip(VIOLATIONS, statuses, strict=True):
            cases.append(f"WHEN {_TEXT(status.value)} THEN {len(rows)}")
            rows.append(f"({len(rows)}, {spelt}, {', '.join(of_rule)})")
        cells.append(f"CASE {name} {' '.join(cases)} END AS {name}")
    numbered = f"SELECT subject, {', '.join(cells)} FROM read_parquet({_TEXT(str(verdicts))})"
    return (
        f"SELECT {_among([part.kind])[0]} AS kind, v.subject,"
        " r.rule, CAST(r.year AS INTEGER) AS year, r.status, r.title, r.address, r.bearer"
        f" FROM (UNPIVOT ({numbered}) ON COLUMNS(* EXCLUDE subject)"
        " INTO NAME verdict VALUE number) AS v"
        f" JOIN (VALUES {', '.join(rows)}) AS r(number, status, rule, year, title, address, bearer)"
        " ON r.number = v.number"
    )


def _among(texts: Sequence[str]) -> list[str]:
    """Texts that recur, of a type of so many: half the time to write. They are read as texts."""
    listed = ", ".join(map(_TEXT, dict.fromkeys(texts)))
    return [f"{_TEXT(text)}::ENUM({listed})" for text in texts]


def copy(database: Any, query: str, path: Path) -> None:
    """Writes what a query finds, down to the disk."""
    # The first level is the quickest, and statuses take no more room at it.
    into = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
    database.execute(f"COPY ({query}) TO {_TEXT(str(path))} ({into})")
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def beside(path: Path) -> Path:
    """A name of its own for whoever writes a file, until it is put in its place."""
    return path.with_name(f".{path.name}.{uuid4().hex}.partial")


def receipt(run: Run, database: Any, parts: Sequence[Part], plan: Plan) -> Receipt:
    """What was found, part by part."""
    outputs = []
    findings: dict[str, dict[str, int]] = {}
    broken = 0
    for part in parts:
        for name in ("verdicts", "violations"):
            path = run.out / name / part.name
            rows = database.execute(
                f"SELECT count(*) FROM read_parquet({_TEXT(str(path))})"
            ).fetchall()[0][0]
            broken += rows if name == "violations" else 0
            outputs.append(OutputFile(f"{name}/{part.name}", rows, digest(path)))
        for verdict, status, number in _counted(run, database, part):
            counts = findings.setdefault(verdict, {})
            counts[status] = counts.get(status, 0) + number
    ordered = {name: dict(sorted(counts.items())) for name, counts in findings.items()}
    return Receipt(plan, tuple(outputs), ordered, broken)


def _counted(run: Run, database: Any, part: Part) -> Iterator[tuple[str, str, int]]:
    path = _TEXT(str(run.out / "verdicts" / part.name))
    for column in run.statement(part).columns:
        name = _DUCKDB.quoted(column.name)
        for status, number in database.execute(
            f"SELECT {name}, count(*) FROM read_parquet({path}) GROUP BY 1 ORDER BY 1"
        ).fetchall():
            yield column.name, str(status), number
