"""What engines refuse is what their tables say, no more and no less, and the others run it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Annotated, ClassVar

import duckdb
import pytest

import jingmen_policy.engines
from jingmen_facts import Dossier, Refused
from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.kinds import FactModels
from jingmen_facts.scalars import Name
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.notimpl import ABOVE_ITSELF, TWO_ROWS, NotLowered
from jingmen_policy.engines.columnar.select import select
from jingmen_policy.engines.columnar.tables import Tables
from jingmen_policy.engines.compiled import Compiled
from jingmen_policy.engines.compiled.store import VARIABLE
from jingmen_policy.engines.durable import notimpl as durable
from jingmen_policy.engines.durable import program
from jingmen_policy.engines.durable.engine import Durable
from jingmen_policy.engines.durable.native import EngineFailed, Ruleset, Session
from jingmen_policy.engines.protocol import NotImpl
from jingmen_policy.judge.policy import notimpl
from support.databases import found, judged
from support.synthetic import AS_OF, DERIVED, WORLD, Hall, Stall, corpus, rule

ENGINES = Path(jingmen_policy.engines.__file__).parent
TRUE = {(kind, name): "open" for kind, names in DERIVED.items() for name in names}
TWO = "some(some(b.size > a.size and b.size > size for b in a.hall.stalls) for a in hall.stalls)"


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")


def one(require: str, kind: str = "Hall") -> Corpus:
    return corpus([rule("r", kind, require=require)], TRUE)


class Office(Fact):
    LABEL: ClassVar[Label] = Label("科室", "office")
    id: Annotated[Name, Label("编号", "id")]
    under: Annotated[Name | None, Label("上级", "under"), Refers("Office", inverse="parts")] = None


def above_itself() -> None:
    tables = Tables(FactModels([Office]), Dialect("duckdb"), frozenset(["Office@A"]))
    tables.of("Office").listed("Office")


def full_session() -> None:
    session = Session(0)
    session._ids = count(durable.MAX_FACTS + 1)
    session.new_id()


def crowded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(program, "MAX_FIRST_TESTS", 0)
    Durable(one("open and size >= two"))


REFUSED: dict[NotImpl, Callable[[pytest.MonkeyPatch], object]] = {
    durable.ALTERNATIVES: lambda _: Durable(one(" and ".join(["(open or big)"] * 7))),
    durable.CONDITIONS: lambda _: Durable(one(" and ".join(["open"] * (durable.MAX_LEAVES + 1)))),
    durable.JOINS: lambda _: Durable(one(" and ".join(["big"] * (durable.MAX_JOINS + 1)))),
    durable.TESTS: crowded,
    durable.RULES: lambda _: Ruleset({str(n): [] for n in range(durable.MAX_RULES)}),
    durable.FACTS: lambda _: full_session(),
    TWO_ROWS: lambda _: select(one(TWO, "Stall"), "Stall", AS_OF),
    ABOVE_ITSELF: lambda _: above_itself(),
}


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.what.en)
def test_what_is_in_the_table_is_refused_with_its_words(
    row: NotImpl, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises((Refused, EngineFailed, NotLowered)) as refused:
        REFUSED[row](monkeypatch)
    said = str(refused.value)
    assert row.what.zh in said or row.what.en in said


def test_the_table_has_a_reason_for_every_row_and_nothing_else_is_refused() -> None:
    assert set(notimpl()) == set(REFUSED)
    assert all(row.why.zh and row.why.en for row in notimpl())
    named = set()
    for path in ENGINES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                raised = ast.unparse(node.exc.func)
                if raised in ("NotLowered", "TooManyBranches"):
                    named.add(ast.unparse(node.exc.args[0]))
    assert named == {
        "ALTERNATIVES", "CONDITIONS", "JOINS", "TWO_ROWS", "ABOVE_ITSELF", "why.row",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("require", "kind"),
    [
        (" and ".join(["(open or big)"] * 7), "Hall"),
        (" and ".join(["open"] * (durable.MAX_LEAVES + 1)), "Hall"),
        (" and ".join(["big"] * (durable.MAX_JOINS + 1)), "Hall"),
        (TWO, "Stall"),
    ],
    ids=["alternatives", "conditions", "joins", "two rows"],
)
def test_what_one_engine_refuses_generated_code_decides(require: str, kind: str) -> None:
    made = one(require, kind)
    facts = [Hall(id="甲", open=True, size=2), Stall(id="一", hall="甲", size=1)]
    dossier = Dossier([*facts, Stall(id="二", hall="甲", size=3)], models=WORLD)
    told = Compiled(made).decide(dossier, AS_OF)
    assert {(d.rule, d.kind, d.subject, d.year): d.status.value for d in told} == judged(
        Policy(made), dossier, AS_OF
    )


@pytest.mark.parametrize("size", [None, 0, 1, 2, 3])
@pytest.mark.parametrize(
    "require",
    [
        "size + half * size <= two + half * two",
        "half * count(stalls) + size >= two",
        "sum(half * s.size for s in stalls) + half * size > half * two - size",
        "half * (size + half * size) != two - half * two",
    ],
)
def test_a_ratio_may_be_added_as_well_as_compared(require: str, size: int | None) -> None:
    made = one(require)
    facts = [Hall(id="甲", size=size), Stall(id="一", hall="甲", size=1), Stall(id="二", hall="甲")]
    for complete in ([], ["Stall"]):
        dossier = Dossier(facts, models=WORLD, complete=complete)
        with duckdb.connect() as database:
            here = found(database, made, dossier, AS_OF, Dialect("duckdb"), "?")
        assert here == judged(Policy(made), dossier, AS_OF)


def test_the_plan_is_refused_by_none() -> None:
    plan = Policy.load()
    for day in (date(2021, 12, 31), date(2024, 12, 31)):
        for kind in {known.subject for known in plan.corpus.rules.values()}:
            select(plan.corpus, kind, day, complete=["Station@沙洋县", "ResidentWorker"])
    assert plan.engine("durable").decide([], plan.dossier({}), AS_OF) == []
