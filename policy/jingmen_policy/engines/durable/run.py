"""One dossier on one day through one program: rows in, tokens chained, firings read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy.engines.durable import native
from jingmen_policy.engines.durable.native import EngineFailed, Session
from jingmen_policy.engines.durable.program import Program, TokenKey, Unit, flag, target, token_of
from jingmen_policy.engines.durable.verdicts import Joined, Row, verdict
from jingmen_policy.engines.protocol import Case, Decision
from jingmen_policy.expression.atoms import leaf_value
from jingmen_policy.expression.evaluate import evaluate
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.nodes import Derived
from jingmen_policy.expression.terms import follow
from jingmen_policy.expression.values import FALSE, TRUE, Trace, Truth, Verdict, once

NOBODY = "0"
"""The entity at the end of a path that is not known: anything about it may be true or false."""


@dataclass
class Run:
    """Everything here lives for one evaluation of one program."""

    program: Program
    session: Session
    dossier: Dossier
    as_of: date
    cases: Sequence[Case]
    rows: dict[str, Row] = field(default_factory=dict)
    about: dict[tuple[TokenKey, str], Row | Verdict] = field(default_factory=dict)
    shared: dict[tuple[int, str], Row] = field(default_factory=dict)
    asked: dict[tuple[int, str], Row] = field(default_factory=dict)
    surrogates: dict[tuple[str, str], str] = field(default_factory=dict)
    queue: list[native.Fact] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)

    def decide(self) -> list[Decision]:
        for position in range(len(self.cases)):
            self.ask_whether_it_applies(position)
        self.drain()
        return [self.decision(position) for position in range(len(self.cases))]

    def drain(self) -> None:
        """Assert what is queued and follow every activation, until nothing more can happen.

        A row whose aggregates ask for derived facts of their members waits until those are settled.
        """
        while self.queue or self.waiting:
            while self.queue:
                batch, self.queue = self.queue, []
                for name, match in self.session.run(batch):
                    self.fire(name, match["a0"]["id"])
            for row in self.rows.values():
                row.settled = True
            ready = [row for row in self.waiting if self.ready(row)]
            if self.waiting and not ready:
                raise EngineFailed("derived facts wait for each other")
            self.waiting = [row for row in self.waiting if not self.ready(row)]
            for row in ready:
                self.assert_row(row)

    def fire(self, name: str, row_id: str) -> None:
        """One way a formula may be true (or false) of a row: note it, and chain what follows."""
        unit, polarity, branch = self.program.fired[name]
        row = self.rows[row_id]
        if row.unit is not unit:
            raise EngineFailed(f"engine rule {name} fired for a row of another formula")
        firings = row.firings(polarity)
        first = not firings
        firings.append(branch)
        if first and row.token is not None:
            self.queue.extend(self.tokens(*row.token, polarity))
        if first and polarity:
            for position in row.wakes:
                self.ask_what_it_requires(position)

    def ask_whether_it_applies(self, position: int) -> None:
        case = self.cases[position]
        row = self.applies(case)
        if row is None:
            self.ask_what_it_requires(position)
            return
        row.wakes.append(position)
        self.asked[position, "applies"] = row

    def ask_what_it_requires(self, position: int) -> None:
        """The obligation may arise: only now is it asked what it requires."""
        case = self.cases[position]
        frame = self.framed(case)
        for part in ("used", "holds"):
            unit = self.unit(part, case)
            if unit is not None:
                self.asked[position, part] = self.request(Row(unit, frame))

    def applies(self, case: Case) -> Row | None:
        """The row asking whether a case applies, one a subject; None where it always does."""
        unit = self.unit("applies", case)
        if unit is None:
            return None
        if unit.shared:
            return self.shared_row(unit, case)
        if case.year is not None:
            return self.request(Row(unit, self.framed(case)))
        token = (("applies", case.rule.id), self.surrogate(case.subject))
        known = self.about.get(token)
        if not isinstance(known, Row):
            known = self.about[token] = Row(unit, self.framed(case), token=token)
            self.request(known)
        return known

    def shared_row(self, unit: Unit, case: Case) -> Row:
        """The one row of a formula that several rules ask of the same subject."""
        key = (unit.number, self.surrogate(case.subject))
        known = self.shared.get(key)
        if known is None:
            frame = Frame(self.dossier, case.subject, self.as_of, derived=self.settled_verdict)
            known = self.shared[key] = self.request(Row(unit, frame))
        return known

    def exception(self, rule_id: str, subject: Fact) -> None:
        """Have it decided whether a rule yielded to applies to a subject."""
        rule = self.program.corpus.rules[rule_id]
        token: tuple[TokenKey, str] = (("applies", rule_id), self.surrogate(subject))
        if token in self.about:
            return
        version = rule.version_on(self.as_of)
        if version is None:
            self.know(token, FALSE)
        elif self.applies(Case(rule, version, subject, version.due.day)) is None:
            self.know(token, TRUE)

    def derive(self, kind: str, name: str, fact: Fact) -> Row:
        """Have a derived fact about a fact decided; the row that will say."""
        token: tuple[TokenKey, str] = (("derived", kind, name), self.surrogate(fact))
        known = self.about.get(token)
        if isinstance(known, Row):
            return known
        derived = self.program.corpus.derived[kind, name]
        version = derived.version_on(self.as_of)
        assert version is not None, "a rule in force mentions only derived facts in force"
        unit = self.program.units["derived", kind, name, derived.versions.index(version)]
        frame = Frame(
            self.dossier,
            fact,
            self.as_of,
            params=version.params,
            columns=version.columns,
            derived=self.settled_verdict,
        )
        row = self.about[token] = Row(unit, frame, token=token)
        return self.request(row)

    def request(self, row: Row) -> Row:
        """Assert a row now, or once the derived facts its aggregates need are settled."""
        if not row.unit.counted:
            self.assert_row(row)
            return row
        for kind, name in row.unit.counted:
            for fact in self.dossier.of_kind(kind).values():
                self.derive(kind, name, fact)
        if self.ready(row):
            self.assert_row(row)
        else:
            self.waiting.append(row)
        return row

    def ready(self, row: Row) -> bool:
        return all(
            self.derive(kind, name, fact).settled
            for kind, name in row.unit.counted
            for fact in self.dossier.of_kind(kind).values()
        )

    def assert_row(self, row: Row) -> None:
        """Decide the leaves the engine does not decide, and say what each may be."""
        stated: native.Fact = {}
        for index, leaf in enumerate(row.unit.leaves):
            token = token_of(leaf)
            if token is None:
                value = leaf_value(leaf, index, row.frame, evaluate)
                row.leaves.append(value)
                for wanted in value.truth.ways:
                    stated[flag(index, wanted)] = 1
                continue
            fact: Fact | None = row.frame.subject
            trace = Trace()
            if isinstance(leaf, Derived):
                fact = follow(leaf.path, row.frame, trace)
            entity = NOBODY if fact is None else self.surrogate(fact)
            row.leaves.append(Joined(token, entity, once(trace.missing)))
            stated[target(index)] = entity
            stated["z"] = "1"
            self.have_decided(token, fact)
        for group in row.unit.groups:
            identity = self.session.new_id()
            self.rows[identity] = row
            self.queue.append({**stated, group: 1, "id": identity})

    def have_decided(self, token: TokenKey, fact: Fact | None) -> None:
        if fact is None:
            if (token, NOBODY) not in self.about:
                self.know((token, NOBODY), Verdict(Truth.UNKNOWN))
        elif token[0] == "derived":
            self.derive(token[1], token[2], fact)
        else:
            self.exception(token[1], fact)

    def know(self, token: tuple[TokenKey, str], known: Verdict) -> None:
        """Assert what is known without asking."""
        self.about[token] = known
        for wanted in known.truth.ways:
            self.queue.extend(self.tokens(*token, wanted))

    def tokens(self, token: TokenKey, entity: str, positive: bool) -> Iterator[native.Fact]:
        for name in self.program.token_names(token, positive):
            yield {name: 1, "e": entity, "z": "1", "id": self.session.new_id()}

    def decision(self, position: int) -> Decision:
        case = self.cases[position]
        applies = self.asked.get((position, "applies"))
        said = TRUE if applies is None else verdict(applies, self.about)
        if said.truth is Truth.FALSE:
            return Decision(case, said)
        used, holds = (self.asked.get((position, part)) for part in ("used", "holds"))
        return Decision(
            case,
            said,
            None if used is None else verdict(used, self.about),
            None if holds is None else verdict(holds, self.about),
        )

    def settled_verdict(self, name: str, fact: Fact) -> Verdict:
        """What an aggregate asks about one of its members."""
        return verdict(self.derive(type(fact).__name__, name, fact), self.about)

    def unit(self, part: str, case: Case) -> Unit | None:
        return self.program.parts[id(case.version)].get(part)

    def framed(self, case: Case) -> Frame:
        return case.frame(self.dossier, self.as_of, self.settled_verdict)

    def surrogate(self, fact: Fact) -> str:
        """A short decimal name for a fact: no text of a dossier ever enters the engine."""
        key = (type(fact).__name__, fact.identity)
        found = self.surrogates.get(key)
        if found is None:
            found = self.surrogates[key] = str(len(self.surrogates) + 1)
        return found
