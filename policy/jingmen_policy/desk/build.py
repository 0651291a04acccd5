"""Everything the page shows, put together from a policy, its signatures and its proofs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from jingmen_facts.problems import Said
from jingmen_policy.desk.marks import marks_of
from jingmen_policy.desk.model import (
    Badge,
    Count,
    Desk,
    DiscrepancyView,
    GapView,
    ProofView,
    ReadingView,
    RuleView,
)
from jingmen_policy.desk.payload import payload
from jingmen_policy.desk.places import discrepancy_id, rule_id
from jingmen_policy.desk.proofs import proofs_by_rule, proofs_register
from jingmen_policy.desk.registers import discrepancies, gaps, readings
from jingmen_policy.desk.rules import RuleViewer
from jingmen_policy.desk.signed import review_of, told
from jingmen_policy.desk.texts import texts
from jingmen_policy.judge.policy import Policy
from jingmen_policy.prove.model import Proofs
from jingmen_policy.review.cards import cards
from jingmen_policy.review.signatures import strays
from jingmen_policy.review.state import review_states
from jingmen_policy.review.store import signatures_directory


def desk(
    policy: Policy,
    as_of: date,
    signatures_dir: Path | str | None = None,
    proofs: Proofs | None = None,
) -> Desk:
    """The page's content. Raises Refused where the signatures' folder or config cannot be read."""
    corpus = policy.corpus
    dealt = {rule: cards(policy, rule) for rule in corpus.rules}
    states = review_states(policy, signatures_dir)
    reviews = {rule: review_of(policy, state) for rule, state in states.items()}
    reviewed = {rule for rule, state in states.items() if state.state == "reviewed"}
    marks = marks_of(corpus)
    at_odds, bare = discrepancies(corpus), gaps(corpus)
    chosen = readings(corpus, reviewed)
    proved = proofs_by_rule(corpus, proofs)
    register = proofs_register(corpus, proofs)
    viewer = RuleViewer(policy, as_of, marks, dealt, reviews, proved)
    badges = _badges({name: viewer.at(rule) for name, rule in corpus.rules.items()}, bare, at_odds)
    written = texts(corpus, marks, badges)
    rules = tuple(viewer.view(rule) for rule in corpus.rules.values())
    directory = signatures_directory(corpus, signatures_dir)
    return Desk(
        title=corpus.title,
        corpus=corpus.id,
        digest=corpus.digest,
        as_of=as_of,
        switched=corpus.switched,
        counts=_counts(rules, bare, at_odds, chosen, proofs, register),
        reviewed=len(reviewed),
        texts=written,
        rules=rules,
        gaps=bare,
        discrepancies=at_odds,
        readings=chosen,
        proofs=register,
        strays=tuple(told(strays(directory, corpus.rules))),
        proved=_proved(proofs),
        payload=payload(corpus, as_of, dealt, proofs),
    )


def _badges(
    rules: Mapping[str, tuple[str, ...]],
    bare: Sequence[GapView],
    at_odds: Sequence[DiscrepancyView],
) -> Mapping[str, Badge]:
    """What stands behind each leaf, the rules first."""
    counted = Counter(leaf for at in rules.values() for leaf in at)
    odd = Counter(leaf for one in at_odds for leaf in one.at)
    first: dict[str, str] = {}
    for rule, at in rules.items():
        for leaf in at:
            first.setdefault(leaf, rule_id(rule))
    for gap in bare:
        first.setdefault(gap.at, gap.id)
    for one in at_odds:
        for leaf in one.at:
            first.setdefault(leaf, discrepancy_id(one.id))
    return {leaf: Badge(counted[leaf], odd[leaf], target) for leaf, target in first.items()}


def _counts(
    rules: Sequence[RuleView],
    bare: Sequence[GapView],
    at_odds: Sequence[DiscrepancyView],
    chosen: Sequence[ReadingView],
    proofs: Proofs | None,
    register: Sequence[ProofView],
) -> tuple[Count, ...]:
    has = Counter(name for rule in rules for name in rule.filters)
    made = [
        Count(
            "unreviewed",
            has["unreviewed"],
            Said("未审核", "unreviewed"),
            Said("还没有审核，或者审核人数不足的规则", "rules not reviewed, or by too few"),
        ),
        Count(
            "suspect",
            has["suspect"],
            Said("签字存疑", "suspect signatures"),
            Said(
                "签字之后有改动，或者签字文件被改动、有误的规则",
                "rules changed since they were signed, or whose signature file was edited",
            ),
        ),
        Count(
            "gaps",
            len(bare),
            Said("不设规则的文字", "words without a rule"),
            Said("没有规则引用的文字及其理由", "words that no rule quotes, and why"),
        ),
        Count(
            "discrepancies",
            len(at_odds),
            Said("原文问题", "discrepancies"),
            Said("原文自相出入或者欠缺之处", "where the text disagrees with itself or is silent"),
        ),
        Count(
            "readings",
            sum(one.open for one in chosen),
            Said("待定解释", "open readings"),
            Said(
                "所取的解释中，依据它的规则还没有全部审核的",
                "readings on which a rule rests that is not reviewed",
            ),
        ),
    ]
    if proofs is not None:
        made.append(
            Count(
                "proofs",
                has["proofs"] + sum(not one.proof.fine for one in register),
                Said("证明存疑", "proofs to look at"),
                Said(
                    "有反例未登记或者未能判定的证明及其规则",
                    "what is refuted and not on record, or not settled, and its rules",
                ),
            )
        )
    return tuple(made)


def _proved(proofs: Proofs | None) -> Said:
    if proofs is None:
        return Said(
            "没有附证明：可用 jingmen prove --format json 证明后，以 --proofs 附上",
            "no proofs attached: run jingmen prove --format json and attach it with --proofs",
        )
    fine = sum(note.fine for note in proofs.notes)
    total = len(proofs.notes)
    return Said(
        f"附证明 {total} 项，{fine} 项无须处理；{proofs.bound.zh}",
        f"{total} proofs attached, {fine} need nothing; {proofs.bound.en}",
    )
