"""A statement finds what the reference finds, on any corpus, any dossier and any day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import Dossier
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.scenario.read import read_scenarios
from support.databases import Found, found
from support.plan_dossiers import AS_OF as DAYS
from support.plan_dossiers import plan_dossiers
from support.synthetic import AS_OF, corpora, dossiers

PLAN = Policy.load()
DUCKDB = Dialect("duckdb")
FILES = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))


def judged(
    policy: Policy, dossier: Dossier, day: date, rules: Collection[str] | None = None
) -> Found:
    return {
        (one.rule, one.subject.kind, one.subject.id, one.year): one.status.value
        for one in policy.judge(dossier, day, engine="reference", rules=rules)
    }


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@given(corpora(), dossiers())
@settings(max_examples=200)
def test_it_finds_what_the_reference_finds_on_any_corpus(corpus: Corpus, dossier: Dossier) -> None:
    with duckdb.connect() as database:
        here = found(database, corpus, dossier, AS_OF, DUCKDB, "?")
    assert here == judged(Policy(corpus), dossier, AS_OF)


@given(plan_dossiers(), DAYS)
@settings(max_examples=30)
def test_it_finds_of_the_plan_what_the_reference_finds(dossier: Dossier, day: date) -> None:
    with duckdb.connect() as database:
        here = found(database, PLAN.corpus, dossier, day, DUCKDB, "?")
    assert here == judged(PLAN, dossier, day)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_finds_what_every_scenario_expects(file: Path, database: duckdb.DuckDBPyConnection) -> None:
    for scenario in read_scenarios([file], PLAN.corpus, backgrounds=PLAN.backgrounds):
        for case in scenario.cases:
            here = found(database, PLAN.corpus, case.dossier, case.as_of, DUCKDB, "?", scenario.rules)
            assert here == judged(PLAN, case.dossier, case.as_of, scenario.rules), case.name
