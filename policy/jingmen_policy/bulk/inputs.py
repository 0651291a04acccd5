"""The tables of a folder: which files hold which kind of fact."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.names import names_of
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.frames import kind_named

SUFFIXES = (".parquet", ".csv")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Input:
    """The files that together are the table of one kind, all of one format."""

    kind: str
    files: tuple[Path, ...]

    @property
    def source(self) -> str:
        """What DuckDB selects from. Cells of CSV files stay text until they are read as fields."""
        text = Dialect("duckdb").text
        listed = ", ".join(text(str(file)) for file in self.files)
        if self.files[0].suffix == ".parquet":
            return f"read_parquet([{listed}], union_by_name = true)"
        return (
            f"read_csv([{listed}], header = true, all_varchar = true, union_by_name = true,"
            " strict_mode = true)"
        )


def inputs(folder: Path, models: FactModels) -> tuple[Input, ...]:
    """The tables in a folder: ``Station.parquet``, ``社工站.csv``, or a folder of parts so called.

    Raises Refused for a name that is no kind, a kind with two tables, and a folder without any.
    """
    problems: list[Problem] = []
    found: dict[str, list[Path]] = {}
    names = names_of(models)
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if entry.name.startswith("."):
            continue
        files = sorted(_parts(entry))
        if not files:
            continue
        kind = kind_named(models, entry.stem) or names.kind(entry.stem)
        if kind is None:
            said = unknown_name(Said("事实类型", "kind of fact"), entry.stem, list(models.kinds))
            problems.append(Problem(said, str(entry)))
        elif kind in found or len({file.suffix for file in files}) > 1:
            said = Said(f"{kind} 的表不止一种", f"there is more than one table of {kind}")
            problems.append(Problem(said, str(entry)))
        else:
            found[kind] = files
    if not found and not problems:
        said = Said("文件夹中没有表（.parquet 或 .csv）", "the folder holds no table")
        problems.append(Problem(said, str(folder)))
    if problems:
        raise Refused(problems)
    return tuple(Input(kind, tuple(found[kind])) for kind in models.kinds if kind in found)


def _parts(entry: Path) -> Iterator[Path]:
    if entry.is_dir():
        yield from (file for file in entry.iterdir() if _is_table(file))
    elif _is_table(entry):
        yield entry


def _is_table(file: Path) -> bool:
    return file.is_file() and file.suffix in SUFFIXES and not file.name.startswith(".")


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
