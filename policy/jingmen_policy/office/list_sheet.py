"""The sheet of all findings: one a row, to be filtered and sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from jingmen_facts.problems import Said
from jingmen_facts.reading.workbook_form import RESULTS
from jingmen_policy.judge.finding import Finding, Thing
from jingmen_policy.judge.text import Teller
from jingmen_policy.office import look
from jingmen_policy.office.cells import put_text
from jingmen_policy.office.order import FIRST
from jingmen_policy.scenario.obligations import counted

COLUMNS = {
    "结论": 11,
    "规则": 24,
    "要求": 22,
    "对象类别": 14,
    "对象": 22,
    "年度": 8,
    "性质": 11,
    "责任主体": 30,
    "到期日": 13,
    "期限": 16,
    "条款": 20,
    "原文": 60,
    "说明": 44,
    "还缺的事实": 48,
    "所在行": 20,
}
HEADING = 4
"""The row of the headings: above it stands what was judged, and how it came out."""


def write_list(
    book: Any,
    findings: Sequence[Finding],
    links: Mapping[Thing, str],
    teller: Teller,
    day: date,
    title: Said,
) -> None:
    """Write the sheet, in place of one from an earlier run; a sheet of the officer's is kept.

    ``links`` lead to the rows of the facts; what stands in the workbook comes first.
    """
    head = f"{RESULTS}：{title.to(teller.lang)}"
    sheet = _sheet(book, head)
    put_text(sheet.cell(1, 1), head)
    sheet.cell(1, 1).font = look.TITLE
    counts = counted(Counter(finding.status for finding in findings), teller)
    put_text(sheet.cell(2, 1), f"判定日 {day}　共 {len(findings)} 条：{counts}")
    sheet.cell(2, 1).font = look.FAINT
    for number, (name, wide) in enumerate(COLUMNS.items(), 1):
        cell = sheet.cell(HEADING, number)
        put_text(cell, name)
        look.heading(cell)
        sheet.column_dimensions[get_column_letter(number)].width = wide
    order = {status: place for place, status in enumerate(FIRST)}
    ordered = sorted(
        findings, key=lambda one: (one.subject not in links, order.get(one.status, len(order)))
    )
    styles = look.Styles()
    for row, finding in enumerate(ordered, HEADING + 1):
        _row(sheet, row, finding, teller, links.get(finding.subject, ""), styles)
    last = get_column_letter(len(COLUMNS))
    sheet.auto_filter.ref = f"A{HEADING}:{last}{max(HEADING + len(ordered), HEADING)}"
    sheet.freeze_panes = sheet.cell(HEADING + 1, 4)
    look.for_print(sheet, HEADING)


def _sheet(book: Any, head: str) -> Any:
    """A new sheet at the end; the one an earlier run left is known by its first cell."""
    name, number = RESULTS, 1
    while name in book.sheetnames:
        if str(book[name].cell(1, 1).value or "") == head:
            book.remove(book[name])
            break
        number += 1
        name = f"{RESULTS}{number}"
    return book.create_sheet(name)


def _row(
    sheet: Any, row: int, finding: Finding, teller: Teller, link: str, styles: look.Styles
) -> None:
    say = teller.lang
    texts = {
        "结论": teller.status(finding),
        "规则": finding.rule,
        "要求": finding.title.to(say),
        "对象类别": teller.kind(finding.subject.kind),
        "对象": finding.subject.id,
        "性质": finding.modality.label.to(say),
        "责任主体": teller.role(finding.bearer),
        "期限": teller.due(finding),
        "条款": teller.where(finding),
        "原文": "\n".join(clause.quote for clause in finding.clauses),
        "说明": teller.because(finding),
        "还缺的事实": "\n".join(
            f"{teller.thing(missing.about)} {missing.label.to(say)}" for missing in finding.missing
        ),
        "所在行": link,
    }
    look.fit(sheet, row, {n: texts[name] for n, name in enumerate(COLUMNS, 1) if name in texts})
    for number, name in enumerate(COLUMNS, 1):
        cell = sheet.cell(row, number)
        styles.put(cell, "", partial(look.plain, place=look.TOP))
        if name == "年度" and finding.year is not None:
            cell.value = finding.year
        elif name == "到期日" and finding.due is not None:
            cell.value = finding.due
            styles.put(cell, "到期日", _day)
        elif texts.get(name):
            put_text(cell, texts[name])
    if link:
        cell = sheet.cell(row, len(COLUMNS))
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=link)
        styles.put(cell, "所在行", partial(_coloured, font=look.LINK))
    fill = look.STATUS_FILLS.get(finding.status.value)
    if fill is not None:
        styles.put(sheet.cell(row, 1), finding.status, partial(_coloured, fill=fill))


def _day(cell: Any) -> None:
    look.plain(cell, look.TOP)
    cell.number_format = "yyyy-mm-dd"


def _coloured(cell: Any, font: Font | None = None, fill: PatternFill | None = None) -> None:
    look.plain(cell, look.TOP)
    if font is not None:
        cell.font = font
    if fill is not None:
        cell.fill = fill
