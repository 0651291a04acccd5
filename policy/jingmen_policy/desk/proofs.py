"""Proofs as the page shows them, rule by rule, from what ``jingmen prove`` wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from jingmen_facts.problems import Problem, Refused, Said
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
    return proofs


def proofs_by_rule(corpus: Corpus, proofs: Proofs | None) -> Mapping[str, tuple[Proof, ...]]:
    """By rule, what kinds of things were proved of it, and how often."""
    found: dict[str, dict[Proof, int]] = {}
    for number, note in enumerate(() if proofs is None else proofs.notes, 1):
        whole = _id(number) if _registered(note) else ""
        shown = replace(_shown(corpus, note), text=KINDS[note.kind], whole=whole)
        for rule in note.rules:
            counts = found.setdefault(rule, {})
            counts[shown] = counts.get(shown, 0) + 1
    return {
        rule: tuple(_counted(proof, count) for proof, count in counts.items())
        for rule, counts in found.items()
    }


def proofs_register(corpus: Corpus, proofs: Proofs | None) -> tuple[ProofView, ...]:
    """What has more to tell than its kind: a counterexample, or what the annex says."""
    return tuple(
        ProofView(
            _id(number),
            KINDS[note.kind],
            _shown(corpus, note),
            tuple(_leaves(corpus, note)),
            tuple(rule_link(corpus, rule) for rule in note.rules),
        )
        for number, note in enumerate(() if proofs is None else proofs.notes, 1)
        if _registered(note)
    )


def _registered(note: ProofNote) -> bool:
    return note.result != "proved" or note.kind in _TOLD


def _id(number: int) -> str:
    return f"proof-{number}"


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


def _counted(proof: Proof, count: int) -> Proof:
    if count == 1:
        return proof
    text = Said(f"{proof.text.zh}（{count} 项）", f"{proof.text.en} ({count} times)")
    return replace(proof, text=text)
