"""How far each rule is reviewed: by whom, whether that still holds, and if not, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.compare.model import FieldChange
from jingmen_policy.judge.policy import Policy
from jingmen_policy.review.changes import PartChange, differences
from jingmen_policy.review.config import ReviewConfig, read_config
from jingmen_policy.review.content import Part, content_of, digest, sentences_of, wording_of
from jingmen_policy.review.names import person
from jingmen_policy.review.outcomes import changed as outcomes_changed
from jingmen_policy.review.signatures import (
    Record,
    SignatureFile,
    Tampered,
    read_signatures,
)
from jingmen_policy.review.store import signatures_directory
from jingmen_policy.rule.model import Rule

State = Literal["reviewed", "partial", "unreviewed", "suspect", "tampered", "unreadable"]
STATES: tuple[State, ...] = get_args(State)
STATE_LABELS: dict[State, Said] = {
    "reviewed": Said("已审核", "reviewed"),
    "partial": Said("待他人再审", "needs another reviewer"),
    "unreviewed": Said("未审核", "unreviewed"),
    "suspect": Said("签字失效", "signature void"),
    "tampered": Said("签字文件被改动", "signature file edited"),
    "unreadable": Said("签字文件有误", "signature file malformed"),
}
BY_AUTHOR = Said("编写者不能审核自己编写的规则", "an author does not review the rule")
AGAIN = Said("同一人再次签字，只算一次", "the same person again: counts once")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature; ``uncounted`` says why it counts for nothing, None where it counts."""

    by: str
    role: str
    on: date
    note: str | None
    uncounted: Said | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """Signatures over what was superseded since, and the hash of each part of that."""

    signatures: tuple[Signature, ...]
    hashes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleState:
    """How far one rule is reviewed.

    ``signatures`` are those over what was signed last, ``hashes`` what they are over. ``changed``:
    the parts that are no longer so, each with before and after; they void the signatures.
    ``wording``: how a rule whose meaning changed read in plain Chinese, and how it reads now.
    ``context``: what changed in the sentences quoted from outside the quotes, which voids nothing.
    ``wrong`` says what is the matter with a file that cannot be relied on.
    """

    rule: str
    title: Said
    state: State
    required: int
    authors: tuple[str, ...]
    signatures: tuple[Signature, ...] = ()
    hashes: Mapping[str, str] | None = None
    changed: tuple[PartChange, ...] = ()
    wording: tuple[FieldChange, ...] = ()
    context: tuple[FieldChange, ...] = ()
    history: tuple[Past, ...] = ()
    wrong: tuple[Problem, ...] = ()

    @property
    def voided(self) -> tuple[Part, ...]:
        return tuple(one.part for one in self.changed)

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Those whose signatures count and hold."""
        if self.changed:
            return ()
        return tuple(one.by for one in self.signatures if one.uncounted is None)


def review_states(
    policy: Policy,
    signatures_dir: Path | str | None = None,
    rules: Iterable[str] | None = None,
) -> Mapping[str, RuleState]:
    """The state of every rule, or of those named, in the order of the text.

    Without ``signatures_dir`` the folder is that of the environment, or beside the rules. A file
    that is malformed or was edited is a state of its rule. Raises Refused for unknown rules and
    for a review.yaml that cannot be read.
    """
    corpus = policy.corpus
    chosen = known_rules(corpus.rules, rules)
    directory = signatures_directory(corpus, signatures_dir)
    config = read_config(corpus)
    return {rule.id: rule_state(policy, config, rule, directory) for rule in chosen}


def known_rules(known: Mapping[str, Rule], named: Iterable[str] | None) -> tuple[Rule, ...]:
    """The rules named, each once, in order; all where none is. Raises Refused for unknown ones."""
    if named is None:
        return tuple(known.values())
    chosen = dict.fromkeys(named)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        what = Said("规则", "rule")
        raise Refused(Problem(unknown_name(what, name, list(known))) for name in unknown)
    return tuple(rule for rule in known.values() if rule.id in chosen)


def rule_state(policy: Policy, config: ReviewConfig, rule: Rule, directory: Path) -> RuleState:
    """The state of one rule, by the file of its signatures."""

    def state(
        which: State,
        signatures: tuple[Signature, ...] = (),
        hashes: Mapping[str, str] | None = None,
        changed: tuple[PartChange, ...] = (),
        wording: tuple[FieldChange, ...] = (),
        context: tuple[FieldChange, ...] = (),
        history: tuple[Past, ...] = (),
        wrong: tuple[Problem, ...] = (),
    ) -> RuleState:
        return RuleState(
            rule.id,
            rule.title,
            which,
            config.required,
            config.authors(rule.id),
            signatures,
            hashes,
            changed,
            wording,
            context,
            history,
            wrong,
        )

    path = directory / f"{rule.id}.yaml"
    if not path.exists() and not path.is_symlink():
        return state("unreviewed")
    try:
        found, _ = read_signatures(path)
    except Tampered as refused:
        return state("tampered", wrong=refused.problems)
    except Refused as refused:
        return state("unreadable", wrong=refused.problems)
    *earlier, last = found.records
    signatures = _counted(last.signatures, config, rule.id)
    changed = changed_parts(policy, rule, last)
    which: State = "reviewed"
    if changed:
        which = "suspect"
    elif (counting := sum(one.uncounted is None for one in signatures)) < config.required:
        which = "partial" if counting else "unreviewed"
    history = [
        Past(_counted(one.signatures, config, rule.id), one.hashes.model_dump()) for one in earlier
    ]
    shown, parts = last.content.shown, {one.part for one in changed}
    wording: tuple[FieldChange, ...] = ()
    context: tuple[FieldChange, ...] = ()
    if "meaning" in parts:
        wording = differences(shown.versions, wording_of(policy.corpus, rule))
    if "words" not in parts:
        context = differences(shown.sentences, sentences_of(policy.corpus, rule))
    hashes = last.hashes.model_dump()
    return state(which, signatures, hashes, changed, wording, context, tuple(history))


def changed_parts(policy: Policy, rule: Rule, signed: Record) -> tuple[PartChange, ...]:
    """The parts that are not what was signed; none where the signatures hold."""
    content = signed.content
    parts: list[PartChange] = []
    for part, now in content_of(policy.corpus, rule).items():
        if digest(part, now) != getattr(signed.hashes, part):
            parts.append(PartChange(part, differences(getattr(content, part), now)))
    outcomes = outcomes_changed(policy, rule.id, content.outcomes)
    if outcomes:
        told = [
            FieldChange(content.outcomes[name].case, content.outcomes[name].outcome, outcome)
            for name, outcome in outcomes.items()
        ]
        parts.append(PartChange("outcomes", tuple(told)))
    return tuple(parts)


def _counted(
    signatures: Sequence[SignatureFile], config: ReviewConfig, rule: str
) -> tuple[Signature, ...]:
    """The signatures, each with why it does not count where it does not."""
    seen: set[str] = set()
    found: list[Signature] = []
    for one in signatures:
        who = person(one.by)
        why = BY_AUTHOR if config.wrote(one.by, rule) else AGAIN if who in seen else None
        seen.add(who)
        found.append(Signature(one.by, one.role, one.on, one.note, why))
    return tuple(found)
