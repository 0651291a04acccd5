"""A statement finds what the reference finds, on any corpus, any dossier and any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from jingmen_facts import Dossier
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from support.databases import found, judged
from support.plan_dossiers import AS_OF as DAYS
from support.plan_dossiers import plan_dossiers
from support.synthetic import AS_OF, corpora, dossiers

PLAN = Policy.load()
DUCKDB = Dialect("duckdb")
SHARED = [HealthCheck.function_scoped_fixture]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@given(corpora(), dossiers())
@settings(max_examples=150, suppress_health_check=SHARED)
def test_it_finds_what_the_reference_finds_on_any_corpus(
    database: duckdb.DuckDBPyConnection, corpus: Corpus, dossier: Dossier
) -> None:
    here = found(database, corpus, dossier, AS_OF, DUCKDB, "?")
    assert here == judged(Policy(corpus), dossier, AS_OF)


@given(plan_dossiers(), DAYS)
@settings(max_examples=30, suppress_health_check=SHARED)
def test_it_finds_of_the_plan_what_the_reference_finds(
    database: duckdb.DuckDBPyConnection, dossier: Dossier, day: date
) -> None:
    here = found(database, PLAN.corpus, dossier, day, DUCKDB, "?")
    assert here == judged(PLAN, dossier, day)
