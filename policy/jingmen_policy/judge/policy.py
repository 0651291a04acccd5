"""The policy: load a corpus, judge a dossier, ask why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, overload

from jingmen_facts import BACKGROUNDS, MODELS, build_dossier
from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.assemble import NO_BACKGROUNDS
from jingmen_facts.reading.background import Backgrounds
from jingmen_facts.reading.dossier_file import read_dossiers
from jingmen_facts.reading.names import names_of
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.load import PLAN, load_corpus
from jingmen_policy.engines.protocol import Engine, NotImpl, cases
from jingmen_policy.judge.describe import Describer
from jingmen_policy.judge.finding import Finding, Thing, thing_of
from jingmen_policy.judge.verdict_rows import Asked
from jingmen_policy.rule.model import Rule

if TYPE_CHECKING:
    from jingmen_policy.engines.compiled import Compiled, Decided


def _reference(corpus: Corpus) -> Engine:
    from jingmen_policy.engines.reference import Reference

    return Reference(corpus)


def _durable(corpus: Corpus) -> Engine:
    from jingmen_policy.engines.durable.engine import Durable

    return Durable(corpus)


ENGINES: dict[str, Callable[[Corpus], Engine]] = {"durable": _durable, "reference": _reference}


def notimpl() -> tuple[NotImpl, ...]:
    """What engines refuse to run, each with its reason. The reference and generated code run all.

    >>> sorted({row.engine for row in notimpl()})
    ['columnar', 'durable']
    """
    from jingmen_policy.engines.columnar.notimpl import NOTIMPL as COLUMNAR
    from jingmen_policy.engines.durable.notimpl import NOTIMPL as DURABLE

    return (*DURABLE, *COLUMNAR)


class Policy:
    """A checked corpus and the engines that run it. Safe to share between threads.

    >>> policy = Policy.load()
    >>> dossier = policy.dossier({"Station": {"id": "ST-1", "established_on": "2021-06-01"}})
    >>> [finding] = policy.judge(dossier, date(2022, 6, 30), rules=["staffing"])
    >>> finding.status.value, [missing.name for missing in finding.missing]
    ('unproven', ['workers'])
    """

    def __init__(
        self, corpus: Corpus, engine: str = "durable", backgrounds: Backgrounds = NO_BACKGROUNDS
    ) -> None:
        self.corpus = corpus
        self.default = engine
        self.backgrounds = backgrounds
        self.days: int | None = None
        """How many days ``decide`` keeps code for, where that is not left to it."""
        self._engines: dict[str, Engine] = {}
        self._asked: set[frozenset[str]] = set()

    @classmethod
    def load(
        cls,
        directory: Path | str | None = None,
        *,
        facts: FactModels | Iterable[type[Fact]] | None = None,
        backgrounds: Backgrounds | None = None,
        engine: str = "durable",
        readings: Mapping[str, str] | None = None,
    ) -> Self:
        """The shipped plan, or the corpus in a directory with fact models of its own.

        ``backgrounds`` are facts known beforehand that a dossier may ``use`` by name; the shipped
        plan has ``register``, its 60 townships. ``readings`` puts readings not chosen into force:
        interpretations to one of their alternatives each.

        Raises Refused with everything wrong in the corpus.
        """
        if directory is not None and facts is None:
            raise TypeError(
                "a corpus of your own needs its fact models: Policy.load(dir, facts=...)"
            )
        models = MODELS if facts is None else facts
        if not isinstance(models, FactModels):
            models = FactModels(models)
        if backgrounds is None:
            backgrounds = BACKGROUNDS if directory is None else NO_BACKGROUNDS
        where = PLAN if directory is None else Path(directory)
        return cls(load_corpus(where, models, readings), engine, backgrounds)

    def under(self, readings: Mapping[str, str]) -> Self:
        """The same policy with other readings in force: interpretations to alternatives.

        >>> strict = Policy.load().under({"at-most-inclusive": "strictly-less"})
        >>> strict.corpus.rules["worker-age"].versions[0].written["require"]
        'age(born_on, hired_on) < most'

        Raises Refused for names that are not on record and for readings that cannot be run.
        """
        if not readings:
            return self
        wanted = {**self.corpus.switched, **readings}
        corpus = load_corpus(self.corpus.directory, self.models, wanted, like=self.corpus)
        return type(self)(corpus, self.default, self.backgrounds)

    @property
    def models(self) -> FactModels:
        return self.corpus.models

    def engine(self, name: str | None = None) -> Engine:
        """An engine by name, made once. Raises Refused for a name there is no engine of."""
        wanted = name or self.default
        if wanted not in ENGINES:
            said = unknown_name(Said("引擎", "engine"), wanted, list(ENGINES))
            raise Refused([Problem(said)])
        if wanted not in self._engines:
            self._engines[wanted] = ENGINES[wanted](self.corpus)
        return self._engines[wanted]

    def dossier(
        self,
        *stated: Mapping[str, object],
        use: Iterable[str] = (),
        complete: Iterable[str] = (),
    ) -> Dossier:
        """A dossier from plain mappings: kinds of fact to one fact or a list of them.

        ``use`` names backgrounds, ``complete`` kinds of which every instance is stated; both may
        stand in the mappings as well. Raises Refused with every problem at once.
        """
        return build_dossier(
            *stated,
            models=self.models,
            backgrounds=self.backgrounds,
            use=use,
            complete=complete,
        ).dossier

    def read(
        self, *paths: Path | str, use: Iterable[str] = (), complete: Iterable[str] = ()
    ) -> Dossier:
        """The dossier that YAML, JSON or CSV files and folders of CSV tables state together."""
        return read_dossiers(paths, self.models, self.backgrounds, use, complete).dossier

    def judge(
        self,
        dossier: Dossier | Iterable[Fact],
        as_of: date | None = None,
        *,
        rules: Iterable[str] | None = None,
        engine: str | None = None,
        about: Collection[Thing] | None = None,
    ) -> tuple[Finding, ...]:
        """Every rule put to every subject, at the close of a day (today if none is given).

        The order is the text's, then subjects by identity, then years; it does not depend on the
        order of the facts. ``rules`` keeps only the rules named, ``about`` only these subjects:
        what is found of them is the same as if every subject were asked about.
        """
        day = self._day(as_of)
        facts = self._dossier(dossier)
        chosen = self._chosen(rules)
        asked = [
            case
            for case in cases(self.corpus, facts, day, chosen)
            if about is None or thing_of(case.subject) in about
        ]
        describer = Describer(self.corpus, facts, day)
        found = [
            describer.finding(decision)
            for decision in self.engine(engine).decide(asked, facts, day)
        ]
        judged = {(case.rule.id, case.subject.identity) for case in asked}
        found.extend(
            describer.not_in_force(rule, subject)
            for rule in chosen
            for subject in facts.of_kind(rule.subject).values()
            if (rule.id, subject.identity) not in judged
            and (about is None or thing_of(subject) in about)
        )
        place = {rule.id: position for position, rule in enumerate(chosen)}
        found.sort(key=lambda f: (place[f.rule], f.subject.id, f.year or 0))
        return tuple(found)

    @overload
    def decide(
        self,
        dossier: Dossier | Iterable[Fact],
        as_of: date | None = None,
        *,
        rules: Iterable[str] | None = None,
        about: Collection[Thing] | None = None,
        explain: Literal[False] = False,
    ) -> tuple[Decided, ...]: ...

    @overload
    def decide(
        self,
        dossier: Dossier | Iterable[Fact],
        as_of: date | None = None,
        *,
        rules: Iterable[str] | None = None,
        about: Collection[Thing] | None = None,
        explain: Literal[True],
    ) -> tuple[Finding, ...]: ...

    def decide(
        self,
        dossier: Dossier | Iterable[Fact],
        as_of: date | None = None,
        *,
        rules: Iterable[str] | None = None,
        about: Collection[Thing] | None = None,
        explain: bool = False,
    ) -> tuple[Decided, ...] | tuple[Finding, ...]:
        """How every rule stands for every subject, without saying why: for hot paths.

        The statuses are those of ``judge``, in its order, worked out by generated code. The first
        call for a day makes the code, or finds it on disk. Safe to call from several threads.
        ``rules`` keeps only the rules named (a frozenset is quickest), ``about`` only these
        subjects.

        ``explain`` gives whole findings instead, with clause, facts and what is missing: the rules
        are then walked as ``judge`` walks them, which takes some twenty times as long.

        >>> policy = Policy.load()
        >>> dossier = policy.dossier({"Station": {"id": "ST-1", "established_on": "2021-06-01"}})
        >>> [one.status.value for one in policy.decide(dossier, date(2022, 6, 30))][:3]
        ['unproven', 'noted', 'unproven']
        >>> [found] = policy.decide(dossier, date(2022, 6, 30), rules=["staffing"], explain=True)
        >>> found.status.value, found.missing[0].name
        ('unproven', 'workers')
        """
        if explain:
            return self.judge(dossier, as_of, rules=rules, engine="reference", about=about)
        chosen = None if rules is None else self._named(rules)
        only = None if about is None else {(thing.kind, thing.id) for thing in about}
        return self._compiled.decide(self._dossier(dossier), self._day(as_of), chosen, only)

    def prepared(self, as_of: date, rules: frozenset[str] | None = None) -> bool:
        """Whether ``decide`` has the code for a day, and for these rules, at hand."""
        return self._compiled.has(self._day(as_of), rules)

    def verdicts(
        self,
        dossier: Dossier | Iterable[Fact],
        as_of: date | None = None,
        *,
        rules: Iterable[str] | None = None,
    ) -> tuple[int, ...]:
        """The statuses alone, as places in ``STATUSES``, in the order of ``decide``."""
        chosen = None if rules is None else self._named(rules)
        return self._compiled.verdicts(self._dossier(dossier), self._day(as_of), chosen)

    def asked(self, as_of: date | None = None, *, rules: Iterable[str] | None = None) -> Asked:
        """What ``verdicts`` are of: for each rule first by subject, by identity, then by year."""
        chosen = None if rules is None else self._named(rules)
        rows = self._compiled.prepared(self._day(as_of), chosen).rows
        return tuple((rule, kind, tuple(year for year, _ in ways)) for rule, kind, ways in rows)

    def _named(self, rules: Iterable[str]) -> frozenset[str]:
        """Rules by id, none of them unknown; what was asked for once is not looked up again."""
        chosen = rules if isinstance(rules, frozenset) else frozenset(rules)
        if chosen not in self._asked:
            self._chosen(chosen)
            self._asked.add(chosen)
        return chosen

    def decide_frame(
        self,
        frame: Any,
        *,
        kind: str | None = None,
        as_of: date | None = None,
        use: Iterable[str] = (),
        complete: Iterable[str] = (),
        rules: Iterable[str] | None = None,
        check: bool = True,
        **others: Any,
    ) -> Any:
        """How the rules stand for every row of a table: a column of statuses for each rule.

        ``frame`` has a row for each subject: a pandas, Polars or DuckDB table, or PyArrow's. What
        comes back is of the same kind, in the same order: ``subject``, then a categorical column
        for each rule about such subjects (``rule@year`` where it is yearly). ``others`` are the
        tables of what the subjects have and belong to, by the names expressions use: ``workers``,
        ``townships``.
        Columns are named as fields or by their labels; missing columns, NaN and empty cells are
        unknown. ``kind`` is needed where the columns do not tell it; ``use`` and ``complete`` as in
        ``dossier``. ``check=False`` trusts the tables: every cell can be read, no identity is there
        twice, every reference leads somewhere.

        The statuses are those of ``judge``. Raises Refused with everything wrong in the tables.
        """
        from jingmen_policy.engines.columnar.frames import Asked, decide_frame

        background, listed = self.beforehand(use, complete)
        chosen = None if rules is None else [rule.id for rule in self._chosen(rules)]
        day = self._day(as_of)
        asked = Asked(self.corpus, kind, day, background, listed, chosen, check)
        return decide_frame(asked, frame, others)

    def decide_many(
        self,
        frame: Any,
        *,
        kind: str | None = None,
        as_of: date | None = None,
        use: Iterable[str] = (),
        complete: Iterable[str] = (),
        rules: Iterable[str] | None = None,
        **others: Any,
    ) -> Any:
        """``decide_frame``, by whichever way is quicker for so many rows; the answer is the same.

        Few rows are read as a dossier and run by generated code, many by DuckDB. ``frame`` and
        ``others`` may also be lists of mappings, a mapping for each row; the answer is then a list
        of mappings, and few rows need no library of dataframes.

        >>> policy = Policy.load()
        >>> stations = [{"id": "ST-1", "established_on": "2021-06-01"}]
        >>> policy.decide_many(stations, as_of=date(2022, 6, 30), rules=["staffing"])
        [{'subject': 'ST-1', 'staffing': 'unproven'}]
        """
        from jingmen_policy.engines.columnar.frames import Asked
        from jingmen_policy.judge.many import Many

        background, listed = self.beforehand(use, complete)
        chosen = None if rules is None else [rule.id for rule in self._chosen(rules)]
        asked = Asked(self.corpus, kind, self._day(as_of), background, listed, chosen, True)
        backgrounds, lists = tuple(use), tuple(complete)
        many = Many(
            asked,
            self._compiled,
            lambda rows: self.dossier(rows, use=backgrounds, complete=lists),
        )
        return many.decide(frame, others)

    def beforehand(
        self, use: Iterable[str], complete: Iterable[str]
    ) -> tuple[dict[str, list[Fact]], frozenset[str]]:
        """What is known before any table is read: facts by kind, and which lists are complete.

        Raises Refused for a background and for a kind there is none of.
        """
        names = names_of(self.models)
        listed = frozenset(names.listed(name) or name for name in complete)
        known = self.dossier({}, use=use, complete={name.partition("@")[0] for name in listed})
        facts = {
            name: list(found)
            for name in self.models.kinds
            if (found := known.of_kind(name).values())
        }
        return facts, self.dossier({}, use=use).complete | listed

    @cached_property
    def _compiled(self) -> Compiled:
        from jingmen_policy.engines.compiled import Compiled

        return Compiled(self.corpus) if self.days is None else Compiled(self.corpus, self.days)

    def explain(
        self,
        rule: str,
        subject: str,
        dossier: Dossier | Iterable[Fact],
        as_of: date | None = None,
        *,
        engine: str | None = None,
    ) -> tuple[Finding, ...]:
        """The findings of one rule about one subject, one for each year where it is yearly.

        Raises Refused where there is no such rule or no such subject.
        """
        facts = self._dossier(dossier)
        [chosen] = self._chosen([rule])
        kind = chosen.subject
        known = facts.of_kind(kind)
        if subject not in known:
            label = self.models.kinds[kind].label
            raise Refused([Problem(unknown_name(Said(label.zh, label.en), subject, list(known)))])
        found = self.judge(facts, as_of, rules=[rule], engine=engine)
        return tuple(finding for finding in found if finding.subject.id == subject)

    def _day(self, as_of: date | None) -> date:
        """The day at whose close it is judged: today, if none is given."""
        return self.corpus.closed(as_of or date.today())

    def _dossier(self, dossier: Dossier | Iterable[Fact]) -> Dossier:
        if not isinstance(dossier, Dossier):
            return Dossier(dossier, models=self.models)
        models = self.models
        if dossier.models is models or dossier.models.kinds.keys() == models.kinds.keys():
            return dossier
        return Dossier(dossier.facts, models=self.models, complete=dossier.complete)

    def _chosen(self, rules: Iterable[str] | None) -> tuple[Rule, ...]:
        """The rules named, in the corpus's order; all of them where none is."""
        if rules is None:
            return tuple(self.corpus.rules.values())
        chosen = frozenset(rules)
        known = list(self.corpus.rules)
        problems = [
            Problem(unknown_name(Said("规则", "rule"), name, known))
            for name in sorted(chosen - self.corpus.rules.keys())
        ]
        if problems:
            raise Refused(problems)
        if len(chosen) == 1:
            return tuple(self.corpus.rules[name] for name in chosen)
        return tuple(rule for rule in self.corpus.rules.values() if rule.id in chosen)
