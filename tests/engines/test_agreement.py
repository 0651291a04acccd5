"""Every engine gives the reference's decisions: leaf by leaf, or the statuses that come of them.

On any corpus here and in the tests of each; on every scenario below.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings

from jingmen_facts import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.durable.engine import Durable
from jingmen_policy.engines.protocol import cases
from jingmen_policy.engines.reference import Reference
from jingmen_policy.scenario.read import read_scenarios
from support.databases import found, judged
from support.synthetic import AS_OF, corpora, dossiers

PLAN = Policy.load()
FILES = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))


@given(corpora(), dossiers())
@settings(max_examples=300)
def test_durable_decides_as_the_reference_does(corpus: Corpus, dossier: Dossier) -> None:
    asked = list(cases(corpus, dossier, AS_OF))
    durable = Durable(corpus)
    try:
        assert durable.decide(asked, dossier, AS_OF) == Reference(corpus).decide(
            asked, dossier, AS_OF
        )
    finally:
        durable.close()


@pytest.fixture(scope="module")
def database() -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, list[Fact]]]]:
    """A connection, and what its tables hold: most cases are about the same townships."""
    with duckdb.connect() as opened:
        yield opened, {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_generated_code_and_sql_find_what_the_reference_finds_in_every_scenario(
    file: Path, database: tuple[duckdb.DuckDBPyConnection, dict[str, list[Fact]]]
) -> None:
    connection, held = database
    for scenario in read_scenarios([file], PLAN.corpus, backgrounds=PLAN.backgrounds):
        for case in scenario.cases:
            right = judged(PLAN, case.dossier, case.as_of, scenario.rules)
            told = PLAN.decide(case.dossier, case.as_of, rules=scenario.rules)
            assert {(d.rule, d.kind, d.subject, d.year): d.status.value for d in told} == right
            here = found(
                connection,
                PLAN.corpus,
                case.dossier,
                case.as_of,
                Dialect("duckdb"),
                "?",
                scenario.rules,
                held,
            )
            assert here == right, case.name
