"""What is encoded means what the reference works out: solved dossiers are decided alike."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import MODELS
from jingmen_policy import Policy, Status
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.protocol import Case
from jingmen_policy.engines.reference import Reference
from jingmen_policy.expression.terms import age, years_after
from jingmen_policy.expression.values import Truth
from jingmen_policy.prove.almanac import FIRST, LAST, Parts, ordinal
from jingmen_policy.prove.almanac import age as encoded_age
from jingmen_policy.prove.almanac import years_after as encoded_years_after
from jingmen_policy.prove.encode import Place
from jingmen_policy.prove.invariants import REFUSED_OTHERWISE, invariants
from jingmen_policy.prove.logic import Bit, all_of, no
from jingmen_policy.prove.rebuild import Rebuild, Unstatable
from jingmen_policy.prove.solver import check
from jingmen_policy.prove.stage import Stage
from support.synthetic import AS_OF, corpora

DAYS = st.dates(FIRST, LAST) | st.sampled_from(
    [date(year, month, day) for year in (2020, 2021, 2024) for month, day in ((2, 28), (3, 1))]
    + [date(2020, 2, 29), date(2024, 2, 29)]
)


def parts(day: date) -> Parts:
    return Parts(day.year, day.month, day.day)


@given(DAYS)
def test_an_ordinal_is_that_of_the_calendar(day: date) -> None:
    assert ordinal(parts(day)) == day.toordinal()


@given(DAYS, DAYS)
def test_an_age_is_counted_as_the_reference_counts_it(born: date, on: date) -> None:
    assert encoded_age(parts(born), parts(on)) == age(born, on)


@given(DAYS, st.integers(0, 30))
def test_a_term_ends_when_the_reference_says(day: date, years: int) -> None:
    assert encoded_years_after(parts(day), years) == years_after(day, years).toordinal()


@given(corpora(most=3), st.booleans(), st.data())
@settings(max_examples=40)
def test_a_solution_is_decided_by_the_reference_as_it_was_asked(
    corpus: Corpus, known: bool, data: st.DataObject
) -> None:
    policy = Policy(corpus, engine="reference")
    rules = [rule for rule in policy.corpus.rules.values() if rule.version_on(AS_OF)]
    if not rules:
        return
    rule = data.draw(st.sampled_from(rules))
    stage = Stage(policy, rule.subject, [rule], known=known)
    one = stage.encoded(rule, AS_OF)
    assert one.holds is not None
    wanted = data.draw(st.sampled_from([Truth.TRUE, Truth.FALSE, Truth.UNKNOWN]))
    asked: dict[Truth, Bit] = {
        Truth.TRUE: one.holds.true,
        Truth.FALSE: one.holds.false,
        Truth.UNKNOWN: all_of([no(one.holds.true), no(one.holds.false)]),
    }
    solution = stage.solver.find([one.applies.true, asked[wanted]])
    if solution is None:
        return
    subject = solution.rebuilt.facts[rule.subject]
    case = Case(rule, one.version, subject, one.due, one.year)
    [decision] = Reference(policy.corpus).decide([case], solution.rebuilt.dossier, AS_OF)
    assert decision.applies.truth is Truth.TRUE
    assert decision.holds is not None
    assert decision.holds.truth is wanted


@pytest.mark.parametrize("kind", sorted(REFUSED_OTHERWISE))
def test_what_is_said_to_be_refused_is_refused(kind: str) -> None:
    policy = Policy.load()
    stage = Stage(policy, kind, [])
    for formula, _ in invariants(MODELS, kind):
        found = stage.encoder.formula(formula, Place(stage.subject, AS_OF))
        names = stage.solver.names.variables([found.false])
        model = check([*stage.world.holds(), found.false])
        assert model is not None
        with pytest.raises(Unstatable):
            Rebuild(stage.world, model, frozenset(names)).rebuilt()


def test_the_status_asked_for_is_the_status_found() -> None:
    policy = Policy.load()
    rule = policy.corpus.rules["worker-age"]
    stage = Stage(policy, rule.subject, [rule])
    one = stage.encoded(rule, AS_OF)
    assert one.holds is not None
    solution = stage.solver.find([one.applies.true, one.holds.false])
    assert solution is not None
    seen = stage.witness(solution.rebuilt, [one], [Status.DEPARTED])
    assert set(seen.facts) == {"as_of", "ResidentWorker"}
