"""The traceability matrix as CSV for spreadsheets.

UTF-8 with a byte order mark, every cell quoted, days as 2021-12-31. A text that a spreadsheet would
run as a formula (it begins with = + - @, a tab or the end of a line) stands after an apostrophe.
The last columns have the day and the digest of the corpus in every row: a row taken elsewhere
still says what it was made from.
"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from jingmen_policy.exports.edition import Edition
from jingmen_policy.exports.matrix import COLUMNS, Cell, Matrix
from jingmen_policy.exports.safe import csv_cell

BOM = "\ufeff"


def export(edition: Edition) -> bytes:
    table = StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    heads = [column.head.to(edition.lang) for column in COLUMNS]
    marks = [edition.say("截至", "as of"), edition.say("规则库摘要", "corpus digest")]
    writer.writerow([*heads, *marks])
    for row in Matrix(edition).rows():
        cells = [_cell(row[column.name]) for column in COLUMNS]
        writer.writerow([*cells, edition.as_of.isoformat(), edition.corpus.digest])
    return (BOM + table.getvalue()).encode()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else csv_cell(value)
