"""From written files to rules: quotes anchored, parameters and expressions typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jingmen_facts.kinds import FactModels, Sort
from jingmen_facts.problems import Said, unknown_name
from jingmen_policy.corpus.place import Place
from jingmen_policy.corpus.support import Support, marked
from jingmen_policy.corpus.written import (
    Both,
    Cite,
    DerivedFile,
    DerivedVersionFile,
    PartyFile,
    RuleFile,
    VersionFile,
    WordsOf,
    WordTable,
)
from jingmen_policy.expression.nodes import Formula, Of, Path, Type
from jingmen_policy.expression.parse import parse_formula
from jingmen_policy.expression.scope import CALENDAR, ExpressionError, Scope
from jingmen_policy.expression.walk import params
from jingmen_policy.rule.model import (
    Citation,
    DerivedFact,
    DerivedVersion,
    Party,
    Rule,
    Version,
)
from jingmen_policy.rule.parameter import Let, read_let, stated
from jingmen_policy.text.structure import SourceText
from jingmen_policy.text.table import Table

BASE_UNITS = frozenset({"人", "个", "年", "岁", "项", "平方米"})


@dataclass(frozen=True)
class Builder:
    """Everything names in a rule file may refer to."""

    models: FactModels
    texts: Mapping[str, SourceText]
    """The plan under '', its amendments under their ids."""
    tables: Mapping[str, Table]
    derived: Mapping[str, frozenset[str]]
    readings: frozenset[str] | None
    """The readings on record; None where their register could not be read."""
    table: WordTable = field(default_factory=WordTable)
    amended: Mapping[str, date] = field(default_factory=dict)
    """Each amendment's first day."""
    assumed: frozenset[tuple[str, str]] = field(default=frozenset(), compare=False)
    """Parameters, by rule, that a reading not chosen brings: no quote needs to state them."""

    def rule(self, written: RuleFile, file: str, place: Place) -> Rule | None:
        """The rule a file states; None where too little of it can be read to say more."""
        cites = self.cites(written.cites, place / "cites")
        self.words(written.words, written.cites, place / "words")
        self.known_readings(written.readings, place / "readings")
        if written.subject not in self.models.kinds:
            known = list(self.models.kinds)
            (place / "subject").say(unknown_name(Said("事实类型", "kind"), written.subject, known))
            return None
        versions = [
            self.version(version, written, cites, place, position)
            for position, version in enumerate(written.versions)
        ]
        self.dates(written.versions, place / "versions")
        return Rule(
            id=written.id,
            file=file,
            title=said(written.title),
            cites=cites,
            modality=written.modality,
            words=marked(written.words, cites),
            bearer=self.party(written.bearer, written.subject, place / "bearer"),
            counterparty=None
            if written.counterparty is None
            else self.party(written.counterparty, written.subject, place / "counterparty"),
            subject=written.subject,
            yields_to=written.yields_to,
            readings=written.readings,
            versions=tuple(versions),
            evidence=None if written.evidence is None else said(written.evidence),
        )

    def derived_fact(self, written: DerivedFile, file: str, place: Place) -> DerivedFact | None:
        cites = self.cites(written.cites, place / "cites")
        self.known_readings(written.readings, place / "readings")
        if not written.cites and not written.readings:
            place.wrong("须有引文或解释依据", "a derived fact rests on a quote or on a reading")
        if written.subject not in self.models.kinds:
            known = list(self.models.kinds)
            (place / "subject").say(unknown_name(Said("事实类型", "kind"), written.subject, known))
            return None
        kind = self.models.kinds[written.subject]
        if written.id in {*kind.fields, *self.models.relations[kind.name], *CALENDAR}:
            (place / "id").wrong(
                "推定事实与字段同名", "the derived fact hides a field or another name"
            )
        versions = []
        for position, version in enumerate(written.versions):
            at = place / "versions" / position
            lets = self.lets(
                version.let, [cite.quote for cite in written.cites], at / "let", written.id
            )
            scope = self.scope(written.subject, lets, at / "let")
            means = self.formula(version.means, scope, at / "means")
            self.all_used(lets, [means], at / "let")
            if means is not None:
                versions.append(
                    DerivedVersion(
                        since=version.since,
                        until=version.until,
                        lets=tuple(lets),
                        columns=self.columns(lets),
                        means=means,
                        written=version.means,
                    )
                )
        self.dates(written.versions, place / "versions")
        title = said(written.title)
        return DerivedFact(
            written.id, file, title, written.subject, cites, written.readings, tuple(versions)
        )

    def version(
        self,
        written: VersionFile,
        rule: RuleFile,
        cites: tuple[Citation, ...],
        top: Place,
        position: int,
    ) -> Version:
        place, words_at = top / "versions" / position, top / "words"
        quoted, words = rule.cites, rule.words
        if written.cites is not None:
            quoted, cites = written.cites, self.cites(written.cites, place / "cites")
        if written.words is not None:
            words, words_at = written.words, place / "words"
        if written.cites is not None or written.words is not None:
            self.words(words, quoted, words_at)
        readings = rule.readings if written.readings is None else written.readings
        self.known_readings(written.readings or (), place / "readings")
        self.said_by_then(quoted, written.since, place)
        lets = self.lets(written.let, [cite.quote for cite in quoted], place / "let", rule.id)
        calendar = {"as_of", "by"}
        if written.due.kind in {"day", "yearly"}:
            calendar.add("due")
        if written.due.kind == "yearly":
            calendar.add("year")
        scope = self.scope(rule.subject, lets, place / "let", frozenset(calendar))
        formulas: dict[str, Formula | None] = {}
        spelt: dict[str, str] = {}
        for name in ("when", "used", "require"):
            text = getattr(written, name)
            formulas[name] = None if text is None else self.formula(text, scope, place / name)
            if text is not None:
                spelt[name] = text
        self.all_used(lets, [formulas[name] for name in spelt], place / "let")
        self.reason(written.reason, rule, place / "reason")
        version = Version(
            since=written.since,
            until=written.until,
            lets=tuple(lets),
            due=written.due,
            when=formulas["when"],
            used=formulas["used"],
            require=formulas["require"],
            reason=written.reason or "",
            otherwise=None if written.otherwise is None else said(written.otherwise),
            written=spelt,
            columns=self.columns(lets),
            cites=cites,
            words=marked(words, cites),
            readings=readings,
        )
        Support(self.table, rule, words, version, words_at).check()
        return version

    def said_by_then(self, cites: Sequence[Cite], since: date, place: Place) -> None:
        """No version rests on what was said only later."""
        for cite in cites:
            said = self.amended.get(cite.text or "")
            if said is not None and since < said:
                place.wrong(
                    f"所引“{cite.text}”自 {said} 起施行，晚于本版本",
                    f"'{cite.text}', which it cites, is in force only from {said}",
                )

    def cites(self, written: Sequence[Cite], place: Place) -> tuple[Citation, ...]:
        """Each quote anchored: found exactly once, in a normative passage, where it is cited."""
        found = []
        for position, cite in enumerate(written):
            citation = self.cite(cite, place / position)
            if citation is not None:
                found.append(citation)
        return tuple(found)

    def cite(self, cite: Cite, place: Place, *, normative: bool = True) -> Citation | None:
        source = self.texts.get(cite.text or "")
        if source is None:
            known = [name for name in self.texts if name]
            (place / "text").say(unknown_name(Said("文本", "text"), cite.text or "", known))
            return None
        try:
            passage = source.passage(cite.at)
        except LookupError as error:
            (place / "at").wrong(f"文中没有“{cite.at}”：{error}", f"no such address: {error}")
            return None
        if normative and not passage.normative:
            (place / "at").wrong("此处不是规范性文本", "this part of the text binds nobody")
        spans = source.occurrences(cite.quote, passage.id)
        if len(spans) != 1:
            (place / "quote").wrong(
                f"引文在{passage.address}出现 {len(spans)} 次，应恰为一次",
                f"the quote occurs {len(spans)} times in {passage.address}, not exactly once",
            )
            return None
        [(start, end)] = spans
        return Citation(passage.address, passage.id, cite.quote, start, end, cite.text or "")

    def words(self, written: WordsOf, cites: Sequence[Cite], place: Place) -> None:
        """The words of each field stand in a quote, and its reading is on record."""
        for name, given in written.items():
            if not given.words and given.reading is None:
                (place / name).wrong("须写 words 或 reading", "words, a reading, or both")
            for words in given.words:
                if not any(words in cite.quote for cite in cites):
                    (place / name).wrong(f"引文中没有“{words}”", f"no quote holds '{words}'")
            if given.reading is not None:
                self.known_readings([given.reading], place / name)

    def known_readings(self, readings: Sequence[str], place: Place) -> None:
        for reading in readings:
            if self.readings is not None and reading not in self.readings:
                place.say(unknown_name(Said("解释", "reading"), reading, sorted(self.readings)))

    def lets(
        self, written: Mapping[str, object], quotes: list[str], place: Place, owner: str
    ) -> list[Let]:
        units = (
            BASE_UNITS
            | {spec.unit for kind in self.models.kinds.values() for spec in kind.fields.values()}
            | {kind.unit for kind in self.models.kinds.values()}
        )
        found = []
        for name, given in written.items():
            try:
                let = read_let(name, given, units - {""})
            except ValueError as error:
                (place / name).wrong(f"参数写法不对：{given!r}", f"not a parameter: {error}")
                continue
            if let.table:
                let = self.column(let, place / name)
            for printed in () if (owner, name) in self.assumed else let.printed:
                if not any(stated(printed, quote) for quote in quotes):
                    (place / name).wrong(f"引文中没有“{printed}”", f"no quote states '{printed}'")
            found.append(let)
        return found

    def column(self, let: Let, place: Place) -> Let:
        """The parameter with the unit of the table its column is in."""
        table = self.tables.get(let.table)
        if table is None:
            place.say(unknown_name(Said("表", "table"), let.table, sorted(self.tables)))
            return let
        if let.column not in table.columns and let.column != table.total_label:
            known = [*table.columns, table.total_label]
            place.say(unknown_name(Said("表列", "column"), let.column, known))
        return replace(let, type=Type(Of.NUMBER, table.unit))

    def columns(self, lets: Sequence[Let]) -> Mapping[str, Mapping[str, int]]:
        """The cells of every table column the parameters name, by row."""
        found: dict[str, Mapping[str, int]] = {}
        for let in lets:
            table = self.tables.get(let.table)
            if table is None:
                continue
            if let.column == table.total_label:
                found[let.name] = {row: table.row_totals[row] for row in table.rows}
            elif let.column in table.columns:
                found[let.name] = {row: table.cell(row, let.column) for row in table.rows}
        return found

    def scope(
        self,
        subject: str,
        lets: Sequence[Let],
        place: Place,
        calendar: frozenset[str] = frozenset({"as_of", "by"}),
    ) -> Scope:
        scope = Scope(
            self.models,
            subject,
            params={let.name: let.type for let in lets if not let.table},
            columns={let.name: let.type for let in lets if let.table},
            derived=self.derived,
            calendar=calendar,
        )
        for name in scope.clashes():
            (place / name).wrong("参数与字段同名", "the parameter hides a field or another name")
        return scope

    def formula(self, text: str, scope: Scope, place: Place) -> Formula | None:
        try:
            return parse_formula(text, scope)
        except ExpressionError as error:
            column = error.column + 1
            place.wrong(
                f"{error.said.zh}（第 {column} 个字符）", f"{error.said.en} (character {column})"
            )
            return None

    def all_used(
        self, lets: Sequence[Let], formulas: Sequence[Formula | None], place: Place
    ) -> None:
        """Every parameter is read by an expression; None stands for one that would not parse."""
        if None in formulas:
            return
        read = set().union(*(params(formula) for formula in formulas if formula is not None))
        for let in lets:
            if let.name not in read:
                (place / let.name).wrong("参数没有用到", "the parameter is never used")

    def party(self, written: PartyFile, subject: str, place: Place) -> Party:
        """The fact a party belongs to: ``subject``, or one along references such as ``station``."""
        steps = []
        kind = subject
        for name in [] if written.of == "subject" else written.of.split("."):
            relation = self.models.relations[kind].get(name)
            if relation is None or relation.many:
                known = [n for n, r in self.models.relations[kind].items() if not r.many]
                (place / "of").say(unknown_name(Said("引用", "reference"), name, known))
                break
            steps.append(relation)
            kind = relation.target
        return Party(said(written.who), Path("", kind, tuple(steps)))

    def reason(self, name: str | None, rule: RuleFile, place: Place) -> None:
        if name is None:
            return
        spec = self.models.kinds[rule.subject].fields.get(name)
        if rule.modality.force.value != "defeasible":
            place.wrong(
                "只有一般要求可以说明理由", "only a default may be departed from for a reason"
            )
        if spec is None or spec.sort is not Sort.TEXT:
            known = [
                field.name
                for field in self.models.kinds[rule.subject].fields.values()
                if field.sort is Sort.TEXT
            ]
            place.say(unknown_name(Said("文字字段", "text field"), name, known))

    def dates(self, versions: Sequence[VersionFile | DerivedVersionFile], place: Place) -> None:
        """Versions stand in order; each ends where the next begins, or before."""
        before: VersionFile | DerivedVersionFile | None = None
        for position, version in enumerate(versions):
            at = place / position
            if version.until is not None and version.until <= version.since:
                (at / "until").wrong("until 应晚于 since", "until must come after since")
            if before is not None and (before.until is None or version.since < before.until):
                (at / "since").wrong(
                    "上一版本须先以 until 结束", "the version before must end first, with until"
                )
            before = version


def said(both: Both) -> Said:
    return Said(both.zh, both.en)
