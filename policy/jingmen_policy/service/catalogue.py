"""What is told of a corpus: its rules, its text, its readings, its versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.written import Both, Cite, Interpretation
from jingmen_policy.judge.describe import address_of
from jingmen_policy.judge.policy import Policy
from jingmen_policy.rule.due import Due
from jingmen_policy.rule.model import Citation, Party, Rule, Version
from jingmen_policy.rule.parameter import Let
from jingmen_policy.service import answers
from jingmen_policy.service.corpora import Corpora
from jingmen_policy.service.judging import mark_of
from jingmen_policy.text.passages import NoPassage, Passage


def rules(policy: Policy, as_of: date, section: str | None) -> answers.RuleList:
    """The rules, or those that cite a passage. Raises Refused for an address there is none of."""
    corpus = policy.corpus
    day = corpus.closed(as_of)
    try:
        found = list(corpus.rules.values() if section is None else corpus.under(section))
    except NoPassage as error:
        raise no_clause(error, "section") from None
    lines = [
        answers.RuleLine(
            id=rule.id,
            title=rule.title,
            modality=rule.modality,
            subject=rule.subject,
            bearer=rule.bearer.role,
            addresses=list(dict.fromkeys(address_of(corpus, cite) for cite in rule.cited)),
            version=None if (version := rule.version_on(day)) is None else version.since,
        )
        for rule in found
    ]
    return answers.RuleList(corpus=mark_of(policy), as_of=as_of, rules=lines)


def rule(policy: Policy, name: str, as_of: date) -> answers.RuleTold:
    """Everything a rule says. Raises Refused where there is none of that name."""
    corpus = policy.corpus
    found = corpus.rules.get(name)
    if found is None:
        said = unknown_name(Said("规则", "rule"), name, list(corpus.rules))
        raise Refused([Problem(said)])
    day = corpus.closed(as_of)
    return answers.RuleTold(
        corpus=mark_of(policy),
        as_of=as_of,
        id=found.id,
        file=found.file,
        title=found.title,
        modality=found.modality,
        subject=found.subject,
        bearer=_party(found.bearer),
        counterparty=None if found.counterparty is None else _party(found.counterparty),
        cites=_cited(corpus, found.cites),
        yields_to=list(found.yields_to),
        readings=list(found.readings),
        evidence=found.evidence,
        versions=[_version(corpus, found, version, day) for version in found.versions],
    )


def clauses(policy: Policy) -> answers.ClauseList:
    """The text by its smallest parts, and whatever else a rule quotes, such as the annex."""
    corpus = policy.corpus
    outer = {passage.parent for passage in corpus.source.passages}
    listed = [_clause(corpus, passage) for passage in corpus.source.passages]
    return answers.ClauseList(
        corpus=mark_of(policy), clauses=[one for one in listed if one.id not in outer or one.rules]
    )


def clause(policy: Policy, address: str) -> answers.ClauseList:
    """A passage, and what is inside it. Raises Refused where there is none at that address."""
    corpus = policy.corpus
    try:
        passage = corpus.source.passage(address)
    except NoPassage as error:
        raise no_clause(error) from None
    inside = [passage, *corpus.source.within(passage.id)]
    return answers.ClauseList(
        corpus=mark_of(policy), clauses=[_clause(corpus, one) for one in inside]
    )


def no_clause(error: NoPassage, *path: str) -> Refused:
    """An address the text does not have, with the nearest it has."""
    near = error.nearest[0] if error.nearest else None
    zh, en = ("", "") if near is None else (f"，是否为“{near}”？", f"; did you mean '{near}'?")
    said = Said(f"文中没有“{error.name}”{zh}", f"the text has no '{error.name}'{en}")
    return Refused([Problem(said, path=path)])


def readings(policy: Policy) -> answers.ReadingList:
    corpus = policy.corpus
    listed = [_reading(corpus, one) for one in corpus.interpretations.values()]
    return answers.ReadingList(corpus=mark_of(policy), readings=listed)


def reading(policy: Policy, name: str) -> answers.ReadingTold:
    """One reading. Raises Refused where there is none of that name."""
    found = policy.corpus.interpretations.get(name)
    if found is None:
        known = list(policy.corpus.interpretations)
        raise Refused([Problem(unknown_name(Said("解释", "reading"), name, known))])
    return _reading(policy.corpus, found)


def discrepancies(policy: Policy) -> answers.DiscrepancyList:
    corpus = policy.corpus
    listed = [
        answers.DiscrepancyTold(
            id=one.id,
            kind=one.kind,
            title=_said(one.title),
            cites=_written(one.cites),
            effect=_said(one.effect),
            rules=list(one.rules),
        )
        for one in corpus.discrepancies.values()
    ]
    return answers.DiscrepancyList(corpus=mark_of(policy), discrepancies=listed)


def corpora(served: Corpora) -> answers.CorpusList:
    return answers.CorpusList(corpora=[_corpus(served, name) for name in served.policies])


def corpus_at(served: Corpora, name: str, as_of: date) -> answers.CorpusAt:
    """Which version of each rule is in force on a day. Raises Refused for no such corpus."""
    corpus = served.named(name).corpus
    day = corpus.closed(as_of)
    versions = [
        answers.VersionInForce(
            rule=rule.id,
            since=None if (version := rule.version_on(day)) is None else version.since,
            until=None if version is None else version.until,
        )
        for rule in corpus.rules.values()
    ]
    return answers.CorpusAt(corpus=_corpus(served, name), as_of=as_of, versions=versions)


def _corpus(served: Corpora, name: str) -> answers.CorpusTold:
    corpus = served.policies[name].corpus
    return answers.CorpusTold(
        name=name,
        id=corpus.id,
        title=corpus.title,
        since=corpus.since,
        digest=corpus.digest,
        default=name == served.default,
        rules=len(corpus.rules),
        amendments=[
            answers.AmendmentTold(id=one.id, title=_said(one.title), since=one.since)
            for one in corpus.amendments.values()
        ],
    )


def _version(corpus: Corpus, rule: Rule, version: Version, day: date) -> answers.VersionTold:
    return answers.VersionTold(
        since=version.since,
        until=version.until,
        in_force=version.in_force(day),
        due=_due(version.due),
        let=[_let(let) for let in version.lets],
        when=version.written.get("when"),
        used=version.written.get("used"),
        require=version.written.get("require"),
        otherwise=version.otherwise,
        cites=_cited(corpus, version.cites or rule.cites),
        readings=list(version.readings),
    )


def _due(due: Due) -> answers.DueTold:
    month_day = None if due.month_day is None else "{:02}-{:02}".format(*due.month_day)
    return answers.DueTold(kind=due.kind, day=due.day, month_day=month_day)


def _let(let: Let) -> answers.LetTold:
    return answers.LetTold(
        name=let.name, printed=list(let.printed), table=let.table, column=let.column
    )


def _party(party: Party) -> answers.PartyTold:
    return answers.PartyTold(role=party.role, of=[step.name for step in party.of.steps])


def _cited(corpus: Corpus, cites: Iterable[Citation]) -> list[answers.Cited]:
    return [
        answers.Cited(address=address_of(corpus, one), quote=one.quote, text=one.text)
        for one in cites
    ]


def _written(cites: Iterable[Cite]) -> list[answers.Cited]:
    return [answers.Cited(address=one.at, quote=one.quote, text=one.text or "") for one in cites]


def _clause(corpus: Corpus, passage: Passage) -> answers.ClauseTold:
    quoted = [
        answers.Quoted(rule=rule.id, quote=cite.quote)
        for rule in corpus.rules.values()
        for cite in rule.cited
        if not cite.text and cite.passage == passage.id
    ]
    return answers.ClauseTold(
        id=passage.id,
        address=passage.address,
        kind=passage.kind,
        heading=passage.heading,
        text=passage.text,
        normative=passage.normative,
        rules=quoted,
    )


def _reading(corpus: Corpus, one: Interpretation) -> answers.ReadingTold:
    return answers.ReadingTold(
        id=one.id,
        question=_said(one.question),
        reading=_said(one.reading),
        basis=_said(one.basis),
        alternatives=[
            answers.AlternativeTold(
                id=other.id,
                reading=_said(other.reading),
                apart=None if other.apart is None else _said(other.apart),
            )
            for other in one.alternatives
        ],
        cites=_written(one.cites),
        rules=list(corpus.relying(one.id)),
    )


def _said(both: Both) -> Said:
    return Said(both.zh, both.en)
