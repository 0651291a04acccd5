"""The traceability matrix as a workbook, with the ledger, the readings and the discrepancies.

Every text is written as a text, marked so that editing it leaves it one; days are real days. The
counts on the first sheet are formulas over the matrix, worked out when the workbook is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jingmen_facts.problems import Said
from jingmen_policy.corpus.written import Both, Cite
from jingmen_policy.exports.archive import dated
from jingmen_policy.exports.edition import Edition
from jingmen_policy.exports.matrix import COLUMNS, Cell, Matrix
from jingmen_policy.exports.safe import shown
from jingmen_policy.judge.layout import width
from jingmen_policy.rule.modality import Modality

SHEETS = {
    "overview": Said("总览", "overview"),
    "matrix": Said("对照表", "matrix"),
    "ledger": Said("逐字归属", "ledger"),
    "readings": Said("所取解释", "readings"),
    "discrepancies": Said("原文问题", "discrepancies"),
}
DAY = "yyyy-mm-dd"
LONGEST = 32767
"""Characters a cell holds."""
LINE, TALLEST = 15, 409
"""Points: one line of a row, and the most a row may have."""
_HEAD = PatternFill("solid", fgColor="DDE6F0")
_WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left")
_RULED = Border(bottom=Side("hair", color="808080"))
_A3 = 8


class Formula(str):
    """A formula of ours; every other text is a text."""

    __slots__ = ()


def export(edition: Edition) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, form in (("words", "@"), ("day", DAY), ("count", "0")):
        book.add_named_style(
            NamedStyle(name, alignment=_WRAPPED, border=_RULED, number_format=form)
        )
    made = _Book(edition, book)
    made.overview()
    made.matrix()
    made.ledger()
    made.readings()
    made.discrepancies()
    book.calculation.fullCalcOnLoad = True
    book.properties.title = shown(edition.corpus.title.to(edition.lang))
    book.properties.creator = "jingmen-policy"
    book.properties.identifier = f"sha256:{edition.corpus.digest}"
    saved = BytesIO()
    book.save(saved)
    return dated(saved.getvalue(), edition.moment)


class _Book:
    def __init__(self, edition: Edition, book: Workbook) -> None:
        self.edition, self.book = edition, book
        self.source = Matrix(edition)
        self.rows = list(self.source.rows())

    def overview(self) -> None:
        edition, corpus = self.edition, self.edition.corpus
        say = edition.say
        table = self.name("matrix")

        def column(name: str) -> str:
            [at] = [n for n, one in enumerate(COLUMNS, 1) if one.name == name]
            letter = get_column_letter(at)
            return f"'{table}'!${letter}$2:${letter}${len(self.rows) + 1}"

        rules = column("rule")
        lines: list[Sequence[Cell]] = [
            [say("规则库", "corpus"), corpus.title.to(edition.lang)],
            [say("编号", "id"), corpus.id],
            [say("规则库摘要（SHA-256）", "corpus digest (SHA-256)"), corpus.digest],
            [say("截至", "as of"), edition.as_of],
            *(
                [say("改取的解释", "reading switched"), f"{name}={other}"]
                for name, other in corpus.switched.items()
            ),
            [
                say("规则（条）", "rules"),
                Formula(f'=SUMPRODUCT(({rules}<>"")/COUNTIF({rules},{rules}&""))'),
            ],
            [
                say("没有规则的句（行）", "passages without a rule"),
                Formula(f"=COUNTBLANK({rules})"),
            ],
            [
                say("已签署的行", "rows signed"),
                Formula(f"=COUNT({column('signed_on')})"),
            ],
            [say("对照表行数", "rows of the matrix"), Formula(f"=ROWS({rules})")],
        ]
        for modality in Modality:
            label = modality.label.to(edition.lang)
            counted = f'=COUNTIF({column("modality")},"{label}")'
            lines.append([say(f"行：{label}", f"rows: {label}"), Formula(counted)])
        sheet = self.sheet("overview", [(say("项目", "item"), 30), (say("内容", "value"), 70)])
        self.fill(sheet, lines)

    def matrix(self) -> None:
        heads = [(column.head.to(self.edition.lang), column.width) for column in COLUMNS]
        sheet = self.sheet("matrix", heads)
        self.fill(sheet, ([row[column.name] for column in COLUMNS] for row in self.rows))

    def ledger(self) -> None:
        say = self.edition.say
        heads = [
            (say("地址", "address"), 18),
            (say("文字", "text"), 60),
            (say("归属", "claimed as"), 14),
            (say("规则", "rules"), 40),
            (say("理由", "reason"), 50),
        ]
        ledger = self.source.ledger
        entries = () if ledger is None else ledger.entries
        self.fill(
            self.sheet("ledger", heads),
            (
                [
                    one.address,
                    one.text,
                    one.kind or say("（没有归属）", "(not claimed)"),
                    say("、", ", ").join(one.rules),
                    one.reason.to(self.edition.lang),
                ]
                for one in entries
            ),
        )

    def readings(self) -> None:
        say, corpus = self.edition.say, self.edition.corpus
        heads = [
            (say("解释", "reading"), 28),
            (say("问", "question"), 40),
            (say("取", "chosen"), 40),
            (say("理由", "basis"), 60),
            (say("未取", "not chosen"), 50),
            (say("原文", "text"), 40),
            (say("依据它的规则", "rules that rest on it"), 40),
        ]
        self.fill(
            self.sheet("readings", heads),
            (
                [
                    one.id,
                    self.both(one.question),
                    self.both(one.reading),
                    self.both(one.basis),
                    "\n".join(f"{o.id}: {self.both(o.reading)}" for o in one.alternatives),
                    self.cited(one.cites),
                    say("、", ", ").join(corpus.relying(one.id)),
                ]
                for one in corpus.interpretations.values()
            ),
        )

    def discrepancies(self) -> None:
        say = self.edition.say
        heads = [
            (say("编号", "id"), 28),
            (say("类别", "kind"), 14),
            (say("题目", "title"), 36),
            (say("原文", "text"), 50),
            (say("处理", "effect"), 60),
            (say("涉及的规则", "rules"), 40),
        ]
        self.fill(
            self.sheet("discrepancies", heads),
            (
                [
                    one.id,
                    one.kind,
                    self.both(one.title),
                    self.cited(one.cites),
                    self.both(one.effect),
                    say("、", ", ").join(one.rules),
                ]
                for one in self.edition.corpus.discrepancies.values()
            ),
        )

    def name(self, sheet: str) -> str:
        return SHEETS[sheet].to(self.edition.lang)

    def both(self, text: Both) -> str:
        return text.en if self.edition.lang == "en" else text.zh

    def cited(self, cites: Iterable[Cite]) -> str:
        return "\n".join(f"{cite.at}“{cite.quote}”" for cite in cites)

    def sheet(self, name: str, heads: Sequence[tuple[str, int]]) -> Worksheet:
        """A sheet with its head, which stays in sight and prints on each page."""
        sheet: Worksheet = self.book.create_sheet(self.name(name))
        for at, (head, room) in enumerate(heads, 1):
            cell = sheet.cell(1, at, head)
            cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, _WRAPPED
            sheet.column_dimensions[get_column_letter(at)].width = room
        sheet.freeze_panes = "A2" if name != "matrix" else "B2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A3
        sheet.page_setup.fitToHeight = 0
        if name == "matrix":
            sheet.print_title_cols = "A:A"
            sheet.page_setup.fitToWidth = 3
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        return sheet

    def fill(self, sheet: Worksheet, rows: Iterable[Sequence[Cell]]) -> None:
        widths = [one.width for _, one in sorted(sheet.column_dimensions.items(), key=_place)]
        for at, row in enumerate(rows, 2):
            sheet.row_dimensions[at].height = min(TALLEST, LINE * _lines(row, widths))
            for column, value in enumerate(row, 1):
                if value is None or value == "":
                    continue
                if isinstance(value, date | Formula):
                    cell = sheet.cell(at, column, value)
                    cell.style = "day" if isinstance(value, date) else "count"
                else:
                    cell = sheet.cell(at, column, _short(shown(value)))
                    cell.style, cell.data_type, cell.quotePrefix = "words", "s", True
        last = f"{get_column_letter(sheet.max_column)}{sheet.max_row}"
        sheet.auto_filter.ref = f"A1:{last}"


def _short(text: str) -> str:
    """A text that fits into a cell; one that does not ends in an ellipsis."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _place(item: tuple[str, object]) -> int:
    return column_index_from_string(item[0])


def _lines(row: Sequence[Cell], widths: Sequence[float]) -> int:
    """How many lines the tallest cell of a row takes; not every program works that out itself."""
    return max(
        sum(max(1, ceil(width(line) / (room - 1))) for line in str(value or "").split("\n"))
        for value, room in zip(row, widths, strict=True)
    )
