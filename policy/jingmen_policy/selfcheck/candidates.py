"""What could be asked next: facts that findings miss, lists not said to be complete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from jingmen_policy.judge.finding import Finding, Thing
from jingmen_policy.selfcheck.check import OPEN, Ask, SelfCheck


@dataclass
class Candidate:
    """A question, with the findings that name it: open ones, and those that are not open.

    ``place`` is its place in the order of the text.
    """

    ask: Ask
    place: tuple[int, int, int]
    open: list[Finding] = field(default_factory=list)
    others: list[Finding] = field(default_factory=list)

    def named(self, finding: Finding) -> None:
        found = self.open if finding.status in OPEN else self.others
        if not found or found[-1] is not finding:
            found.append(finding)


_FIRST, _THEN, _LAST = range(3)


def candidates(check: SelfCheck) -> list[Candidate]:
    """Every question that is not answered or skipped, each once."""
    found = _Found(check)
    for place, finding in enumerate(check.findings):
        for missing in finding.missing:
            models = check.policy.models
            relation = models.relations[missing.about.kind].get(missing.name)
            if missing.listing and relation is not None:
                for whole in (check.who, missing.about):
                    rank = _FIRST if whole is check.who else _THEN
                    found.name(Ask(whole, relation.target, listing=True), (place, rank, 0), finding)
            elif missing.name in models.kinds[missing.about.kind].fields:
                found.name(Ask(missing.about, missing.name), (place, _THEN, 0), finding)
    for number, (ask, rank) in enumerate(_existence(check)):
        found.name(ask, (len(check.findings), rank, number), None)
    return list(found.kept())


class _Found:
    def __init__(self, check: SelfCheck) -> None:
        self.check = check
        self.by_ask: dict[str, Candidate] = {}
        self.lists: dict[str, set[Thing]] = {}
        """For each kind of member, whose lists are asked for, whoever answers apart."""

    def name(self, ask: Ask, place: tuple[int, int, int], finding: Finding | None) -> None:
        if ask.listing and ask.about != self.check.who:
            self.lists.setdefault(ask.name, set()).add(ask.about)
        known = self.by_ask.setdefault(ask.id, Candidate(ask, place))
        if finding is not None:
            known.named(finding)

    def kept(self) -> Iterator[Candidate]:
        """Without what was skipped, and lists of all where there is but one list in it."""
        for candidate in self.by_ask.values():
            ask = candidate.ask
            whole = ask.listing and ask.about == self.check.who and not self._own(ask.name)
            if ask.id in self.check.skipped or (whole and len(self.lists.get(ask.name, ())) < 2):
                continue
            yield candidate

    def _own(self, kind: str) -> bool:
        """Whether whoever answers has such a list without anything between."""
        relations = self.check.policy.models.relations[self.check.who.kind].values()
        return any(relation.many and relation.target == kind for relation in relations)


def _existence(check: SelfCheck) -> Iterator[tuple[Ask, int]]:
    """Lists of things that rules are about: nothing is found of what is not stated.

    Of each kind the list of all first, then whose it may be, one by one.
    """
    models, dossier = check.policy.models, check.dossier
    for kind in dict.fromkeys(rule.subject for rule in check.policy.corpus.rules.values()):
        for about, fact in check.facts.items():
            for relation in models.relations[about.kind].values():
                leads = relation.many and relation.target == kind
                if leads and not dossier.lists_all(relation, fact):
                    yield Ask(check.who, kind, listing=True), _THEN
                    yield Ask(about, kind, listing=True), _LAST
