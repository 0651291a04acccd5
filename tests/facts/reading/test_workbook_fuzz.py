"""Whatever a workbook holds, and however it is broken: facts, or a refusal. Nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from jingmen_facts import Refused
from support.ledgers import changed, ledger, read

SHEETS = ("社工站台账", "驻站社工花名册", "项目经费", "年度资金", "名单完整", "填报设置", "预填")
texts = st.text(st.characters(codec="utf-8"), max_size=8).map(
    lambda text: ILLEGAL_CHARACTERS_RE.sub("", text)
)
values = st.one_of(
    texts,
    st.sampled_from(
        ["是", "否", "无", "=A1", "=1/0", "#N/A", "10万元", "２０２１.７.３１", "/", "全部"]
    ),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(date(1900, 1, 1)),
    st.datetimes(datetime(1900, 1, 1)),
    st.times(),
    st.timedeltas(timedelta(), timedelta(days=9)),
)
edits = st.lists(
    st.tuples(st.sampled_from(SHEETS), st.integers(1, 8), st.integers(1, 12), values),
    min_size=1,
    max_size=8,
)


@cache
def shipped() -> bytes:
    with TemporaryDirectory() as folder:
        return ledger(Path(folder) / "台账.xlsx", "漳河新区").read_bytes()


def read_or_refused(raw: bytes) -> bool:
    """Whether it was read; anything but facts or a refusal is raised."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        path.write_bytes(raw)
        try:
            return len(read(path)) > 0
        except Refused as refused:
            if not all(problem.source.startswith(str(path)) for problem in refused.problems):
                raise AssertionError(refused.to("zh")) from None
            return False


@settings(max_examples=15)
@given(edits)
def test_any_value_in_any_cell(chosen: list[tuple[str, int, int, object]]) -> None:
    def change(book: Any) -> None:
        for title, row, column, value in chosen:
            book[title].cell(row, column).value = value

    with TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        path.write_bytes(shipped())
        changed(path, change)
        read_or_refused(path.read_bytes())


@settings(max_examples=60)
@given(st.data())
def test_any_bytes_changed_in_the_file(data: st.DataObject) -> None:
    raw = bytearray(shipped())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(raw[: data.draw(st.integers(len(raw) // 2, len(raw)))]))


@cache
def parts() -> dict[str, bytes]:
    with ZipFile(BytesIO(shipped())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@settings(max_examples=40)
@given(st.data())
def test_any_bytes_changed_in_a_part(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(parts())))
    content = bytearray(parts()[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        width = data.draw(st.integers(0, 6))
        content[place : place + width] = data.draw(
            st.sampled_from([b"", b"<", b">", b'"', b"9", b"99999", b"-1", b"x", b"&#0;", b"NaN"])
            | st.binary(max_size=4)
        )
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for part, old in parts().items():
            archive.writestr(part, bytes(content) if part == name else old)
    read_or_refused(packed.getvalue())


def test_the_workbook_the_fuzzing_starts_from_is_read() -> None:
    assert read_or_refused(shipped())
