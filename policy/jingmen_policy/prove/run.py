"""Everything there is to prove of a corpus, in the order of its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from jingmen_policy.judge.policy import Policy
from jingmen_policy.prove.accepted import accepted, marked
from jingmen_policy.prove.annex import annexes
from jingmen_policy.prove.conflicts import conflicts
from jingmen_policy.prove.each import each
from jingmen_policy.prove.exceptions import cycles, divided
from jingmen_policy.prove.model import ProofNote
from jingmen_policy.prove.totals import totals


def everything(policy: Policy, as_of: date, rules: Iterable[str] | None) -> tuple[ProofNote, ...]:
    """Every note on the rules named, or on all."""
    corpus = policy.corpus
    named = frozenset(corpus.rules if rules is None else rules)
    return marked(_asked(policy, as_of, named), accepted(corpus))


def _asked(policy: Policy, as_of: date, named: frozenset[str]) -> Iterator[ProofNote]:
    circles, lost = cycles(policy.corpus, named)
    yield from circles
    sound = [rule for rule in policy.corpus.rules.values() if rule.id not in lost]
    for rule in sound:
        if rule.id in named:
            yield from each(policy, rule, as_of)
    yield from conflicts(policy, sound, as_of, named)
    yield from divided(policy, sound, as_of, named)
    yield from totals(policy.corpus, named)
    yield from annexes(policy, as_of, named)
