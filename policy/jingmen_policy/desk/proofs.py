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
from jingmen_policy.prove.model import Proofs, Result

_Alike = tuple[Result, Said, bool, str, str]
_RESULT: dict[Result, Said] = {
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
    """By rule, what was proved: the same thing proved together with several rules is said once."""
    found: dict[str, dict[_Alike, int]] = {}
    for note in () if proofs is None else proofs.notes:
        alike = (note.result, note.text, note.fine, note.reading, note.accepted)
        for rule in note.rules:
            counts = found.setdefault(rule, {})
            counts[alike] = counts.get(alike, 0) + 1
    return {
        rule: tuple(_shown(corpus, alike, count) for alike, count in counts.items())
        for rule, counts in found.items()
    }


def _shown(corpus: Corpus, alike: _Alike, count: int) -> Proof:
    result, text, fine, reading, accepted = alike
    link = None
    if accepted in corpus.discrepancies:
        title = corpus.discrepancies[accepted].title
        link = Link(Said(title.zh, title.en), discrepancy_id(accepted))
    if count > 1:
        text = Said(f"{text.zh}（{count} 项）", f"{text.en} ({count} times)")
    return Proof(_RESULT[result], text, fine, reading, link)
