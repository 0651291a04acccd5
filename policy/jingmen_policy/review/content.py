"""What a signature on a rule is given over, in four parts: texts, lists and mappings of texts.

``words``     for each version what is quoted, from where, and which words each field rests on
``meaning``   who owes whom what, when and by which exceptions, its expressions spelt one way, what
              the derived facts, table cells and fields in them are
``readings``  each reading relied on: the question and the answer chosen
``outcomes``  each boundary card: facts, day, and how the rule stands for them

Of a sentence in two languages the Chinese is signed. Titles, file names, the argument for a reading
and the readings not chosen are not part of it. Nor is what a sentence says outside the quotes:
other rules quote that, or the ledger accounts for it; it is kept, so that a change of it is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, get_args

from jingmen_facts.kinds import FieldSpec
from jingmen_facts.problems import Said
from jingmen_policy.compare.spelling import formulas, spelt_due
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Field, Formula
from jingmen_policy.expression.walk import nodes_of
from jingmen_policy.review.normal import normal, value
from jingmen_policy.rule.model import (
    Citation,
    Dated,
    DerivedFact,
    DerivedVersion,
    Party,
    Rule,
    Version,
    Words,
)
from jingmen_policy.wording.rule import Wording
from jingmen_policy.wording.spans import Sentence

Tree: TypeAlias = "str | Sequence[Tree] | Mapping[str, Tree] | None"
Part = Literal["words", "meaning", "readings", "outcomes"]
PARTS: tuple[Part, ...] = get_args(Part)
LABELS: dict[Part, Said] = {
    "words": Said("原文", "words"),
    "meaning": Said("含义", "meaning"),
    "readings": Said("解释", "readings"),
    "outcomes": Said("边界案例", "boundary cards"),
}
_DOMAIN = "jingmen-signature/1"


def content_of(corpus: Corpus, rule: Rule) -> dict[Part, Tree]:
    """The parts that follow from the rule alone: all but the outcomes."""
    return {
        "words": words_of(rule),
        "meaning": meaning_of(corpus, rule),
        "readings": readings_of(corpus, rule),
    }


def sentences_of(corpus: Corpus, rule: Rule) -> dict[str, str]:
    """The whole sentences that a rule quotes from, by address."""
    found: dict[str, str] = {}
    for cite in rule.cited:
        text = corpus.texts[cite.text] if cite.text else corpus.source
        found[_address(cite)] = text.passage(cite.passage).text
    return found


def wording_of(corpus: Corpus, rule: Rule) -> Tree:
    """Each version in plain Chinese."""
    wording = Wording(corpus)
    told = {str(version.since): wording.rule(rule, version) for version in rule.versions}
    versions: dict[str, Tree] = {
        since: _present(
            {
                "when": _text(said.applies),
                "used": _text(said.used),
                "require": _text(said.require),
                "derived": {title: str(means) for title, means in said.derived.items()},
            }
        )
        for since, said in told.items()
    }
    return versions


def shown_of(corpus: Corpus, rule: Rule) -> Tree:
    """What a signer is shown beside it: title, whole sentences, each version in plain Chinese."""
    return {
        "title": rule.title.zh,
        "sentences": sentences_of(corpus, rule),
        "versions": wording_of(corpus, rule),
    }


def words_of(rule: Rule) -> Tree:
    """What a rule quotes and where, by version; a parameter goes by its value, not its name."""
    return {str(version.since): _words(version) for version in rule.versions}


def meaning_of(corpus: Corpus, rule: Rule) -> Tree:
    """What a rule means, and everything that what it means depends on."""
    exceptions = {other.id: other for other in _exceptions(corpus, rule)}
    derived: dict[tuple[str, str], DerivedFact] = {}
    for one in (rule, *exceptions.values()):
        derived |= corpus.derived_of(one)
    conditions = [
        (version, condition)
        for one in exceptions.values()
        for version in one.versions
        if (condition := one.applies(version)) is not None
    ]
    own = [(v, f) for v in rule.versions for f in formulas(v).values() if f is not None]
    means = [(v, v.means) for fact in derived.values() for v in fact.versions]
    mentioned = [*own, *conditions, *means]
    found: dict[str, Tree] = {
        "modality": rule.modality.value,
        "bearer": _party(rule.bearer),
        "counterparty": None if rule.counterparty is None else _party(rule.counterparty),
        "subject": rule.subject,
        "yields_to": sorted(rule.yields_to),
        "evidence": None if rule.evidence is None else rule.evidence.zh,
        "judged_at": "opening" if corpus.opening else None,
        "versions": {str(version.since): _version(version) for version in rule.versions},
        "exceptions": {name: _applies(one) for name, one in sorted(exceptions.items())},
        "derived": {
            f"{kind}.{name}": _means(fact) for (kind, name), fact in sorted(derived.items())
        },
        "tables": _tables(version for version, _ in mentioned),
        "fields": _fields(formula for _, formula in mentioned),
    }
    return _present(found)


def readings_of(corpus: Corpus, rule: Rule) -> Tree:
    """The readings a rule rests on, itself or through a derived fact, with what is answered."""
    relied = set(rule.relied_on).union(corpus.readings)
    for fact in corpus.derived_of(rule).values():
        relied.update(fact.readings)
    found: dict[str, Tree] = {}
    for name in sorted(relied):
        item = corpus.interpretations[name]
        chosen = item.reading
        if name in corpus.switched:
            others = {other.id: other.reading for other in item.alternatives}
            chosen = others[corpus.switched[name]]
        found[name] = {"question": item.question.zh, "reading": chosen.zh}
    return found


def digest(name: str, content: Tree) -> str:
    """SHA-256 of what has a name: texts, lists and mappings after their lengths, keys in order.

    >>> digest("words", ["ab", "c"]) == digest("words", ["a", "bc"])
    False
    """
    made = hashlib.sha256()
    for piece in (*_bytes(_DOMAIN), *_bytes(name), *_bytes(content)):
        made.update(piece)
    return made.hexdigest()


def _bytes(tree: Tree) -> Iterator[bytes]:
    match tree:
        case None:
            yield b"n"
        case str():
            raw = tree.encode()
            yield b"s" + len(raw).to_bytes(8, "big") + raw
        case Mapping():
            yield b"m" + len(tree).to_bytes(8, "big")
            for key in sorted(tree):
                yield from _bytes(key)
                yield from _bytes(tree[key])
        case _:
            yield b"l" + len(tree).to_bytes(8, "big")
            for one in tree:
                yield from _bytes(one)


def _words(version: Version) -> Tree:
    cites: dict[str, list[Citation]] = {}
    for cite in sorted(version.cites, key=lambda cite: (cite.text, cite.start, cite.end)):
        cites.setdefault(_address(cite), []).append(cite)
    numbers = {let.name: value(let) for let in version.lets}
    return {
        "cites": {
            name: list(dict.fromkeys(cite.quote for cite in found)) for name, found in cites.items()
        },
        "rests_on": sorted(
            f"{numbers.get(name, name)} ← {_rests(words)}" for name, words in version.words.items()
        ),
    }


def _address(cite: Citation) -> str:
    return f"[{cite.text}] {cite.address}" if cite.text else cite.address


def _rests(words: Words) -> str:
    quoted = [f"“{word}”" for word in words.words]
    return " ".join([*quoted, f"<{words.reading}>"] if words.reading else quoted)


def _version(version: Version) -> Tree:
    found: dict[str, Tree] = {
        "until": None if version.until is None else str(version.until),
        "due": spelt_due(version.due),
        **_expressions(version),
        "reason": version.reason or None,
        "otherwise": None if version.otherwise is None else version.otherwise.zh,
    }
    return _present(found)


def _expressions(version: Version | DerivedVersion) -> dict[str, Tree]:
    return {
        name: normal(formula, version)
        for name, formula in formulas(version).items()
        if formula is not None
    }


def _exceptions(corpus: Corpus, rule: Rule) -> Iterator[Rule]:
    """The rules it yields to, and those that they in turn yield to."""
    waiting, seen = list(rule.yields_to), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(corpus.rules[name].yields_to)
            yield corpus.rules[name]


def _applies(rule: Rule) -> Tree:
    """When another rule applies: all that counts of it to the rule that yields."""
    found: dict[str, Tree] = {}
    for version in rule.versions:
        condition = rule.applies(version)
        applies = "always" if condition is None else normal(condition, version)
        until = None if version.until is None else str(version.until)
        found[str(version.since)] = _present({"until": until, "applies": applies})
    return found


def _means(fact: DerivedFact) -> Tree:
    return {
        str(version.since): _present(
            {
                "until": None if version.until is None else str(version.until),
                **_expressions(version),
            }
        )
        for version in fact.versions
    }


def _tables(versions: Iterable[Dated]) -> Tree:
    """The cells of the table columns that count."""
    found: dict[str, Tree] = {}
    for version in versions:
        for let in version.lets:
            if let.table:
                found[value(let)] = {
                    row: f"{cell}{let.type.unit}" for row, cell in version.columns[let.name].items()
                }
    return dict(sorted(found.items()))


def _fields(formulas: Iterable[Formula]) -> Tree:
    """What the fields are that expressions look at: label, sort, unit and what may be said."""
    specs = {
        f"{node.spec.kind}.{node.spec.name}": node.spec
        for formula in formulas
        for node in nodes_of(formula)
        if isinstance(node, Field)
    }
    return {name: _field(spec) for name, spec in sorted(specs.items())}


def _field(spec: FieldSpec) -> str:
    choices = (" < " if spec.ordered else " | ").join(spec.choices)
    parts = [spec.label.zh, spec.sort.value, spec.unit, choices]
    return "; ".join(part for part in parts if part)


def _text(said: Sentence | None) -> str | None:
    return None if said is None else str(said)


def _party(party: Party) -> str:
    return f"{party.role.zh} ({'.'.join(step.name for step in party.of.steps) or 'subject'})"


def _present(found: Mapping[str, Tree]) -> dict[str, Tree]:
    return {name: one for name, one in found.items() if one not in (None, [], {})}
