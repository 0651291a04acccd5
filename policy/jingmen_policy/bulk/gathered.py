"""What is gathered from members before any part is decided, in files until the run is over.

Here, where a kind is cut into parts, so that its members are read once and not once a part. On a
cluster, where it is not: each worker then gathers from some of the members (how many stations of a
township are established so far), and whoever decides puts the sums together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jingmen_policy.bulk.outputs import beside, copy
from jingmen_policy.bulk.parts import Part
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.select import sums
from jingmen_policy.engines.columnar.sums import Kept, Sums
from jingmen_policy.engines.columnar.tables import Share

if TYPE_CHECKING:
    from jingmen_policy.bulk.run import Run

_DUCKDB = Dialect("duckdb")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Something gathered for the subjects of a kind, from one of so many parts of the members."""

    kind: str
    sums: str
    number: int
    chunks: int

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.sums}-{self.number:05}.parquet"


def chunks(run: Run, database: Any, parts: Collection[Part], clustered: bool) -> Iterator[Chunk]:
    """What is to be gathered beforehand."""
    kinds = {part.kind for part in parts if (part.parts > 1) != clustered}
    for kind in sorted(kinds):
        for one in _every(run, kind):
            if not clustered and one.names.owner and not one.names.reference:
                continue  # it begins with the owners, so a part of them has its own
            number = -(-run.rows(database, one.names.members) // run.part_rows)
            if number > 1:
                of = number if clustered else 1
                yield from (Chunk(kind, one.name, at, of) for at in range(of))


def gather(run: Run, database: Any, chunk: Chunk) -> None:
    """Works one out, and puts it in its place whole."""
    found = _of(run, chunk)
    described = database.execute(f"DESCRIBE {found.text}").fetchall()
    # Parquet has no whole numbers of 128 bits, and DuckDB would make floats of them.
    exact = ", ".join(
        f"CAST({name} AS DECIMAL(38, 0)) AS {name}" if given == "HUGEINT" else name
        for name, given, *_ in described
    )
    place = run.work / chunk.name
    unseen = beside(place)
    copy(database, f"SELECT {exact} FROM ({found.text})", unseen)
    unseen.replace(place)


def kept(run: Run, kind: str, chunks: Collection[Chunk]) -> Mapping[str, Kept]:
    """Where what was gathered for a kind is."""
    found: dict[str, list[Chunk]] = {}
    for chunk in chunks:
        if chunk.kind == kind:
            found.setdefault(chunk.sums, []).append(chunk)
    return {name: Kept(_source(run, of), len(of) == 1) for name, of in found.items()}


def referring(run: Run, chunks: Collection[Chunk]) -> Mapping[tuple[str, str], str]:
    """For references, by kind and field, where all that they name is, as ``owner``."""
    found: dict[tuple[str, str], str] = {}
    for chunk in chunks:
        if chunk.chunks == 1:
            names = _of(run, chunk).names
            if names.reference:
                found[names.members, names.reference] = _source(run, [chunk])
    return found


def _of(run: Run, chunk: Chunk) -> Sums:
    share = None if chunk.chunks == 1 else Share("", chunk.number, chunk.chunks)
    [found] = [one for one in _every(run, chunk.kind, share) if one.name == chunk.sums]
    return found


def _every(run: Run, kind: str, share: Share | None = None) -> tuple[Sums, ...]:
    """All that is gathered for a kind and stands by itself; of a share of the members."""
    corpus = run.policy.corpus
    return sums(corpus, kind, run.day, complete=run.listed, rules=run.rules, chunk=share)


def _source(run: Run, chunks: Collection[Chunk]) -> str:
    files = ", ".join(_DUCKDB.text(str(run.work / one.name)) for one in chunks)
    return f"read_parquet([{files}])"
