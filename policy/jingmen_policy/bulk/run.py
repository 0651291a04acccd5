"""One run: the parts there are, those that are done already, and the others one by one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.bulk.cluster import on_cluster
from jingmen_policy.bulk.folder import claim, finished, goes_on
from jingmen_policy.bulk.gathered import Chunk, chunks, gather, kept, referring
from jingmen_policy.bulk.inputs import Input, digest, inputs
from jingmen_policy.bulk.outputs import beside, copy, violations
from jingmen_policy.bulk.outputs import receipt as made_receipt
from jingmen_policy.bulk.parts import Part
from jingmen_policy.bulk.receipt import (
    FORMAT,
    RECEIPT,
    RECEIPT_NAME,
    InputFile,
    Plan,
    Receipt,
    put,
)
from jingmen_policy.corpus.load import PLAN as PLAN_DIRECTORY
from jingmen_policy.engines.columnar.frames import MAKE_STATUS_TYPE, STATUS_TYPE, needed
from jingmen_policy.engines.columnar.given import Given
from jingmen_policy.engines.columnar.select import Statement, select
from jingmen_policy.judge.policy import Policy

PART_ROWS = 5_000_000
"""Subjects in a part, about."""
MEMORY = "800MB"
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Spec:
    """A run of the shipped plan as it is told to another process."""

    readings: tuple[tuple[str, str], ...]
    source: Path
    out: Path
    as_of: date
    use: tuple[str, ...]
    complete: tuple[str, ...]
    rules: tuple[str, ...] | None
    part_rows: int
    memory: str
    threads: int | None

    def run(self) -> Run:
        """The same run there; its tables were checked here."""
        return Run(
            Policy.load(readings=dict(self.readings)),
            self.source,
            self.out,
            self.as_of,
            self.use,
            self.complete,
            self.rules,
            self.part_rows,
            self.memory,
            self.threads,
            check=False,
        )


@dataclass
class Run:
    """Rules put to the tables of a folder. ``part_rows`` bounds the subjects in a part.

    ``memory`` is what DuckDB may take; what does not fit goes to files in ``out``.
    """

    policy: Policy
    source: Path
    out: Path
    as_of: date
    use: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    rules: tuple[str, ...] | None = None
    part_rows: int = PART_ROWS
    memory: str = MEMORY
    threads: int | None = None
    check: bool = True
    tables: tuple[Input, ...] = field(init=False)
    counted: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = inputs(self.source, self.policy.models)
        self.background, self.listed = self.policy.beforehand(self.use, self.complete)
        self.day = self.policy.corpus.closed(self.as_of)

    @property
    def spec(self) -> Spec:
        """Raises Refused for a corpus that another process could not load."""
        corpus = self.policy.corpus
        if corpus.directory != PLAN_DIRECTORY:
            said = Said("集群只运行所附的方案", "a cluster runs the shipped plan only")
            raise Refused([Problem(said)])
        return Spec(
            tuple(sorted(corpus.switched.items())),
            self.source.resolve(),
            self.out.resolve(),
            self.as_of,
            self.use,
            self.complete,
            self.rules,
            self.part_rows,
            self.memory,
            self.threads,
        )

    @property
    def work(self) -> Path:
        """The folder of what is not wanted any more when the run is over."""
        return self.out / ".work"

    def plan(self) -> Plan:
        """What the run is made of, inputs by their content."""
        corpus = self.policy.corpus
        files = tuple(
            InputFile(
                str(file.relative_to(self.source)), one.kind, file.stat().st_size, digest(file)
            )
            for one in self.tables
            for file in one.files
        )
        names = ("jingmen-policy", "duckdb")
        return Plan(
            FORMAT,
            corpus.id,
            corpus.digest,
            dict(corpus.switched),
            self.as_of,
            self.use,
            tuple(sorted(self.complete)),
            self.rules,
            files,
            {name: version(name) for name in names},
            self.part_rows,
        )

    def rows(self, database: Any, kind: str) -> int:
        """How many rows the table of a kind has, counted once; 0 without one."""
        if kind not in self.counted:
            [source] = [one.source for one in self.tables if one.kind == kind] or [""]
            count = f"SELECT count(*) FROM {source}"
            self.counted[kind] = database.execute(count).fetchall()[0][0] if source else 0
        return self.counted[kind]

    def parts(self, database: Any) -> list[Part]:
        """Every part, in order: kinds that rules are about and that have facts."""
        found: list[Part] = []
        wanted = {
            rule.subject
            for rule in self.policy.corpus.rules.values()
            if self.rules is None or rule.id in self.rules
        }
        sources = {one.kind: one.source for one in self.tables}
        for kind in self.policy.models.kinds:
            if kind not in wanted or not (kind in sources or kind in self.background):
                continue
            rows = len(self.background.get(kind, ())) + self.rows(database, kind)
            parts = max(1, -(-rows // self.part_rows))
            found.extend(Part(kind, number, parts) for number in range(parts))
        return found

    def statement(self, part: Part, gathered: Collection[Chunk] = ()) -> Statement:
        return select(
            self.policy.corpus,
            part.kind,
            self.day,
            complete=self.listed,
            rules=self.rules,
            share=part.share,
            kept=kept(self, part.kind, gathered),
            status_type=STATUS_TYPE,
        )

    def database(self) -> Any:
        """DuckDB, with no tables yet."""
        duckdb, _, _ = needed()
        self.work.mkdir(parents=True, exist_ok=True)
        config: dict[str, Any] = {"memory_limit": self.memory, "temp_directory": str(self.work)}
        if self.threads is not None:
            config["threads"] = self.threads
        database = duckdb.connect(config=config)
        database.execute("SET preserve_insertion_order = false")
        database.execute("SET enable_progress_bar = false")  # the run tells its own
        database.execute(MAKE_STATUS_TYPE)
        return database

    def prepare(self, database: Any, parts: Collection[Part]) -> Given:
        """The tables as views, read and checked but for their references. Raises Refused."""
        reads: dict[str, dict[str, None]] = {}
        for part in parts:
            if part.number == 0:
                for kind, fields in self.statement(part).reads.items():
                    reads.setdefault(kind, {}).update(dict.fromkeys(fields))
        sources = {one.kind: one.source for one in self.tables}
        given = Given(
            self.policy.corpus, database, sources, self.background, self.listed, self.check
        )
        given.prepare(reads)
        return given

    def decide(self, database: Any, part: Part, gathered: Collection[Chunk]) -> None:
        """Writes a part beside its place, then puts it there: its violations, then its verdicts."""
        made = self.statement(part, gathered)
        verdicts, told = self.out / "verdicts" / part.name, self.out / "violations" / part.name
        unseen, untold = beside(verdicts), beside(told)
        copy(database, made.text, unseen)
        copy(database, violations(self, part, made, unseen), untold)
        untold.replace(told)
        unseen.replace(verdicts)


def run(
    run: Run,
    *,
    again: bool = False,
    cluster: str = "",
    step: Step = lambda _: None,
    total: Step | None = None,
) -> Receipt:
    """Does what of a run is not done yet, and says what was found.

    Finished parts are kept: a run that was stopped goes on where it was. A part is written beside
    its place and then put there, its violations first. ``again`` starts anew what another run, or
    another day's, left there. ``cluster`` is the address of a Dask scheduler whose workers see the
    same folders, or "local". Raises Refused.
    """
    plan = run.plan()
    again = not goes_on(run.out, plan, again)
    try:
        with run.database() as database:
            receipt = _done(run, database, plan, again, cluster, step, total)
    finally:
        shutil.rmtree(run.work, ignore_errors=True)
        if not any(run.out.iterdir()):  # refused before anything was written
            run.out.rmdir()
    put(run.out / RECEIPT_NAME, RECEIPT.dump_python(receipt, mode="json"))
    return receipt


def _done(
    run: Run, database: Any, plan: Plan, again: bool, cluster: str, step: Step, total: Step | None
) -> Receipt:
    parts = run.parts(database)
    left = [part for part in parts if again or not finished(run.out, part)]
    apart = list(chunks(run, database, left, bool(cluster)))
    if total is not None:
        total(str(len(apart) + len(parts)))
    if left:
        given = run.prepare(database, parts)
        here = () if cluster or given.problems else apart
        for one in here:
            gather(run, database, one)
            step(one.name)
        if not given.references(referring(run, here)):
            for one in here:
                gather(run, database, one)
    if again:
        claim(run.out, plan)
    for part in parts:
        if part not in left:
            step(part.name)
    if not cluster:
        for part in left:
            run.decide(database, part, apart)
            step(part.name)
    elif left:
        for done in on_cluster(run, apart, left, cluster):
            step(done.name)
    for leftover in run.out.rglob(".*.partial"):
        leftover.unlink(missing_ok=True)
    return made_receipt(run, database, parts, plan)
