"""Every corpus that differs from one in a single place of a rule or of a derived fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypeVar

from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Calendar, Formula, Of, Path
from jingmen_policy.expression.walk import nodes
from jingmen_policy.rule.due import STANDING, UNSTATED, Due
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.model import Dated, DerivedFact, DerivedVersion, Party, Rule, Version
from jingmen_policy.rule.parameter import Let
from tools.mutants.formulas import Setting, changed

AnyDated = TypeVar("AnyDated", bound=Dated)
Varied = tuple[str, str, Rule | DerivedFact]
"""The part that was changed, what was changed in it, and the rule or derived fact as changed."""

_A_DAY = timedelta(days=1)
_PERCENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A corpus with one thing changed. ``owner`` is the rule's id, or ``Kind.derived_fact``."""

    owner: str
    part: str
    change: str
    corpus: Corpus

    @property
    def key(self) -> str:
        return f"{self.owner} · {self.part} · {self.change}"


def owners(corpus: Corpus) -> list[str]:
    """Everything there are mutants of: rules in order, then derived facts."""
    return [*corpus.rules, *(f"{kind}.{name}" for kind, name in corpus.derived)]


def mutants(corpus: Corpus, owner: str) -> Iterator[Mutant]:
    """Every mutant of one rule or derived fact, each with a key of its own."""
    times: Counter[str] = Counter()
    for mutant in _mutants(corpus, owner):
        times[mutant.key] += 1
        again = times[mutant.key]
        yield mutant if again == 1 else replace(mutant, change=f"{mutant.change} ({again})")


def _mutants(corpus: Corpus, owner: str) -> Iterator[Mutant]:
    if owner in corpus.rules:
        for part, change, rule in _rules(corpus, corpus.rules[owner]):
            assert isinstance(rule, Rule)
            yield Mutant(owner, part, change, _with(corpus, rule))
        return
    kind, _, name = owner.partition(".")
    for part, change, fact in _facts(corpus, corpus.derived[kind, name]):
        assert isinstance(fact, DerivedFact)
        derived = {**corpus.derived, (kind, name): fact}
        yield Mutant(owner, part, change, replace(corpus, derived=derived))


def _with(corpus: Corpus, rule: Rule) -> Corpus:
    """The corpus with a rule in another's place, and all it rests on in force as early as it is."""
    first = rule.versions[0].since
    derived = dict(corpus.derived)
    for key, fact in corpus.derived_of(rule).items():
        earliest = fact.versions[0]
        if earliest.since > first:
            versions = (replace(earliest, since=first), *fact.versions[1:])
            derived[key] = replace(fact, versions=versions)
    return replace(corpus, rules={**corpus.rules, rule.id: rule}, derived=derived)


def _rules(corpus: Corpus, rule: Rule) -> Iterator[Varied]:
    for modality in Modality:
        if modality is not rule.modality:
            yield "modality", f"⇒ {modality.value}", replace(rule, modality=modality)
    yield from _bearers(corpus, rule)
    for other in rule.yields_to:
        rest = tuple(one for one in rule.yields_to if one != other)
        yield "yields_to", f"without {other}", replace(rule, yields_to=rest)
    for place, version in enumerate(rule.versions):
        for part, change, varied in _versions(corpus, version):
            versions = (*rule.versions[:place], varied, *rule.versions[place + 1 :])
            name = part if len(rule.versions) == 1 else f"{version.since} {part}"
            yield name, change, replace(rule, versions=versions)


def _facts(corpus: Corpus, fact: DerivedFact) -> Iterator[Varied]:
    for place, version in enumerate(fact.versions):
        setting = Setting({let.name: let for let in version.lets}, dated=False)
        varied: list[tuple[str, str, DerivedVersion]] = [
            ("means", words, replace(version, means=means))
            for words, means in changed(version.means, setting)
        ]
        varied.extend(_parameters(corpus, version))
        for part, change, one in varied:
            versions = (*fact.versions[:place], one, *fact.versions[place + 1 :])
            yield part, change, replace(fact, versions=versions)


def _bearers(corpus: Corpus, rule: Rule) -> Iterator[Varied]:
    """Another role in the bearer's place; and the role of another fact."""
    roles = list(dict.fromkeys(other.bearer.role.zh for other in corpus.rules.values()))
    other = roles[(roles.index(rule.bearer.role.zh) + 1) % len(roles)]
    role = Said(other, other)
    yield "bearer", f"⇒ {other}", replace(rule, bearer=replace(rule.bearer, role=role))
    path = rule.bearer.of
    if path.steps:
        near = Path("", rule.subject if len(path.steps) == 1 else path.steps[-2].target)
        elsewhere = Party(rule.bearer.role, replace(near, steps=path.steps[:-1]))
        yield "bearer", f"of {near.kind}", replace(rule, bearer=elsewhere)


def _versions(corpus: Corpus, version: Version) -> Iterator[tuple[str, str, Version]]:
    dated = version.due.kind in {"day", "yearly"}
    setting = Setting({let.name: let for let in version.lets}, dated)
    for name in ("when", "used", "require"):
        formula: Formula | None = getattr(version, name)
        if formula is None:
            continue
        for words, other in [("dropped", None), *changed(formula, setting)]:
            yield name, words, _put(version, name, other)
    for due in _dues(version) if version.require else ():
        yield "due", f"⇒ {_due(due)}", replace(version, due=due)
    for name in ("since", "until"):
        day: date | None = getattr(version, name)
        for other_day in () if day is None else (day - _A_DAY, day + _A_DAY):
            yield name, f"⇒ {other_day}", _put(version, name, other_day)
    if version.reason:
        yield "reason", "dropped", replace(version, reason="")
    yield from _parameters(corpus, version)


def _put(version: Version, name: str, value: Formula | date | None) -> Version:
    given: dict[str, Any] = {name: value}
    return replace(version, **given)


def _dues(version: Version) -> Iterator[Due]:
    """Another day; and no day, where no formula names the one there is."""
    due = version.due
    match due.kind:
        case "standing":
            yield UNSTATED
            return
        case "unstated":
            yield STANDING
            return
        case "day":
            assert due.day is not None
            yield from (Due("day", day=due.day - _A_DAY), Due("day", day=due.day + _A_DAY))
        case "yearly":
            for day in (due.in_year(2023) - _A_DAY, due.in_year(2023) + _A_DAY):
                yield Due("yearly", month_day=(day.month, day.day))
    formulas = (version.when, version.used, version.require)
    named = {
        node.name for formula in formulas for node in nodes(formula) if isinstance(node, Calendar)
    }
    if not named & {"due", "year"}:
        yield STANDING


def _due(due: Due) -> str:
    if due.day is not None:
        return due.day.isoformat()
    return due.kind if due.month_day is None else "yearly {:02}-{:02}".format(*due.month_day)


def _parameters(corpus: Corpus, version: AnyDated) -> Iterator[tuple[str, str, AnyDated]]:
    for place, let in enumerate(version.lets):
        for words, other in _values(let):
            lets = (*version.lets[:place], other, *version.lets[place + 1 :])
            yield f"let {let.name}", words, replace(version, lets=lets)
        if let.table:
            yield from _columns(corpus, version, let)


def _values(let: Let) -> Iterator[tuple[str, Let]]:
    """The value one unit up and down: 人, 年, 元's whole, a point of a percentage, a day."""
    value = let.value
    if isinstance(value, date):
        for day in (value - _A_DAY, value + _A_DAY):
            yield f"{value} ⇒ {day}", replace(let, value=day)
    elif isinstance(value, int | Fraction):
        unit = _PERCENT if let.type.of is Of.RATIO else 100 if let.type.of is Of.MONEY else 1
        for number in (value - unit, value + unit):
            yield f"{value} ⇒ {number}", replace(let, value=number)


def _columns(corpus: Corpus, version: AnyDated, let: Let) -> Iterator[tuple[str, str, AnyDated]]:
    """Another column of the table, and every cell of this one a unit up and down."""
    table = corpus.tables[let.table]
    cells = version.columns[let.name]
    known: dict[str, Mapping[str, int]] = {
        column: {row: table.cell(row, column) for row in table.rows} for column in table.columns
    }
    known[table.total_label] = {row: table.row_totals[row] for row in table.rows}
    for column, other in known.items():
        if column != let.column:
            columns = {**version.columns, let.name: other}
            yield f"let {let.name}", f"⇒ {column}", replace(version, columns=columns)
    for row, number in cells.items():
        for step in (-1, 1):
            columns = {**version.columns, let.name: {**cells, row: number + step}}
            words = f"{row} {number} ⇒ {number + step}"
            yield f"let {let.name}", words, replace(version, columns=columns)
