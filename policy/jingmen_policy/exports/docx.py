"""The plan as an official document, each of its clauses followed by the rules made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Length, Mm
from docx.table import Table, _Row

from jingmen_policy.docs.coverage import Traced, trace
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.exports.archive import dated
from jingmen_policy.exports.docx_style import (
    FANGSONG,
    GAP,
    HEI,
    KAI,
    SMALL,
    TINY,
    TWO_CHARACTERS,
    document,
    shaded,
    tight,
    write,
)
from jingmen_policy.exports.edition import Edition
from jingmen_policy.exports.matrix import Matrix
from jingmen_policy.exports.safe import shown
from jingmen_policy.rule.model import Rule
from jingmen_policy.text.passages import Passage

_HEAD = "E7E6E6"
LONG_TITLE = 19
"""Characters that no longer fit on a line."""
_WIDTHS = (Mm(16), Mm(40), Mm(76), Mm(24))


def export(edition: Edition) -> bytes:
    made = _Annotated(edition)
    made.whole()
    saved = BytesIO()
    made.document.save(saved)
    return dated(saved.getvalue(), edition.moment)


class _Annotated:
    def __init__(self, edition: Edition) -> None:
        self.edition, self.document = edition, document()
        self.matrix, self.teller = Matrix(edition), RuleTeller(edition.corpus, edition.lang)
        self.traced = {one.passage.id: one for one in trace(edition.corpus)}
        core = self.document.core_properties
        core.title = shown(edition.corpus.title.to(edition.lang))
        core.author = core.last_modified_by = "jingmen-policy"
        core.identifier = f"sha256:{edition.corpus.digest}"
        core.comments, core.revision = "", 1

    def whole(self) -> None:
        for passage in self.edition.corpus.source.passages:
            if passage.normative and not passage.parent:
                self.part(passage)
        self.register()

    def part(self, passage: Passage) -> None:
        """A passage of the outermost level, in the order of the text."""
        if passage.kind == "title":
            self.title(passage.text)
            self.about()
        elif passage.kind == "annex":
            self.annex(passage)
        elif passage.kind == "section":
            self.section(passage)
        else:
            self.clause(passage)

    def title(self, text: str) -> None:
        """A title; one too long for a line is parted where its words allow, near the middle."""
        paragraph = self.document.add_paragraph(style="Title")
        at = _parted(text)
        write(paragraph, text[:at])
        if at < len(text):
            paragraph.add_run().add_break()
            write(paragraph, text[at:])

    def about(self) -> None:
        """What this copy is: nothing in it is an issued document's."""
        edition, say = self.edition, self.edition.say
        corpus = edition.corpus
        paragraph = tight(self.document.add_paragraph(), 18)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(
            paragraph,
            say(
                f"（规则注释本，非正式文本。截至 {edition.as_of}，规则 {len(corpus.rules)} 条）",
                f"(annotated with {len(corpus.rules)} rules as of {edition.as_of};"
                " not an official text)",
            ),
            face=KAI,
            size=SMALL,
        )
        paragraph = tight(self.document.add_paragraph(), 18)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(
            paragraph, f"{say('规则库摘要', 'corpus digest')} {corpus.digest}", size=TINY, grey=True
        )
        self.document.add_paragraph()

    def section(self, section: Passage) -> None:
        children = self.children(section)
        self.heading(children, 1)
        if not any(one.kind == "item" for one in children):
            self.clause(section)
            return
        for one in children:
            if one.kind == "item":
                self.heading(self.children(one), 2)
                self.clause(one)
            elif one.kind == "paragraph":
                self.clause(one)

    def heading(self, inside: Iterable[Passage], level: int) -> None:
        for one in inside:
            if one.kind == "heading":
                self.document.add_paragraph(shown(one.text), style=f"Heading {level}")

    def clause(self, passage: Passage) -> None:
        """A paragraph of the text with its sentences numbered, and its rules below it."""
        sentences = [one for one in self.children(passage) if one.kind == "sentence"]
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = TWO_CHARACTERS
        plain = self.edition.corpus.source.plain
        for number, one in enumerate(sentences, 1):
            if number > 1 and plain[one.start - 1] == "\n":
                paragraph = self.document.add_paragraph()
                paragraph.paragraph_format.first_line_indent = TWO_CHARACTERS
            write(paragraph, one.text)
            mark = write(paragraph, f"〔{number}〕", grey=True)
            mark.font.superscript = True
        paragraph.paragraph_format.space_after = GAP
        self.notes([(f"〔{n}〕", self.traced[one.id]) for n, one in enumerate(sentences, 1)])

    def annex(self, annex: Passage) -> None:
        inside = self.children(annex)
        for one in inside:
            if one.id == f"{annex.id}__heading":
                paragraph = self.document.add_paragraph()
                paragraph.paragraph_format.page_break_before = True
                write(paragraph, one.text, face=HEI)
            elif one.kind == "heading":
                self.title(one.text)
        rows = [one for one in inside if one.kind == "paragraph"]
        if rows:
            self.printed(rows)
            self.gap()
            heads = self.edition.say("表头", "head")
            self.notes([(f"{n or heads} ", self.traced[one.id]) for n, one in enumerate(rows)])

    def printed(self, rows: Sequence[Passage]) -> None:
        """A table as the text prints it."""
        cells = [row.text.split("\t") for row in rows]
        table = self.table([], [_share(len(cells[0]))] * len(cells[0]))
        for number, row in enumerate(cells):
            added: _Row = table.add_row()  # type: ignore[no-untyped-call]
            for place, text in enumerate(row[: len(cells[0])]):
                paragraph = tight(added.cells[place].paragraphs[0], 24)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                face = HEI if number == 0 else FANGSONG
                write(paragraph, text, face=face, size=SMALL if number == 0 else None)

    def notes(self, sentences: Sequence[tuple[str, Traced]]) -> None:
        """The rules that rest on a paragraph, a row each; of sentences without any, why."""
        say = self.edition.say
        heads = [
            say("句", "s."),
            say("规则", "rule"),
            say("谁、什么、何时", "who, what, when"),
            say("审核", "review"),
        ]
        table = self.table(heads, _WIDTHS)
        marks: dict[str, list[str]] = {}
        for mark, one in sentences:
            for name in one.rules:
                marks.setdefault(name, []).append(mark)
        told: set[str] = set()
        for mark, one in sentences:
            for name in one.rules:
                if name not in told:
                    told.add(name)
                    rule = self.edition.corpus.rules[name]
                    title = f"{rule.title.to(self.edition.lang)}\n{name}"
                    at = "".join(marks[name])
                    self.row(table, [at, title, self.told(rule), self.state(name)])
            if not one.rules:
                self.row(table, [mark, "—", self.matrix.why(one.passage.address), "—"])
        self.gap()

    def state(self, name: str) -> str:
        """How far a rule is reviewed, by whom and when, and how its hash begins."""
        review, say = self.edition.reviews[name], self.edition.say
        parts = [
            review.label.to(self.edition.lang),
            say("、", ", ").join(review.reviewers),
            "" if review.signed_on is None else review.signed_on.isoformat(),
            review.content[:8],
        ]
        return "\n".join(part for part in parts if part)

    def gap(self) -> None:
        """A little space between a table and what follows."""
        tight(self.document.add_paragraph(), 10)

    def told(self, rule: Rule) -> str:
        """A rule in one sentence: modality and bearer, what for, when."""
        edition, lang = self.edition, self.edition.lang
        version = edition.version(rule)
        modality = rule.modality.label
        who = edition.say(f"【{modality.zh}】", f"[{modality.en}] ") + rule.bearer.role.to(lang)
        if rule.counterparty is not None:
            who += edition.say("→", " → ") + rule.counterparty.role.to(lang)
        requires = self.matrix.requires(rule)
        if version.require is None and version.used is None and requires:
            requires = edition.say(f"佐证：{requires}", f"evidence: {requires}")
        parts = [who, requires, self.teller.due(version.due)]
        return edition.say("；", "; ").join(part for part in parts if part)

    def register(self) -> None:
        """Every rule with the whole of its hash."""
        say = self.edition.say
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.page_break_before = True
        write(paragraph, say("规则与内容哈希", "Rules and their content hashes"), face=HEI)
        heads = [
            say("规则", "rule"),
            say("审核", "review"),
            say("内容哈希（SHA-256）", "content hash (SHA-256)"),
        ]
        table = self.table(heads, (Mm(48), Mm(20), Mm(88)))
        for name in self.edition.corpus.rules:
            review = self.edition.reviews[name]
            self.row(table, [name, review.label.to(self.edition.lang), review.content])

    def table(self, heads: Sequence[str], widths: Sequence[Length]) -> Table:
        """A ruled table of fixed widths whose head comes again on each page."""
        table: Table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        if heads:
            row = self.row(table, heads)
            repeated = OxmlElement("w:tblHeader")
            row._tr.get_or_add_trPr().append(repeated)
            for cell in row.cells:
                shaded(cell, _HEAD)
        return table

    def row(self, table: Table, texts: Sequence[str]) -> _Row:
        made: _Row = table.add_row()  # type: ignore[no-untyped-call]
        unsplit = OxmlElement("w:cantSplit")
        made._tr.get_or_add_trPr().append(unsplit)
        for cell, column, text in zip(made.cells, table.columns, texts, strict=True):
            cell.width = column.width or Mm(20)
            for number, line in enumerate(text.split("\n")):
                paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                write(tight(paragraph, 13), line, face=FANGSONG, size=TINY)
        return made

    def children(self, passage: Passage) -> list[Passage]:
        return [one for one in self.edition.corpus.source.passages if one.parent == passage.id]


def _parted(text: str) -> int:
    """Where the second line of a title begins; its end where one line is enough.

    >>> _parted("荆门市乡镇（街道）社会工作站建设实施方案")
    9
    """
    if len(text) < LONG_TITLE:
        return len(text)
    ends = [at for at, mark in enumerate(text, 1) if mark in "）》、”" and at < len(text)]
    return min(ends, key=lambda at: abs(2 * at - len(text)), default=len(text))


def _share(columns: int) -> Length:
    return Mm(156 // columns)
