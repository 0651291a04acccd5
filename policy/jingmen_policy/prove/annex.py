"""A table of tasks against the shares it breaks down: the same demand, row by row, or where not.

A task rule reads cells of a table, a share rule the rows' totals; both are due on one day. Under
the readings in force and under each alternative that is about them it is asked, row by row: does
whoever has met every task due so far meet the share, and the other way round?
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Compare, Count, Lookup
from jingmen_policy.expression.walk import nodes_of
from jingmen_policy.judge.policy import Policy
from jingmen_policy.prove.encode import Encoded, Place
from jingmen_policy.prove.logic import Bit, no
from jingmen_policy.prove.model import ProofNote, Witness
from jingmen_policy.prove.notes import Asking, note
from jingmen_policy.prove.solver import Unsettled
from jingmen_policy.prove.stage import Disagreement, Stage
from jingmen_policy.prove.tally import Tally
from jingmen_policy.prove.texts import Text
from jingmen_policy.rule.model import Rule, Version
from jingmen_policy.rule.status import Status
from jingmen_policy.text.table import Table


@dataclass(frozen=True, slots=True)
class Broken:
    """A share and the task that breaks it down, due on one day; ``tasks`` are all due by then."""

    table: Table
    share: Rule
    tasks: tuple[Rule, ...]
    day: date


def annexes(policy: Policy, as_of: date, named: frozenset[str]) -> Iterator[ProofNote]:
    """Every share against its tasks, under the readings in force and under each alternative."""
    pairs = [
        pair
        for pair in broken_down(policy.corpus, as_of)
        if named & {pair.share.id, pair.tasks[-1].id}
    ]
    for pair in pairs:
        yield from _asked(policy, pair)
    for reading, alternative, changed in _readings(policy.corpus, pairs):
        other = policy.under({reading: alternative})
        for pair in pairs:
            if changed & {pair.share.id, *(task.id for task in pair.tasks)}:
                for found in _asked(other, pair):
                    yield replace(found, reading=f"{reading}={alternative}")


def broken_down(corpus: Corpus, as_of: date) -> list[Broken]:
    """The shares and tasks there are, by the day they are due."""
    shares: list[tuple[date, Table, Rule]] = []
    tasks: list[tuple[date, Table, Rule]] = []
    for rule in corpus.rules.values():
        version = rule.version_on(as_of)
        if version is None or version.due.day is None or version.require is None:
            continue
        for table in corpus.tables.values():
            columns = _columns(version, table)
            if columns and columns == {table.total_label}:
                shares.append((version.due.day, table, rule))
            elif columns and table.total_label not in columns:
                tasks.append((version.due.day, table, rule))
    found: list[Broken] = []
    for day, table, rule in sorted(shares, key=lambda one: one[0]):
        due = sorted(
            ((d, r) for d, t, r in tasks if d <= day and t is table and r.subject == rule.subject),
            key=lambda one: one[0],
        )
        if due and due[-1][0] == day:
            found.append(Broken(table, rule, tuple(r for _, r in due), day))
    return found


def _asked(policy: Policy, pair: Broken) -> Iterator[ProofNote]:
    rules = policy.corpus.rules
    share, tasks = rules[pair.share.id], [rules[task.id] for task in pair.tasks]
    both = [share, tasks[-1]]
    with Asking(both, "annex") as asking:
        versions = [rule.version_on(pair.day) for rule in (share, *tasks)]
        if any(version is None or version.require is None for version in versions):
            asking.to(note(both, "annex", "proved", NOT_ASKED))
        else:
            asking.to(_Rows(policy, pair, share, tasks).note())
    yield from asking.notes


class _Rows:
    """One share and its tasks, row by row, for any number of members."""

    def __init__(self, policy: Policy, pair: Broken, share: Rule, tasks: list[Rule]) -> None:
        self.pair, self.rules = pair, [share, *tasks]
        self.stage = Stage(policy, share.subject, self.rules, counting=False)
        self.tally = Tally(self.stage, self.rules, pair.day)
        self.share, *self.tasks = self.tally.encoded
        self.key = _row_of(self.tally.stage, self.tasks[-1])

    def note(self) -> ProofNote:
        rules = [self.share.rule, self.tasks[-1].rule]
        short, more = (
            [row for row in self.pair.table.rows if self.can(row, *self.unlike(side, self.tally))]
            for side in (0, 1)
        )
        if not short and not more:
            return note(rules, "annex", "proved", self.agreed())
        told = [self.told(row, short=True) for row in short]
        told += [self.told(row, short=False) for row in more if row not in short]
        text = Said("；".join(t.zh for t in told), "; ".join(t.en for t in told))
        return note(rules, "annex", "refuted", text, [self.witness(short, more)])

    def unlike(self, side: int, where: Tally | Stage) -> list[Bit]:
        """Every task so far met and the share missed, or the share met and the last task missed."""
        if isinstance(where, Tally):
            share, *tasks = where.encoded
        else:
            share, *tasks = (where.encoded(rule, self.pair.day) for rule in self.rules)
        if side == 0:
            return [*(_met(task) for task in tasks), no(_met(share))]
        return [_met(share), no(_met(tasks[-1]))]

    def can(self, row: str, *bits: Bit) -> bool:
        return self.tally.check([self.key.where(row), *bits]) is not None

    def witness(self, short: list[str], more: list[str]) -> Witness:
        """Facts for the first of the rows, as few members as will do, replayed."""
        side, row = (0, short[0]) if short else (1, more[0])
        bits = [self.key.where(row), *self.unlike(side, self.tally)]
        stage, spread = self.tally.spread(self.tally.fewest(bits), self.rules, self.pair.day)
        asked = [stage.encoded(rule, self.pair.day) for rule in self.rules]
        wanted = [_row_of(stage, asked[-1]).where(row), *self.unlike(side, stage), *spread]
        solution = stage.solver.find(wanted)
        if solution is None:
            raise Unsettled(
                Said("有此可能，但举不出事实", "it should be possible, but there are no such facts")
            )
        seen = stage.seen(solution.rebuilt, [asked[0], asked[-1]])
        met = [outcome.status is Status.MET for outcome in seen.outcomes]
        if met != [side == 1, side == 0]:
            told = [Status.BREACHED, Status.MET][:: 1 if side == 0 else -1]
            raise Disagreement(told, [outcome.status for outcome in seen.outcomes])
        return seen

    def least(self, row: str, one: Encoded) -> int | None:
        """The least count with which a rule is met; None where it counts nothing."""
        counted = _counted(self.tally.stage, one)
        if counted is None:
            return None
        number: int | None = None
        bits: list[Bit] = [self.key.where(row), _met(one)]
        while (model := self.tally.check(bits)) is not None:
            number = model.eval(counted, model_completion=True).as_long()
            bits = [*bits[:2], counted < number]
        return number

    def told(self, row: str, *, short: bool) -> Said:
        """Which row, which figure, and how many it takes."""
        table, day = self.pair.table, self.pair.day
        version = self.tasks[-1].version
        cells = [c for c in table.columns if c in _columns(version, table)]
        printed = " + ".join(f"{table.cell(row, c)}" for c in cells)
        where = "、".join(table.address(row, c) for c in cells)
        task, share = (_shown(self.least(row, one)) for one in (self.tasks[-1], self.share))
        zh = "完成任务仍不足" if short else "达到比例仍未完成任务"
        en = "the tasks met and the share missed" if short else "the share met and the task missed"
        clause = addresses_of(self.share.rule)
        return Said(
            f"{row}{day.year}年：{where}印{printed}，任务最少{task}{table.unit}，"
            f"{clause}最少{share}{table.unit}，{zh}",
            f"{row} {day.year}: {where} printed {printed}, at least {task} for the task and"
            f" {share} for {clause}; {en}",
        )

    def agreed(self) -> Said:
        """That every row's figure is just the least number that meets the share."""
        rows = [(row, self.least(row, self.share)) for row in self.pair.table.rows]
        listed = "、".join(f"{row}{number}" for row, number in rows)
        count, year, clause = len(rows), self.pair.day.year, addresses_of(self.share.rule)
        return Said(
            f"{count}行全部一致：到{year}年的任务数恰是{clause}所需的最少数（{listed}）",
            f"all {count} rows agree: the tasks to {year} are the least that meets {clause}"
            f" ({listed})",
        )


NOT_ASKED = Said("照此解释其中一条不作要求", "by this reading one of them requires nothing")


def addresses_of(rule: Rule) -> str:
    return "、".join(dict.fromkeys(cite.address for cite in rule.cites))


def _columns(version: Version, table: Table) -> set[str]:
    used = {
        node.column
        for formula in (version.require,)
        if formula is not None
        for node in nodes_of(formula)
        if isinstance(node, Lookup)
    }
    return {let.column for let in version.lets if let.table == table.id and let.name in used}


def _row_of(stage: Stage, one: Encoded) -> Text:
    """The text by which a rule finds its row."""
    assert one.version.require is not None
    key = next(node.key for node in nodes_of(one.version.require) if isinstance(node, Lookup))
    found = stage.encoder.term(key, Place(one.slot, one.day))
    assert isinstance(found, Text)
    return found


def _counted(stage: Stage, one: Encoded) -> Any:
    """What a rule counts, as z3 has it."""
    assert one.version.require is not None
    for node in nodes_of(one.version.require):
        if isinstance(node, Compare) and isinstance(node.left, Count):
            version = one.version
            place = Place(one.slot, one.day, one.due, one.year, version.params, version.columns)
            return stage.encoder.term(node.left, place).low.number  # type: ignore[union-attr]
    return None


def _met(one: Encoded) -> Bit:
    assert one.holds is not None
    return one.holds.true


def _shown(number: int | None) -> str:
    return "—" if number is None else str(number)


def _readings(corpus: Corpus, pairs: list[Broken]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The alternatives that are about the shares and tasks, with the rules they change.

    Those are the ones that mostly change rules which fall due when shares do; the others change
    what a station is, or what a verb means, for the whole plan.
    """
    days = {pair.day for pair in pairs}
    touched = {rule.id for pair in pairs for rule in (pair.share, *pair.tasks)}
    due = {
        rule.id
        for rule in corpus.rules.values()
        if any(version.due.day in days for version in rule.versions)
    }
    for name, interpretation in corpus.interpretations.items():
        for alternative in interpretation.alternatives:
            changed = frozenset(alternative.change.rules if alternative.change else ())
            about = changed & touched and 2 * len(changed & due) > len(changed)
            if about and name not in corpus.switched:
                yield name, alternative.id, changed
