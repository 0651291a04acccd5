"""Proofs as the page shows them, rule by rule, from what ``jingmen prove`` wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.files import read_text
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.desk.model import Link, Proof, ProofView
from jingmen_policy.desk.places import discrepancy_id, leaves_between, rule_link, texts_of
from jingmen_policy.prove.model import ProofNote, Proofs
from jingmen_policy.prove.text import KINDS, RESULTS

_TOLD = frozenset({"annex", "totals", "same"})
"""Kinds whose proofs say something of their own."""
_PROOFS: TypeAdapter[Proofs] = TypeAdapter(Proofs)


def read_proofs(path: Path, corpus: Corpus) -> Proofs:
    """What ``jingmen prove --format json`` wrote. Raises Refused where it is of another corpus."""
    text, _ = read_text(path)
    try:
        proofs = _PROOFS.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        said = Said(
            f"不是 jingmen prove --format json 写出的文件：{first['msg']}",
            f"not a file of jingmen prove --format json: {first['msg']}",
        )
        raise Refused([Problem(said, str(path), None, field)]) from None
    if proofs.corpus.digest != corpus.digest:
        said = Said(
            "证明的是另一套规则：摘要与这一套不同，请重新运行 jingmen prove",
            "proved of other rules: the digest is not that of these; run jingmen prove again",
        )
        raise Refused([Problem(said, str(path), None, "corpus.digest")])
    known = list(corpus.rules)
    unknown = [
        Problem(
            unknown_name(Said("规则", "rule"), rule, known),
            str(path),
            None,
            f"notes[{place}].rules",
        )
        for place, note in enumerate(proofs.notes)
        for rule in (*note.rules, *(one.rule for w in note.witnesses for one in w.outcomes))
        if rule not in corpus.rules
    ]
    if unknown:
        raise Refused(unknown)
    return proofs


def proofs_by_rule(corpus: Corpus, proofs: Proofs | None) -> Mapping[str, tuple[Proof, ...]]:
    """By rule, what kinds of things were proved of it, and how often."""
    found: dict[str, dict[Proof, list[int]]] = {}
    for place, note in enumerate(() if proofs is None else proofs.notes):
        whole = _id(place) if registered(note) else ""
        shown = replace(_shown(corpus, note), text=KINDS[note.kind], whole=whole)
        for rule in note.rules:
            found.setdefault(rule, {}).setdefault(shown, []).append(place)
    return {
        rule: tuple(_summed(proof, places) for proof, places in summed.items())
        for rule, summed in found.items()
    }


def proofs_register(corpus: Corpus, proofs: Proofs | None) -> tuple[ProofView, ...]:
    """What has more to tell than its kind: a counterexample, or what the annex says."""
    return tuple(
        ProofView(
            _id(place),
            KINDS[note.kind],
            replace(_shown(corpus, note), notes=(place,) if note.witnesses else ()),
            tuple(_leaves(corpus, note)),
            tuple(rule_link(corpus, rule) for rule in note.rules),
        )
        for place, note in enumerate(() if proofs is None else proofs.notes)
        if registered(note)
    )


def registered(note: ProofNote) -> bool:
    """Whether it has a place of its own on the page."""
    return note.result != "proved" or note.kind in _TOLD


def _id(place: int) -> str:
    return f"proof-{place + 1}"


def _leaves(corpus: Corpus, note: ProofNote) -> Iterator[str]:
    """The leaves that the rules of a note quote."""
    cites = (cite for rule in note.rules for cite in corpus.rules[rule].cites)
    spans = dict.fromkeys((cite.text, cite.start, cite.end) for cite in cites)
    found = (leaf for span in spans for leaf in leaves_between(texts_of(corpus)[span[0]], *span))
    yield from dict.fromkeys(found)


def _shown(corpus: Corpus, note: ProofNote) -> Proof:
    link = None
    if note.accepted in corpus.discrepancies:
        title = corpus.discrepancies[note.accepted].title
        link = Link(Said(title.zh, title.en), discrepancy_id(note.accepted))
    proved = note.result == "proved"
    return Proof(RESULTS[note.result], note.text, proved, note.fine, note.reading, link)


def _summed(proof: Proof, places: Sequence[int]) -> Proof:
    """One line for all that was proved alike; what has a place of its own tells the rest there."""
    text = proof.text
    if len(places) > 1:
        text = Said(f"{text.zh}（{len(places)} 项）", f"{text.en} ({len(places)} times)")
    return replace(proof, text=text, notes=() if proof.whole else tuple(places))
