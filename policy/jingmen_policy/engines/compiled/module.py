"""One module of Python for a corpus and a day: each rule a function that can be read."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.compiled import prelude
from jingmen_policy.engines.compiled.formulas import Formulas
from jingmen_policy.engines.compiled.lines import CODE, STATUSES, SUBJECT, Constants, ascii_name
from jingmen_policy.engines.compiled.order import in_order
from jingmen_policy.engines.compiled.whole import told, wholes
from jingmen_policy.engines.protocol import governing
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.model import DerivedFact, Rule, Version
from jingmen_policy.rule.status import Status

_HEADER = '''\
"""{title}

Generated from corpus {id} {digest} for the close of {day}. Do not edit.
A function decides one rule about one subject: it returns the status as a number, see STATUSES.
"""
'''


class Writer:
    """Writes the module of one corpus and one day."""

    def __init__(self, corpus: Corpus, as_of: date) -> None:
        self.corpus = corpus
        self.as_of = as_of
        self.constants = Constants()
        self.means = {
            key: version
            for key, fact in corpus.derived.items()
            if (version := fact.version_on(as_of)) is not None
        }
        self.always = frozenset(
            (kind.name, name)
            for kind in corpus.models.kinds.values()
            for name in kind.references
            if kind.fields[name].required
        )

    def source(self) -> str:
        functions = [*self.derived(), *self.exceptions(), *self.rules(), *self.wholes()]
        table = self.table()
        head = _HEADER.format(
            title=self.corpus.title.zh,
            id=self.corpus.id,
            digest=self.corpus.digest[:16],
            day=self.as_of,
        )
        helpers = inspect.getsource(prelude).partition("from datetime")[2]
        parts = [
            head + "\nfrom __future__ import annotations\n\nfrom datetime" + helpers.rstrip("\n"),
            f"STATUSES = {tuple(status.value for status in STATUSES)!r}",
            *self.constant_lines(),
            *functions,
            table,
        ]
        return "\n\n\n".join(parts) + "\n"

    def constant_lines(self) -> Iterator[str]:
        lines = [f"{name} = {_written(value)}" for name, value in self.constants.values.items()]
        if lines:
            yield "\n".join(lines)

    def derived(self) -> Iterator[str]:
        for fact in self.corpus.derived.values():
            version = fact.version_on(self.as_of)
            if version is None:
                continue
            speller = self.speller(version.params, version.columns, {})
            truth = speller.formula(version.means)
            speller.say(f"return {truth}")
            name = f"{fact.subject}_{fact.id}"
            yield _function(name, _told(fact, version.written), speller.lines)

    def exceptions(self) -> Iterator[str]:
        """Whether a rule that others yield to applies: not before it is in force."""
        for name in sorted(
            {name for rule in self.corpus.rules.values() for name in rule.yields_to}
        ):
            rule = self.corpus.rules[name]
            version = rule.version_on(self.as_of)
            lines = ["    return False"]
            if version is not None:
                speller = self.version_speller(version, version.due.day)
                formula = rule.applies(version)
                truth = "True" if formula is None else speller.formula(formula)
                speller.say(f"return {truth}")
                lines = speller.lines
            yield _function(f"applies_{ascii_name(name)}", f"Whether {name} applies.", lines)

    def rules(self) -> Iterator[str]:
        for rule in self.corpus.rules.values():
            for version, due, year in governing(rule, self.as_of):
                yield self.rule(rule, version, due, year)

    def wholes(self) -> Iterator[str]:
        """A function for each kind of subject that decides every rule about it."""
        names = {}
        for kind, name, lines in wholes(self):
            names[kind] = name
            yield _function(name, told(kind), lines)
        yield "EVERY = {" + ", ".join(f"{kind!r}: {name}" for kind, name in names.items()) + "}"
        yield in_order(self.corpus, self.as_of, names)

    def rule(self, rule: Rule, version: Version, due: date | None, year: int | None) -> str:
        speller = self.version_speller(version, due, year)
        applies = rule.applies(version)
        if applies is not None:
            truth = speller.formula(applies)
            self.unless(speller, truth, Status.NOT_APPLICABLE, Status.UNDETERMINED)
        if version.require is None:
            speller.say(f"return {CODE[self.without(rule)]}")
        else:
            if version.used is not None:
                used = speller.formula(version.used)
                self.unless(speller, used, Status.AVAILABLE, Status.UNDETERMINED)
            self.outcome(speller, rule, version, due)
        said = "；".join(f"{cite.address}“{cite.quote}”" for cite in version.cites)
        return _function(
            function_name(rule, year), f"{rule.title.zh} {said}".strip(), speller.lines
        )

    def without(self, rule: Rule) -> Status:
        """What a rule says that asks for nothing."""
        optional = rule.modality.force is Force.OPTIONAL
        return Status.AVAILABLE if optional else Status.NOTED

    def unless(self, speller: Formulas, truth: str, false: Status, unknown: Status) -> None:
        """Go on only where something is true."""
        if truth == "True":
            return
        with speller.inside(f"if {truth} is not True:"):
            speller.say(f"return {CODE[false]} if {truth} is False else {CODE[unknown]}")

    def outcome(self, speller: Formulas, rule: Rule, version: Version, due: date | None) -> None:
        truth = speller.formula(version.require)  # type: ignore[arg-type]
        known, unknown = self.outcomes(rule, version, due)
        with speller.inside(f"if {truth}:"):
            speller.say(f"return {CODE[Status.MET]}")
        if unknown is None:
            speller.say(f"return {known}")
        else:
            speller.say(f"return {unknown} if {truth} is None else {known}")

    def outcomes(self, rule: Rule, version: Version, due: date | None) -> tuple[str, str | None]:
        """What follows where a requirement does not hold, and where that is not known; None: the
        same.
        """
        still_open = self.as_of < due if due is not None else version.due.kind == "unstated"
        if still_open:
            return str(CODE[Status.PENDING]), None
        return self.short(rule, version), str(CODE[Status.UNPROVEN])

    def short(self, rule: Rule, version: Version) -> str:
        """What follows where the requirement does not hold."""
        force = rule.modality.force
        if force is Force.DEFEASIBLE:
            departed, noted = CODE[Status.DEPARTED], CODE[Status.NOTED]
            if not version.reason:
                return str(departed)
            return f"({noted} if {SUBJECT}.{version.reason} else {departed})"
        return str(CODE[Status.NOTED if force is Force.SOFT else Status.BREACHED])

    def table(self) -> str:
        """Every rule in the order of the text: its id, its kind, and a function for each year."""
        rows = []
        for rule in self.corpus.rules.values():
            found = list(governing(rule, self.as_of))
            ways = ", ".join(f"({year!r}, {function_name(rule, year)})" for _, _, year in found)
            rows.append(f"    ({rule.id!r}, {rule.subject!r}, ({ways}{',' if ways else ''})),")
        return "\n".join(["RULES = (", *rows, ")"])

    def version_speller(
        self, version: Version, due: date | None, year: int | None = None
    ) -> Formulas:
        by = self.as_of if due is None else min(self.as_of, due)
        calendar = {"by": self.constants.name("DAY", by)}
        if due is not None:
            calendar["due"] = self.constants.name("DAY", due)
        if year is not None:
            calendar["year"] = str(year)
        return self.speller(version.params, version.columns, calendar)

    def speller(self, params: object, columns: object, calendar: dict[str, str]) -> Formulas:
        calendar = {
            "by": self.constants.name("DAY", self.as_of),
            **calendar,
            "as_of": self.constants.name("DAY", self.as_of),
        }
        return Formulas(
            self.constants,
            dict(params),  # type: ignore[call-overload]
            {name: dict(cells) for name, cells in columns.items()},  # type: ignore[attr-defined]
            calendar,
            always=self.always,
            derived=self.means,
        )


def function_name(rule: Rule, year: int | None) -> str:
    name = f"rule_{ascii_name(rule.id)}"
    return name if year is None else f"{name}_{year}"


def _function(name: str, told: str, lines: list[str]) -> str:
    docstring = told.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return "\n".join([f"def {name}({SUBJECT}, d):", f'    """{docstring}"""', *lines])


def _told(fact: DerivedFact, written: str) -> str:
    where = "、".join(cite.address for cite in fact.cites)
    return f"{where} {fact.title.zh}：{written}".strip()


def _written(value: object) -> str:
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    if isinstance(value, Fraction):
        return f"Fraction({value.numerator}, {value.denominator})"
    return repr(value)
