"""The annex as data agrees with the annex as text; printed totals stay as printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jingmen_policy.text
from jingmen_facts.problems import Refused
from jingmen_policy.text.structure import parse_source
from jingmen_policy.text.table import Difference, Table, read_table

PLAN = Path(jingmen_policy.text.__file__).parent.parent / "plan"
YAML = (PLAN / "annex.yaml").read_bytes().decode()
ANNEX = read_table(YAML, "annex.yaml")
SOURCE = parse_source((PLAN / "source.md").read_bytes().decode())


def printed() -> list[list[str]]:
    """The annex in source.md: its header, its rows and its totals."""
    rows = [p for p in SOURCE.within("附件") if p.id.startswith("annex__r_")]
    return [row.text.split("\t") for row in rows]


def test_every_cell_and_label_is_that_of_the_text() -> None:
    header, *rows, totals = printed()
    assert header[1:] == [*ANNEX.columns, ANNEX.total_label]
    assert [row[0] for row in rows] == list(ANNEX.rows)
    assert ANNEX.title == SOURCE.passage("annex__title").text
    for label, *cells in rows:
        assert [*map(str, ANNEX.rows[label]), str(ANNEX.row_totals[label])] == cells
    said = [*(ANNEX.column_totals[column] for column in ANNEX.columns), ANNEX.grand_total]
    assert totals == ["总计", *map(str, said)]


def test_every_cell_is_that_of_the_received_text() -> None:
    received = (PLAN / "received.txt").read_bytes().decode().split("\n附件:\n")[1]
    numbers = [int(line) for line in re.findall(r"^(\d+) \|$", received, re.MULTILINE)]
    rows = [[*cells, ANNEX.row_totals[row]] for row, cells in ANNEX.rows.items()]
    totals = [*ANNEX.column_totals.values(), ANNEX.grand_total]
    assert numbers == [cell for row in rows for cell in row] + totals


def test_two_printed_column_totals_are_not_the_sums_and_the_errors_cancel() -> None:
    assert ANNEX.differences() == [Difference("2022年", 12, 11), Difference("2024年", 14, 15)]
    assert [ANNEX.column_totals[column] for column in ANNEX.columns] == [21, 12, 13, 14]
    assert [ANNEX.column_sum(column) for column in ANNEX.columns] == [21, 11, 13, 15]
    assert sum(map(ANNEX.row_sum, ANNEX.rows)) == ANNEX.grand_total == 60
    assert sum(ANNEX.column_totals.values()) == 60


def test_a_cell_has_an_id_and_an_address() -> None:
    assert ANNEX.cell("沙洋县", "2021年") == 4
    assert ANNEX.cell_id("沙洋县", "2021年") == "annex__r_1__c_2021"
    assert ANNEX.address("沙洋县", "2021年") == "附件 沙洋县·2021年"
    places = [(row, column) for row in ANNEX.rows for column in ANNEX.columns]
    assert len({ANNEX.cell_id(*place) for place in places}) == len(places) == 24


def test_a_cell_id_leads_to_the_row_of_its_county() -> None:
    for row in ANNEX.rows:
        passage = SOURCE.passage(ANNEX.cell_id(row, "2023年").rpartition("__")[0])
        assert passage.text.startswith(f"{row}\t")


@pytest.mark.parametrize("place", [("沙洋", "2021年"), ("沙洋县", "合计"), ("总计", "2021年")])
def test_a_cell_that_is_not_there_is_a_key_error(place: tuple[str, str]) -> None:
    for ask in (ANNEX.cell, ANNEX.cell_id, ANNEX.address):
        with pytest.raises(KeyError):
            ask(*place)


def test_columns_that_letters_and_figures_do_not_tell_apart_are_numbered_by_place() -> None:
    table = Table("t", "", "个", ("上", "下"), {"甲": (1, 2)}, "合计", {}, {}, 3)
    assert [table.cell_id("甲", column) for column in table.columns] == [
        "t__r_1__c_1",
        "t__r_1__c_2",
    ]


@given(st.data())
def test_a_table_read_is_the_table_written_and_only_wrong_totals_differ(
    data: st.DataObject,
) -> None:
    columns = [f"{2021 + n}年" for n in range(data.draw(st.integers(1, 4)))]
    count = data.draw(st.integers(1, 5))
    width = len(columns)
    cells = data.draw(
        st.lists(
            st.lists(st.integers(0, 10**6), min_size=width, max_size=width),
            min_size=count,
            max_size=count,
        )
    )
    rows = {f"县{n}": row for n, row in enumerate(cells)}
    sums = {
        **{name: sum(row) for name, row in rows.items()},
        **{column: sum(row[n] for row in cells) for n, column in enumerate(columns)},
        "合计": sum(map(sum, cells)),
    }
    wrong = {name: data.draw(st.integers(0, 2)) for name in sums}
    said = {name: sums[name] + wrong[name] for name in sums}
    lines = ["id: t", "title: 表", "unit: 个", "total_label: 合计"]
    lines += [f"columns: [{', '.join(columns)}]", "rows:"]
    for name, row in rows.items():
        shown = [f"{c}: {v}" for c, v in zip(columns, row, strict=True)]
        lines.append(f"  {name}: {{{', '.join(shown)}, 合计: {said[name]}}}")
    lines.append(f"printed: {{{', '.join(f'{c}: {said[c]}' for c in (*columns, '合计'))}}}")
    table = read_table("\n".join(lines), "t.yaml")
    assert {name: list(row) for name, row in table.rows.items()} == rows
    assert table.differences() == [
        Difference(name, said[name], sums[name]) for name in sums if wrong[name]
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "words"),
    [
        ("2021年: 4,", "", 8, "rows.沙洋县", "应恰有这些列"),
        ("2021年: 4", "2021年: 四", 8, "rows.沙洋县.2021年", "应为整数，不是“四”"),
        ("2021年: 4", "2021年: ４", 8, "rows.沙洋县.2021年", "应为整数，不是“４”"),
        ("2021年: 4", "2021年: -4", 8, "rows.沙洋县.2021年", "应为整数，不是“-4”"),
        ("2021年: 4", "2021年: 4.0", 8, "rows.沙洋县.2021年", "应为整数，不是“4.0”"),
        ("2021年: 4", "2021年: ", 8, "rows.沙洋县.2021年", "应为整数，不是“”"),
        ("printed:", "printde:", None, "printed", "应恰有这些列"),
        ("title: 荆门市", "titel: 荆门市", 3, "titel", "是否为“title”"),
        ("unit: 个", "unit: [个]", 4, "unit", "缺少 unit"),
        ("2022年, 2023年", "2021年, 2023年", 5, "columns", "列名重复"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(
    old: str, new: str, line: int | None, field: str, words: str
) -> None:
    assert old in YAML
    with pytest.raises(Refused) as refused:
        read_table(YAML.replace(old, new, 1), "annex.yaml")
    problems = refused.value.problems
    there = [problem for problem in problems if problem.field == field and words in problem.said.zh]
    assert there, refused.value
    assert there[0].source == "annex.yaml"
    assert line is None or there[0].line == line


@pytest.mark.parametrize("text", ["", "- 1", "甲", "id: annex"])
def test_a_text_that_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_table(text, "annex.yaml")
