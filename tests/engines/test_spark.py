"""The SELECT printed for Spark finds on a local Spark what the reference finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from jingmen_facts import Dossier
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from support import spark
from support.databases import judged
from support.plan_dossiers import AS_OF as DAYS
from support.plan_dossiers import plan_dossiers
from support.synthetic import AS_OF, corpora, dossiers

PLAN = Policy.load()
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture(scope="module")
def opened() -> Iterator[Any]:
    if reason := spark.absent():
        pytest.skip(reason)
    with spark.session() as session:
        yield session


@given(corpora(), dossiers())
@settings(max_examples=25, suppress_health_check=SHARED)
def test_spark_finds_what_the_reference_finds_on_any_corpus(
    opened: Any, corpus: Corpus, dossier: Dossier
) -> None:
    assert spark.found(opened, corpus, dossier, AS_OF) == judged(Policy(corpus), dossier, AS_OF)


@given(plan_dossiers(), DAYS)
@settings(max_examples=3, suppress_health_check=SHARED)
def test_spark_finds_of_the_plan_what_the_reference_finds(
    opened: Any, dossier: Dossier, day: date
) -> None:
    assert spark.found(opened, PLAN.corpus, dossier, day) == judged(PLAN, dossier, day)
