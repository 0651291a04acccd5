"""Proofs in words: counted, then clause by clause what is not simply proved; or every note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jingmen_facts.problems import Lang, Said
from jingmen_policy.compare.facts import as_yaml
from jingmen_policy.prove.model import Kind, ProofNote, Proofs, Result, Witness

KINDS: dict[Kind, Said] = {
    "met": Said("可以做到", "can be met"),
    "broken": Said("可以违反", "can be broken"),
    "decided": Said("事实齐备即有结论", "decided once facts are known"),
    "conflict": Said("两条义务不冲突", "no two obligations conflict"),
    "option": Said("选用不违反义务", "no option breaks a duty"),
    "cycle": Said("例外不循环", "no circle of exceptions"),
    "gap": Said("分界没有空档", "no gap between rules"),
    "overlap": Said("分界没有重叠", "no overlap of rules"),
    "annex": Said("附表与比例一致", "the table agrees with the shares"),
    "totals": Said("附表合计一致", "the table's totals agree"),
    "same": Said("意思相同", "the same meaning"),
}
RESULTS: dict[Result, Said] = {
    "proved": Said("已证", "proved"),
    "refuted": Said("不成立", "refuted"),
    "failed": Said("未能证明", "not settled"),
}


def report(proofs: Proofs, lang: Lang, *, verbose: bool = False) -> str:
    return "\n".join(_lines(proofs, lang, verbose)) + "\n"


def _lines(proofs: Proofs, lang: Lang, verbose: bool) -> Iterator[str]:
    yield proofs.bound.to(lang)
    yield ""
    counted = Counter((note.kind, note.result) for note in proofs.notes)
    for kind, label in KINDS.items():
        results: list[tuple[Result, int]] = [
            (result, counted[kind, result]) for result in RESULTS if counted[kind, result]
        ]
        if results:
            listed = (
                Said("，", ", ")
                .to(lang)
                .join(f"{RESULTS[result].to(lang)} {count}" for result, count in results)
            )
            yield f"{label.to(lang)}{Said('：', ': ').to(lang)}{listed}"
    shown = [note for note in proofs.notes if verbose or note.result != "proved"]
    for note in sorted(shown, key=lambda one: (one.fine, bool(one.reading))):
        yield ""
        yield from _note(note, lang)


def _note(note: ProofNote, lang: Lang) -> Iterator[str]:
    clauses = Said("、", ", ").to(lang).join(note.addresses)
    rules = ", ".join(note.rules)
    yield f"{RESULTS[note.result].to(lang)} · {KINDS[note.kind].to(lang)} · {clauses}（{rules}）"
    yield f"  {note.text.to(lang)}"
    if note.accepted:
        yield Said(f"  已登记：{note.accepted}", f"  on record: {note.accepted}").to(lang)
    if note.reading:
        yield Said(
            f"  仅在改取 {note.reading} 时", f"  only where {note.reading} is the reading"
        ).to(lang)
    for witness in note.witnesses:
        yield from _witness(witness, lang)


def _witness(witness: Witness, lang: Lang) -> Iterator[str]:
    for one in witness.outcomes:
        yield f"  {one.rule} {one.subject.id}: {one.status.label.to(lang)}"
    yield from (f"    {line}" for line in as_yaml(witness.facts).splitlines())
