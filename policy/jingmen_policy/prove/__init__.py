"""Proofs about a whole corpus: what no dossier, not only those tried, can be.

Needs z3 (``pip install 'jingmen-policy[proofs]'``), which is imported only when something is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.judge.policy import Policy
from jingmen_policy.prove.model import Outcome, ProofNote, Witness
from jingmen_policy.rule.model import Rule

__all__ = [
    "BOUND",
    "Outcome",
    "ProofNote",
    "Witness",
    "prove",
    "same_meaning",
    "same_rules",
    "same_versions",
]

EXTRA = "proofs"
BOUND = Said(
    "范围：一个对象、它所属的各级对象，以及各种所属事实每种至多2个（规则要数到多少就多一个；"
    "两条不能并存、或一条做不到时，再各加2个重问）；各事实只属于一处，所列全部已知。"
    "日期在1901至2069年，文字由汉字、字母和数字组成。附件一项不限个数。"
    "“意思相同”另外包括事实未知、归属不明、名单不全的情形。",
    "Bound: one subject, what it belongs to at every level, and up to 2 members of each relation"
    " (one more than a rule counts to; where two rules cannot both be met, or one cannot, asked"
    " again with 2 more of each); every fact belongs to one owner and everything is known. Days"
    " from 1901 to 2069, texts of Chinese characters, letters and figures. The annex is asked for"
    " any number. 'The same' also covers unknown facts, facts astray and open lists.",
)


def prove(policy: Policy, as_of: date, rules: Iterable[str] | None = None) -> tuple[ProofNote, ...]:
    """Everything that can be asked of a corpus's rules on a day, each proved, refuted or neither.

    ``rules`` keeps to what concerns the rules named. Raises Refused for names there is no rule of,
    and where z3 is not installed.
    """
    needed()
    chosen = None if rules is None else list(rules)
    _known(policy, chosen or ())
    from jingmen_policy.prove.run import everything

    return everything(policy, policy.corpus.closed(as_of), chosen)


def same_rules(before: Policy, after: Policy, as_of: date) -> tuple[ProofNote, ...]:
    """Whether each rule means the same in two corpora about the same kinds of fact."""
    needed()
    from jingmen_policy.prove import same

    return tuple(same.same_rules(before, after, before.corpus.closed(as_of)))


def same_versions(
    policy: Policy, as_of: date, rules: Iterable[str] | None = None
) -> tuple[ProofNote, ...]:
    """Whether each version of a rule means the same as the one it took the place of.

    ``rules`` keeps to those named. What else the rules mention is taken as it stands on the day.
    Raises Refused for names there is no rule of, and where z3 is not installed.
    """
    needed()
    chosen = None if rules is None else list(rules)
    _known(policy, chosen or ())
    from jingmen_policy.prove import same

    return tuple(same.same_versions(policy, policy.corpus.closed(as_of), chosen))


def same_meaning(before: Policy, after: Policy, old: Rule, new: Rule, as_of: date) -> ProofNote:
    """Whether two rules mean the same, or facts for which they do not."""
    needed()
    from jingmen_policy.prove import same

    return same.same_meaning(before, after, old, new, as_of)


def needed() -> None:
    """Raises Refused where z3 is not installed."""
    try:
        import z3  # noqa: F401
    except ImportError:
        wanted = f"pip install 'jingmen-policy[{EXTRA}]'"
        said = Said(f"证明需要另装 z3-solver：{wanted}", f"proofs need z3-solver: {wanted}")
        raise Refused([Problem(said)]) from None


def _known(policy: Policy, rules: Iterable[str]) -> None:
    known = list(policy.corpus.rules)
    problems = [
        Problem(unknown_name(Said("规则", "rule"), name, known))
        for name in rules
        if name not in policy.corpus.rules
    ]
    if problems:
        raise Refused(problems)
