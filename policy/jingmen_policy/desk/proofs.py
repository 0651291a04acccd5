"""Proofs as the page shows them, rule by rule, from what ``jingmen prove`` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.files import read_text
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.desk.model import Link, Proof
from jingmen_policy.desk.places import discrepancy_id
from jingmen_policy.prove.model import ProofNote, Proofs

_RESULT = {
    "proved": Said("已证明", "proved"),
    "refuted": Said("有反例", "refuted"),
    "failed": Said("未能判定", "not settled"),
}
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
    found: dict[str, list[Proof]] = {}
    for note in () if proofs is None else proofs.notes:
        for rule in note.rules:
            found.setdefault(rule, []).append(_shown(corpus, note))
    return {rule: tuple(notes) for rule, notes in found.items()}


def _shown(corpus: Corpus, note: ProofNote) -> Proof:
    accepted = None
    if note.accepted in corpus.discrepancies:
        title = corpus.discrepancies[note.accepted].title
        accepted = Link(Said(title.zh, title.en), discrepancy_id(note.accepted))
    return Proof(_RESULT[note.result], note.text, note.fine, note.reading, accepted)
