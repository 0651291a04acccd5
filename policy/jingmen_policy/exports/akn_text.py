"""The text as Akoma Ntoso: title, preamble, sections, items, and the annex with its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from jingmen_policy.exports.akn_meta import identification
from jingmen_policy.exports.akn_names import Element, Maker
from jingmen_policy.text.passages import Passage

_HEADING = "__heading"


def preface(make: Maker) -> Element | None:
    titles = [one for one in make.edition.corpus.source.passages if one.kind == "title"]
    made = [
        make.element("longTitle", make.element("p", make.element("docTitle", one.text)), eId=one.id)
        for one in titles
    ]
    return make.element("preface", *made) if made else None


def preamble(make: Maker) -> Element | None:
    for one in _children(make, ""):
        if one.kind == "preamble":
            return make.element("preamble", *_paragraphs(make, one), eId=one.id)
    return None


def body(make: Maker) -> Element:
    """The sections, each with its own number and heading."""
    sections = (one for one in _children(make, "") if one.kind == "section")
    return make.element("body", *(_section(make, one) for one in sections))


def annexes(make: Maker) -> Element | None:
    found = [one for one in _children(make, "") if one.kind == "annex"]
    made = [_annex(make, one) for one in found]
    return make.element("attachments", *made) if made else None


def _section(make: Maker, section: Passage) -> Element:
    inside = list(_children(make, section.id))
    items = [one for one in inside if one.kind == "item"]
    made = make.element("section", *_headed(make, section), eId=section.id, period=_whole(make))
    if not items:
        made.append(make.element("content", *_paragraphs(make, section)))
        return made
    for one in inside:
        if one.kind == "paragraph":
            name = "intro" if one.start < items[0].start else "wrapUp"
            made.append(make.element(name, *_paragraphs(make, one), eId=one.id))
        elif one.kind == "item":
            content = make.element("content", *_paragraphs(make, one))
            heading = _headed(make, one)
            made.append(make.element("hcontainer", *heading, content, eId=one.id, name="item"))
    return made


def _headed(make: Maker, passage: Passage) -> Iterator[Element]:
    """The number and the words of a heading, which are the text's; its mark stays with either."""
    for one in _children(make, passage.id):
        if one.id == f"{passage.id}{_HEADING}":
            marks = "、" if passage.kind == "section" else "）"
            number, mark, words = one.text.partition(marks)
            yield make.element("num", number + mark)
            yield make.element("heading", words, eId=one.id)


def _paragraphs(make: Maker, passage: Passage) -> Iterator[Element]:
    """The sentences of a passage, those of one line as one paragraph."""
    plain = make.edition.corpus.source.plain
    sentences = [one for one in _children(make, passage.id) if one.kind == "sentence"]
    if not sentences:
        sentences = [one for one in (passage,) if one.kind == "sentence"]
    for number, (_, line) in enumerate(
        groupby(sentences, lambda one: plain.count("\n", 0, one.start)), 1
    ):
        spans = [make.element("span", one.text, eId=one.id) for one in line]
        yield make.element("p", *spans, eId=f"{passage.id}__p_{number}")


def _annex(make: Maker, annex: Passage) -> Element:
    inside = list(_children(make, annex.id))
    rows = [one for one in inside if one.kind == "paragraph"]
    titles = [one for one in inside if one.id == f"{annex.id}__title"]
    parts: list[Element] = [make.element("p", one.text, eId=one.id) for one in titles]
    if rows:
        parts.append(make.element("table", *_rows(make, rows), eId=f"{annex.id}__table"))
    heading = [
        make.element("heading", one.text, eId=one.id)
        for one in inside
        if one.id == f"{annex.id}{_HEADING}"
    ]
    meta = make.element("meta", identification(make, annex.id))
    document = make.element("doc", meta, make.element("mainBody", *parts), name="annex")
    return make.element("attachment", *heading, document, eId=annex.id)


def _rows(make: Maker, rows: Iterable[Passage]) -> Iterator[Element]:
    for number, row in enumerate(rows):
        cells = [
            make.element(
                "td" if number and place > 1 else "th",
                make.element("p", cell),
                eId=f"{row.id}__c_{place}",
            )
            for place, cell in enumerate(row.text.split("\t"), 1)
        ]
        yield make.element("tr", *cells, eId=row.id)


def _whole(make: Maker) -> str:
    """The span of time in which the text is in force."""
    return f"#{make.spans[make.edition.corpus.since.isoformat(), '']}"


def _children(make: Maker, parent: str) -> Iterator[Passage]:
    return (
        one for one in make.edition.corpus.source.passages if one.parent == parent and one.normative
    )
