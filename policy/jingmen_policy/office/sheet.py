"""A sheet of one kind of fact: headings that say what asks for them, and checked cells."""

from __future__ import annotations

from functools import partial
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from jingmen_facts.kinds import FieldSpec, Sort
from jingmen_facts.reading.workbook_cells import DAYS
from jingmen_facts.scalars import NONE
from jingmen_policy.office import look
from jingmen_policy.office.asked import Asked
from jingmen_policy.office.cells import format_of, put_value
from jingmen_policy.office.form import Table
from jingmen_policy.office.options import Options
from jingmen_policy.rule.model import Citation

SPARE = 20
"""Empty rows below the last, ready to be written in."""
CHECKED = 500
"""Below the last row the checks go on for so many rows."""
_FEW = 2
_PROMPT = 250
_NOT_ASKED = "备查"
_IDENTIFIES = "识别本行"


def write_table(sheet: Any, table: Table, asked: Asked, options: Options) -> None:
    """Fill a new sheet with a table: headings, rows, checks, and how it looks."""
    last = 1 + len(table.rows) + CHECKED
    for number, spec in enumerate(table.fields, 1):
        _heading(sheet.cell(1, number), spec, asked.get((spec.kind, spec.name), ()))
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width = _width(table, spec)
        column.number_format = format_of(spec)
        _check(sheet, spec, number, last, options)
    styles = look.Styles()
    for line in range(2, len(table.rows) + 2 + SPARE):
        row = table.rows[line - 2] if line - 2 < len(table.rows) else None
        for number, spec in enumerate(table.fields, 1):
            cell = sheet.cell(line, number)
            value = None if row is None else row.values.get(spec.name)
            named = row is not None and value is not None and (row.blank or spec.required)
            styles.put(cell, (number, named), partial(_dress, spec=spec, named=named))
            if value is not None:
                put_value(cell, value, spec)
    sheet.row_dimensions[1].height = 66
    keys = sum(spec.name in table.kind.model.KEY for spec in table.fields)
    sheet.freeze_panes = sheet.cell(2, max(keys, 1) + 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.fields))}{len(table.rows) + 1}"
    look.for_print(sheet, columns=max(keys, 1))


def name_of(spec: FieldSpec) -> str:
    """A heading: the label, and the unit it counts in."""
    unit = spec.unit if spec.unit != "年" else ""
    return f"{spec.label.zh}（{unit}）" if unit else spec.label.zh


def _heading(cell: Any, spec: FieldSpec, clauses: tuple[Citation, ...]) -> None:
    addresses = list(dict.fromkeys(clause.address for clause in clauses))
    nothing = _IDENTIFIES if spec.required else _NOT_ASKED
    below = "、".join(addresses[:_FEW]) or nothing
    if len(addresses) > _FEW:
        below += f"等{len(addresses)}处"
    look.heading(cell)
    cell.value = CellRichText(
        TextBlock(
            InlineFont(rFont="宋体", sz=10.5, b=True, color=Color("FFFFFF")), f"{name_of(spec)}\n"
        ),
        TextBlock(InlineFont(rFont="宋体", sz=8, color=Color("D5DEE8")), below),
    )
    quotes = [f"{clause.address}“{clause.quote}”" for clause in dict.fromkeys(clauses)]
    comment = Comment("\n".join([*_how(spec), *(quotes or ["方案没有直接问到，备查。"])]), "方案")
    comment.width, comment.height = 380, min(60 + 34 * len(quotes), 420)
    cell.comment = comment


def _how(spec: FieldSpec) -> list[str]:
    """What may stand in the cells of a field."""
    said = {
        Sort.FLAG: "填“是”或“否”。",
        Sort.DAY: "填日期，如 2021-07-31、2021年7月31日、2021.7.31。",
        Sort.MONEY: "填数字，单位为元，至多两位小数。",
        Sort.NUMBER: "填整数。" if spec.whole else "填数字。",
        Sort.TEXT: "从下拉列表中选一项。" if spec.choices or spec.refers else "填文字。",
        Sort.TEXTS: f"可填多项，以“、”分开；一项也没有填“{NONE}”。",
    }[spec.sort]
    if spec.unit and spec.sort is Sort.NUMBER and spec.unit != "年":
        said = f"{said[:-1]}，单位为{spec.unit}。"
    if spec.sort is Sort.TEXTS and spec.choices:
        said += f"可选：{'、'.join(spec.choices)}。"
    needed = "必填。" if spec.required else "不知道就空着。"
    return [said + needed]


def _check(sheet: Any, spec: FieldSpec, number: int, last: int, options: Options) -> None:
    letter = get_column_letter(number)
    check = _validation(spec, options)
    if check is None:
        return
    check.allow_blank = True
    check.showInputMessage = check.showErrorMessage = True
    check.promptTitle = spec.label.zh[:32]
    check.prompt = "".join(_how(spec))[:_PROMPT]
    check.errorTitle = spec.label.zh[:32]
    check.error = "".join(_how(spec))[:_PROMPT]
    check.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(check)


def _validation(spec: FieldSpec, options: Options) -> DataValidation | None:
    source = options.of(spec)
    if source is not None and spec.sort is not Sort.TEXTS:
        return DataValidation(type="list", formula1=source)
    if spec.sort is Sort.FLAG:
        return DataValidation(type="list", formula1='"是,否"')
    if spec.sort is Sort.DAY:
        first, last = (f"DATE({day.year},{day.month},{day.day})" for day in DAYS)
        return DataValidation(type="date", operator="between", formula1=first, formula2=last)
    if spec.sort is Sort.MONEY:
        return DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
    if spec.sort is Sort.NUMBER and spec.least is not None and spec.most is not None:
        least, most = spec.least, spec.most
        return DataValidation(
            type="whole" if spec.whole else "decimal",
            operator="between",
            formula1=str(least),
            formula2=str(most),
        )
    return DataValidation() if spec.sort is Sort.TEXTS else None


def _dress(cell: Any, spec: FieldSpec, named: bool) -> None:
    """How a cell of a field looks; ``named`` where the form or the register says what is in it."""
    look.plain(cell, look.CENTRE if spec.sort in (Sort.DAY, Sort.FLAG) else look.MIDDLE)
    cell.number_format = format_of(spec)
    if named:
        cell.fill = look.IDENTITY_FILL


def _width(table: Table, spec: FieldSpec) -> float:
    """Wide enough for what stands there and for a heading in two or three lines."""
    written = [str(value) for row in table.rows if (value := row.values.get(spec.name)) is not None]
    longest = max([look.width(text) for text in written], default=0)
    least = {Sort.DAY: 16, Sort.MONEY: 18, Sort.TEXTS: 24}.get(spec.sort, 14)
    choice = max((look.width(choice) for choice in spec.choices), default=0)
    label = look.width(name_of(spec)) / (2 if look.width(name_of(spec)) > 18 else 1)
    return min(max(longest, least, choice if spec.sort is Sort.TEXT else 0, label) + 3, 36)
