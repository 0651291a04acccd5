"""A statement finds what the reference finds, on any corpus, any dossier and any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingmen_facts import Dossier
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.select import sums
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


@given(corpora(), dossiers(), st.integers(1, 3))
@settings(max_examples=100, suppress_health_check=SHARED)
def test_what_parts_of_the_members_add_comes_to_the_same(
    database: duckdb.DuckDBPyConnection, corpus: Corpus, dossier: Dossier, chunks: int
) -> None:
    here = found(database, corpus, dossier, AS_OF, DUCKDB, "?", chunks=chunks)
    assert here == judged(Policy(corpus), dossier, AS_OF)


@given(plan_dossiers(), DAYS, st.integers(1, 3))
@settings(max_examples=20, suppress_health_check=SHARED)
def test_so_it_does_for_the_plan(
    database: duckdb.DuckDBPyConnection, dossier: Dossier, day: date, chunks: int
) -> None:
    here = found(database, PLAN.corpus, dossier, day, DUCKDB, "?", chunks=chunks)
    assert here == judged(PLAN, dossier, day)


def test_of_the_plan_all_that_is_gathered_from_stations_can_be_gathered_in_parts() -> None:
    for kind in ("City", "County", "Township"):
        members = {one.names.members for one in sums(PLAN.corpus, kind, date(2023, 1, 1))}
        assert "Station" in members
