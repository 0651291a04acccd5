"""What an engine is given and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.frame import (
    DerivedOf,
    ExceptionOf,
    Frame,
    no_derived,
    no_exception,
)
from jingmen_policy.expression.values import Verdict
from jingmen_policy.rule.model import Rule, Version


@dataclass(frozen=True, slots=True)
class NotImpl:
    """Something an engine refuses to run, and why. What is on no such list it has to run."""

    engine: str
    what: Said
    why: Said


@dataclass(frozen=True, slots=True)
class Case:
    """One rule, in the version that governs, put to one subject, for one year if it is yearly."""

    rule: Rule
    version: Version
    subject: Fact
    due: date | None = None
    year: int | None = None

    def frame(
        self,
        dossier: Dossier,
        as_of: date,
        derived: DerivedOf = no_derived,
        exception: ExceptionOf = no_exception,
    ) -> Frame:
        """Where the case's formulas are evaluated; the engine says how derived facts are had."""
        return Frame(
            dossier,
            self.subject,
            as_of,
            due=self.due,
            year=self.year,
            params=self.version.params,
            columns=self.version.columns,
            derived=derived,
            exception=exception,
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """An engine's answer to a case.

    ``used`` is asked of permissions and ``holds`` of rules with a requirement, and only where the
    rule may apply; they are None otherwise.
    """

    case: Case
    applies: Verdict
    used: Verdict | None = None
    holds: Verdict | None = None


class Engine(Protocol):
    """A way to run a corpus. ``decide`` answers every case, in the order of the cases."""

    name: str

    def decide(self, cases: Sequence[Case], dossier: Dossier, as_of: date) -> list[Decision]: ...


class MakesEngine(Protocol):
    """Builds an engine for one corpus; what can be prepared once is prepared here."""

    def __call__(self, corpus: Corpus) -> Engine: ...


def cases(
    corpus: Corpus, dossier: Dossier, as_of: date, rules: Iterable[Rule] | None = None
) -> Iterator[Case]:
    """Every case there is on a day, rules in the corpus's order, subjects in the dossier's.

    ``rules`` keeps to these, in their order.

    A version governs a case from its own first day: a yearly duty is judged by the version in
    force on its due day, or on ``as_of`` while that is still ahead; every other by the version in
    force on ``as_of``.
    """
    for rule in corpus.rules.values() if rules is None else rules:
        versions = list(governing(rule, as_of))
        for subject in dossier.of_kind(rule.subject).values():
            for version, due, year in versions:
                yield Case(rule, version, subject, due, year)


def governing(rule: Rule, as_of: date) -> Iterator[tuple[Version, date | None, int | None]]:
    """The versions of a rule that govern on a day, each with its due day and, if yearly, year."""
    now = rule.version_on(as_of)
    if now is not None and now.due.kind != "yearly":
        yield now, now.due.day, None
    yearly = [version for version in rule.versions if version.due.kind == "yearly"]
    if not yearly:
        return
    for year in range(yearly[0].since.year, as_of.year + 1):
        governing = [
            version for version in yearly if version.in_force(min(version.due.in_year(year), as_of))
        ]
        if governing:
            yield governing[-1], governing[-1].due.in_year(year), year
