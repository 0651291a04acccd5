"""The next question, or one that is asked for by name."""

from __future__ import annotations

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.selfcheck.candidates import candidates
from jingmen_policy.selfcheck.check import SelfCheck
from jingmen_policy.selfcheck.limits import Limits
from jingmen_policy.selfcheck.question import Question, put
from jingmen_policy.selfcheck.worth import best, worth


def next_question(check: SelfCheck) -> Question | None:
    """The question that settles most (see ``worth.best``); None where nothing is left to ask."""
    chosen = best(check)
    return None if chosen is None else put(check, *chosen)


def the_question(check: SelfCheck, ask: str) -> Question:
    """A question by its id, whatever it settles. Raises Refused where it is not to be asked."""
    found = {candidate.ask.id: candidate for candidate in candidates(check)}
    if ask not in found:
        said = unknown_name(Said("问题", "question"), ask, list(found))
        raise Refused([Problem(said, field="ask")])
    limits = Limits(check.policy.corpus, check.dossier, check.policy.corpus.closed(check.as_of))
    return put(check, found[ask], worth(check, found[ask], limits))
