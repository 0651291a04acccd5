"""How far each rule is reviewed, as the exports show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jingmen_facts.problems import Lang, Said
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.text import Teller
from jingmen_policy.review.content import content_hash
from jingmen_policy.review.state import STATE_LABELS, RuleState, State, review_states
from jingmen_policy.review.status_text import state_lines


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a signature on a rule would be over, by its hash, and how far the rule is signed.

    ``reviewers`` and ``signed_on`` are of signatures that hold; ``detail`` says who signed at all,
    and of void signatures what changed since, before and after.
    """

    content: str
    state: State
    reviewers: tuple[str, ...] = ()
    signed_on: date | None = None
    detail: str = ""

    @property
    def label(self) -> Said:
        return STATE_LABELS[self.state]


def reviews(
    policy: Policy, signatures: Path | str | None = None, lang: Lang = "zh"
) -> Mapping[str, Reviewed]:
    """Every rule of a policy, by the signatures in a folder."""
    teller = Teller(policy.models, lang)
    rules = policy.corpus.rules
    return {
        name: _reviewed(content_hash(policy.corpus, rules[name]), state, teller)
        for name, state in review_states(policy, signatures).items()
    }


def _reviewed(content: str, state: RuleState, teller: Teller) -> Reviewed:
    holding = state.reviewers
    days = [one.on for one in state.signatures if one.by in holding and one.uncounted is None]
    _, *detail = state_lines(state, teller)
    return Reviewed(
        content,
        state.state,
        holding,
        max(days, default=None),
        "\n".join(line.removeprefix("  ") for line in detail),
    )
