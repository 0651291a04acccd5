"""The printed SELECT finds on PostgreSQL what the reference finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from jingmen_facts import Dossier
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import DIALECTS, Dialect
from jingmen_policy.engines.columnar.select import select
from support import postgres
from support.databases import found, judged
from support.plan_dossiers import AS_OF as DAYS
from support.plan_dossiers import plan_dossiers
from support.synthetic import AS_OF, corpora, dossiers

PLAN = Policy.load()
POSTGRES = Dialect("postgres")
SHARED = [HealthCheck.function_scoped_fixture]


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Connection]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed: Debian/Ubuntu: apt-get install postgresql")
    with postgres.server() as connection:
        yield connection


@given(corpora(), dossiers())
@settings(max_examples=60, suppress_health_check=SHARED)
def test_postgres_finds_what_the_reference_finds_on_any_corpus(
    server: postgres.Connection, corpus: Corpus, dossier: Dossier
) -> None:
    here = found(server, corpus, dossier, AS_OF, POSTGRES, "%s")
    assert here == judged(Policy(corpus), dossier, AS_OF)


@given(plan_dossiers(), DAYS)
@settings(max_examples=10, suppress_health_check=SHARED)
def test_postgres_finds_of_the_plan_what_the_reference_finds(
    server: postgres.Connection, dossier: Dossier, day: date
) -> None:
    here = found(server, PLAN.corpus, dossier, day, POSTGRES, "%s")
    assert here == judged(PLAN, dossier, day)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_column_says_where_its_rule_stands(dialect: str) -> None:
    made = select(PLAN.corpus, "ServiceProject", date(2022, 12, 31), dialect)
    assert "-- 四（四）第2句" in made.text
    assert made.columns[0].name == "county-runs-projects"
