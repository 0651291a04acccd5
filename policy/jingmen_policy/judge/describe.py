"""From a decision to a finding: the verdicts' leaves told as comparisons, facts, steps and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.protocol import Decision
from jingmen_policy.expression.nodes import (
    Compare,
    Derived,
    Formula,
    Leaf,
    Path,
    Within,
    Yields,
)
from jingmen_policy.expression.values import LeafValue, Read, Truth, Verdict
from jingmen_policy.expression.walk import leaves
from jingmen_policy.judge.finding import (
    Clause,
    Comparison,
    FactMissing,
    FactUsed,
    Finding,
    Role,
    Step,
    Thing,
)
from jingmen_policy.judge.show import show, show_stated
from jingmen_policy.judge.status import reason_of, status_of
from jingmen_policy.rule.model import Citation, Party, Rule, Version
from jingmen_policy.rule.status import Status


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict, and what it rests on as a finding shows it."""

    verdict: Verdict
    compared: tuple[Comparison, ...]
    facts: Mapping[Read, FactUsed]
    steps: tuple[Step, ...]


class Describer:
    """Findings of one corpus about one dossier on one day."""

    def __init__(self, corpus: Corpus, dossier: Dossier, as_of: date) -> None:
        self.corpus = corpus
        self.dossier = dossier
        self.as_of = as_of
        self._tested: dict[int, tuple[Formula, tuple[Leaf, ...]]] = {}
        self._told: dict[tuple[int, int, int], Told] = {}
        self._things: dict[tuple[str, str], Thing] = {}
        self._labels: dict[tuple[str, str, bool], tuple[Said, str]] = {}
        self._clauses: dict[int, tuple[Clause, ...]] = {}

    def tested(self, formula: Formula) -> tuple[Leaf, ...]:
        """A formula's leaves, listed once for each formula of the corpus."""
        known = self._tested.get(id(formula))
        if known is None:
            known = self._tested[id(formula)] = (formula, tuple(leaves(formula)))
        return known[1]

    def finding(self, decision: Decision) -> Finding:
        case = decision.case
        status = status_of(decision, self.as_of)
        told = [
            self.told(formula, verdict, case.subject)
            for formula, verdict in self.relevant(decision)
        ]
        return Finding(
            rule=case.rule.id,
            title=case.rule.title,
            modality=case.rule.modality,
            status=status,
            subject=self.thing_of(case.subject),
            year=case.year,
            bearer=self.role(case.rule.bearer, case.subject),
            counterparty=None
            if case.rule.counterparty is None
            else self.role(case.rule.counterparty, case.subject),
            due=case.due,
            due_kind=case.version.due.kind,
            version=case.version.since,
            clauses=self.clauses(case.version.cites),
            compared=tuple(comparison for part in told for comparison in part.compared),
            facts=_joined([part.facts for part in told]),
            steps=_once(told),
            missing=self.missing(decision, status, told),
            readings=case.version.readings,
            reason=reason_of(decision) if status is Status.NOTED else "",
            otherwise=case.version.otherwise
            if status in (Status.BREACHED, Status.DEPARTED)
            else None,
            evidence=case.rule.evidence if decision.holds is None else None,
        )

    def not_in_force(self, rule: Rule, subject: Fact) -> Finding:
        """The finding where no version of a rule is in force."""
        return Finding(
            rule=rule.id,
            title=rule.title,
            modality=rule.modality,
            status=Status.NOT_IN_FORCE,
            subject=self.thing_of(subject),
            year=None,
            bearer=self.role(rule.bearer, subject),
            counterparty=None
            if rule.counterparty is None
            else self.role(rule.counterparty, subject),
            due=None,
            due_kind=None,
            version=None,
            clauses=self.clauses(spoke_last(rule, self.as_of).cites),
            readings=rule.readings,
        )

    def relevant(self, decision: Decision) -> Iterator[tuple[Formula, Verdict]]:
        """The formulas whose verdicts made the status what it is."""
        version = decision.case.version
        applies = decision.case.rule.applies(version)
        if applies is not None:
            yield applies, decision.applies
        if decision.applies.truth is not Truth.TRUE:
            return
        if version.used is not None and decision.used is not None:
            yield version.used, decision.used
            if decision.used.truth is Truth.FALSE:
                return
        if version.require is not None and decision.holds is not None:
            yield version.require, decision.holds

    def told(self, formula: Formula, verdict: Verdict, subject: Fact) -> Told:
        """What a verdict on a formula rests on; told once where several rules share it."""
        key = (id(formula), id(verdict), id(subject))
        known = self._told.get(key)
        if known is None:
            tested = self.tested(formula)
            known = self._told[key] = Told(
                verdict,
                tuple(self.comparisons(tested, verdict)),
                {read: self.used(read) for read in verdict.reads},
                tuple(
                    step
                    for leaf in verdict.leaves
                    for step in self.step(tested[leaf.place], leaf, subject)
                ),
            )
        return known

    def comparisons(self, tested: Sequence[Leaf], verdict: Verdict) -> Iterator[Comparison]:
        for leaf in verdict.leaves:
            node = tested[leaf.place]
            if leaf.compared is None:
                continue
            if isinstance(node, Compare):
                left, right = node.left.type, node.right.type
            elif isinstance(node, Within):
                left, right = node.elements.type, node.texts.type
            else:
                continue
            yield Comparison(
                node.source,
                show(leaf.compared.left, left),
                leaf.compared.op,
                show(leaf.compared.right, right),
                leaf.truth,
            )

    def clauses(self, cites: tuple[Citation, ...]) -> tuple[Clause, ...]:
        """The clauses cited, made once for each version of a rule."""
        known = self._clauses.get(id(cites))
        if known is None:
            known = self._clauses[id(cites)] = tuple(self.clause(cite) for cite in cites)
        return known

    def clause(self, cite: Citation) -> Clause:
        return Clause(address_of(self.corpus, cite), cite.quote)

    def used(self, read: Read) -> FactUsed:
        label, unit = self.labelled(read)
        value = "名单完整" if read.listing else show_stated(read.value, unit)
        return FactUsed(self.thing(read.kind, read.identity), read.name, label, value)

    def thing(self, kind: str, identity: str) -> Thing:
        known = self._things.get((kind, identity))
        if known is None:
            known = self._things[kind, identity] = Thing(kind, identity)
        return known

    def thing_of(self, fact: Fact) -> Thing:
        return self.thing(type(fact).__name__, fact.identity)

    def labelled(self, read: Read) -> tuple[Said, str]:
        key = (read.kind, read.name, read.listing)
        known = self._labels.get(key)
        if known is None:
            known = self._labels[key] = label_of(self.corpus.models, read)
        return known

    def missing(
        self, decision: Decision, status: Status, told: Iterable[Told]
    ) -> tuple[FactMissing, ...]:
        if status.decided or status in (Status.AVAILABLE, Status.NOTED):
            return ()
        if status is Status.DEPARTED:
            name = decision.case.version.reason
            subject = decision.case.subject
            reads = {Read(type(subject).__name__, subject.identity, name)} if name else set()
        else:
            reads = {
                read
                for part in told
                if part.verdict.truth is Truth.UNKNOWN
                for read in part.verdict.missing
            }
        return tuple(
            FactMissing(
                self.thing(read.kind, read.identity),
                read.name,
                self.labelled(read)[0],
                read.listing,
            )
            for read in sorted(reads, key=_place)
        )

    def step(self, node: Formula, leaf: LeafValue, subject: Fact) -> Iterator[Step]:
        if isinstance(node, Yields):
            rule = self.corpus.rules[node.rule]
            yield Step("exception", rule.id, rule.title, self.thing_of(subject), leaf.truth)
            version = rule.version_on(self.as_of)
            inner = rule.applies(version) if version is not None else None
            about: Fact | None = subject
        elif isinstance(node, Derived):
            about = self.follow(node.path, subject)
            fact = self.corpus.derived[node.path.kind, node.name]
            yield Step(
                "derived",
                fact.id,
                fact.title,
                None if about is None else self.thing_of(about),
                leaf.truth,
            )
            means = fact.version_on(self.as_of)
            inner = None if means is None else means.means
        else:
            return
        if inner is not None and leaf.inner is not None and about is not None:
            tested = self.tested(inner)
            for deeper in leaf.inner.leaves:
                yield from self.step(tested[deeper.place], deeper, about)

    def role(self, party: Party, subject: Fact) -> Role:
        fact = self.follow(party.of, subject)
        return Role(party.role, None if fact is None else self.thing_of(fact))

    def follow(self, path: Path, subject: Fact) -> Fact | None:
        fact: Fact | None = subject
        for step in path.steps:
            if fact is None:
                return None
            fact = self.dossier.one(step, fact)
        return fact


def spoke_last(rule: Rule, as_of: date) -> Version:
    """The version of a rule that spoke last by a day, or the first where none has."""
    begun = [version for version in rule.versions if version.since <= as_of]
    return begun[-1] if begun else rule.versions[0]


def address_of(corpus: Corpus, cite: Citation) -> str:
    """Where cited words stand; in an amendment, its title first."""
    if not cite.text:
        return cite.address
    return f"《{corpus.amendments[cite.text].title.zh}》{cite.address}"


def _once(told: Sequence[Told]) -> tuple[Step, ...]:
    steps = [step for part in told for step in part.steps]
    return tuple(steps) if len(steps) < 2 else tuple(dict.fromkeys(steps))


def _joined(parts: Sequence[Mapping[Read, FactUsed]]) -> tuple[FactUsed, ...]:
    """The facts of all parts, each once, by kind, identity and name."""
    reads = parts[0] if len(parts) == 1 else {r: fact for part in parts for r, fact in part.items()}
    return tuple(reads[read] for read in sorted(reads, key=_place))


def _place(read: Read) -> tuple[str, str, str, bool]:
    return read.kind, read.identity, read.name, read.listing


def label_of(models: FactModels, read: Read) -> tuple[Said, str]:
    """The label of what was read, and its unit."""
    kind = models.kinds[read.kind]
    if not read.name:
        return Said(kind.label.zh, kind.label.en), ""
    if read.listing:
        label = models.relations[read.kind][read.name].label
        return Said(f"{label.zh}名单是否完整", f"whether the list of {label.en} is complete"), ""
    spec = kind.fields.get(read.name)
    if spec is None:
        return Said(read.name, read.name), ""
    return Said(spec.label.zh, spec.label.en), spec.unit
