"""A workbook to fill in: a guide, what is set for the whole, and a sheet for each kind of fact."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from jingmen_facts.reading import workbook_form as names
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.office import look
from jingmen_policy.office.asked import Asked, asked
from jingmen_policy.office.cells import put_text
from jingmen_policy.office.form import Form
from jingmen_policy.office.guide import guide_lines
from jingmen_policy.office.options import Options
from jingmen_policy.office.sheet import write_table


def workbook(corpus: Corpus, form: Form, backgrounds: tuple[str, ...] = ()) -> Any:
    """The openpyxl workbook of a form. Raises Refused for facts that no cell can say."""
    book = Workbook()
    guide = book.active
    assert guide is not None
    guide.title = names.GUIDE
    settings, lists = book.create_sheet(names.SETTINGS), book.create_sheet(names.LISTS)
    sheets = [(book.create_sheet(table.kind.ledger), table) for table in form.tables]
    options = Options(book.create_sheet(names.OPTIONS), form, book.defined_names)
    options.sheet.sheet_state = "hidden"
    clauses = asked(corpus)
    for sheet, table in sheets:
        write_table(sheet, table, clauses, options)
    _guide(guide, corpus, form, clauses)
    _settings(settings, form, backgrounds)
    _lists(lists, form)
    _prefilled(book.create_sheet(names.PREFILLED), form)
    return book


def _guide(sheet: Any, corpus: Corpus, form: Form, clauses: Asked) -> None:
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 96
    title = f"{corpus.title.zh}　台账"
    put_text(sheet["A1"], title if form.owner is None else f"{title}（{form.owner.identity}）")
    sheet["A1"].font = look.TITLE
    sheet.row_dimensions[1].height = 30
    for row, (head, text) in enumerate(guide_lines(form, clauses), 3):
        put_text(sheet.cell(row, 1), head)
        put_text(sheet.cell(row, 2), text)
        sheet.cell(row, 1).font = look.SUBTITLE
        sheet.cell(row, 2).font = look.PLAIN
        for cell in sheet[row]:
            cell.alignment = look.TOP
        lines = -(-look.width(text) // 94)
        sheet.row_dimensions[row].height = 8 + 15 * max(lines, 1)
    sheet.sheet_view.showGridLines = False
    look.for_print(sheet)


def _settings(sheet: Any, form: Form, backgrounds: tuple[str, ...]) -> None:
    rows: list[tuple[str, object, str]] = [
        (names.AS_OF, form.as_of, "按哪一天收盘时的情况判定；空着即为当天，命令行 --as-of 优先。")
    ]
    if backgrounds:
        rows.append((names.USE, form.use, "随包附带的乡镇（街道）名册；名册已有的，各表不再问。"))
    if form.owner is not None:
        label = f"{names.BELONGS}{form.owner.kind.label.zh}"
        rows.append((label, form.owner.identity, "各表中没有另外写明所属的行，都属于这里。"))
    _head(sheet, ["项目", "填写", "说明"], [24, 24, 70])
    for number, (key, value, why) in enumerate(rows, 2):
        put_text(sheet.cell(number, 1), key)
        if isinstance(value, str):
            put_text(sheet.cell(number, 2), value)
        else:
            sheet.cell(number, 2).value = value
        put_text(sheet.cell(number, 3), why)
        for cell in sheet[number]:
            look.plain(cell)
        if key == names.AS_OF:
            sheet.cell(number, 2).number_format = "yyyy-mm-dd"
        if key == names.USE:
            _offer(sheet, f'"{",".join(backgrounds)}"', f"B{number}")


def _lists(sheet: Any, form: Form) -> None:
    """For each owner a row, for each kind a column: whether every one there is is stated."""
    _head(
        sheet, [names.OWNER, *(kind.ledger for kind in form.listed)], [18] + [16] * len(form.listed)
    )
    owners = [*form.owners] if form.owner is not None else [names.EVERYWHERE, *form.owners]
    said: set[tuple[str, str]] = set()
    for entry in sorted(form.complete):
        name, at, whose = entry.partition("@")
        whose = whose if at else names.EVERYWHERE
        said.add((whose, name))
        if whose not in owners:
            owners.append(whose)
    for row, owner in enumerate(owners, 2):
        put_text(sheet.cell(row, 1), owner)
        for number, kind in enumerate(form.listed, 2):
            if (owner, kind.name) in said:
                put_text(sheet.cell(row, number), "是")
        for number in range(1, len(form.listed) + 2):
            look.plain(sheet.cell(row, number))
        sheet.cell(row, 1).fill = look.IDENTITY_FILL
    last = get_column_letter(len(form.listed) + 1)
    if form.listed and owners:
        _offer(sheet, '"是,否"', f"B2:{last}{len(owners) + 1}")
    sheet.freeze_panes = "B2"


def _prefilled(sheet: Any, form: Form) -> None:
    sheet.sheet_state = "hidden"
    for number, text in enumerate(("表", "编号", "预填的字段"), 1):
        put_text(sheet.cell(1, number), text)
    line = 2
    for table in form.tables:
        for row in table.rows:
            if row.blank:
                identity = "/".join(str(row.values[name]) for name in table.kind.model.KEY)
                texts = (table.kind.ledger, identity, "、".join(row.values))
                for number, text in enumerate(texts, 1):
                    put_text(sheet.cell(line, number), text)
                line += 1


def _head(sheet: Any, headings: list[str], widths: list[int]) -> None:
    for number, (text, wide) in enumerate(zip(headings, widths, strict=True), 1):
        cell = sheet.cell(1, number)
        put_text(cell, text)
        look.heading(cell)
        sheet.column_dimensions[get_column_letter(number)].width = wide
    sheet.row_dimensions[1].height = 34
    look.for_print(sheet)


def _offer(sheet: Any, source: str, cells: str) -> None:
    check = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    check.add(cells)
    sheet.add_data_validation(check)
