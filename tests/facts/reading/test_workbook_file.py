"""Workbooks that are refused before anything in them is opened."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from jingmen_facts.reading import workbook_file
from jingmen_facts.reading.workbook_file import checked
from support.ledgers import ledger, refusal, repacked


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return ledger(tmp_path_factory.mktemp("台账") / "台账.xlsx").read_bytes()


@pytest.fixture
def path(shipped: bytes, tmp_path: Path) -> Path:
    copy = tmp_path / "台账.xlsx"
    copy.write_bytes(shipped)
    return copy


def test_the_shipped_ledger_is_let_through(path: Path) -> None:
    assert checked(path) == path.read_bytes()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (OLE, "是旧版 .xls 文件，请另存为 .xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
        (b"a,b\n1,2\n", "不是 .xlsx 工作簿"),
        (b"", "不是 .xlsx 工作簿"),
        (b"PK\x03\x04" + b"\0" * 40, "文件损坏"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, why: str, path: Path) -> None:
    path.write_bytes(content)
    (line,) = refusal(path)
    assert line.startswith(f"台账.xlsx: {why}")


def test_a_workbook_cut_short_is_refused(path: Path, shipped: bytes) -> None:
    path.write_bytes(shipped[: len(shipped) // 2])
    assert "文件损坏" in refusal(path)[0]


@pytest.mark.parametrize("suffix", [".xls", ".xlsm", ".xlsb", ".ods", ".et"])
def test_other_spreadsheets_are_to_be_saved_as_xlsx(
    suffix: str, path: Path, tmp_path: Path
) -> None:
    other = path.rename(tmp_path / f"台账{suffix}")
    assert "请用表格软件另存为 .xlsx" in refusal(other)[0]


def add(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: content})


def instead(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return change


FIRST = "xl/worksheets/sheet4.xml"
IMAGE = (
    b'<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/image" Target="http://example.org/a.png" TargetMode="External"/>'
    b"</Relationships>"
)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (add("xl/vbaProject.bin"), "含有宏"),
        (instead("[Content_Types].xml", b".sheet.main+xml", b".macroEnabled.main+xml"), "含有宏"),
        (add("xl/externalLinks/externalLink1.xml", b"<externalLink/>"), "链接到其他文件"),
        (instead("xl/_rels/workbook.xml.rels", b"</Relationships>", IMAGE), "链接到其他文件"),
        (add("xl/connections.xml", b"<connections/>"), "外部数据连接"),
        (add("xl/queryTables/queryTable1.xml", b"<q/>"), "外部数据查询"),
        (add("xl/embeddings/oleObject1.bin"), "嵌有其他文件"),
        (add("xl/activeX/activeX1.xml", b"<a/>"), "ActiveX"),
        (instead(FIRST, b"<sheetPr>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><sheetPr>"), "定义了实体"),
        (add("xl/a.xml", "<a/>".encode("utf-16")), "不是 UTF-8"),
        (add("xl/a.xml", b'<?xml version="1.0" encoding="utf-7"?><a/>'), "不是 UTF-8"),
        (
            instead(
                FIRST, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/>'
            ),
            "过大或写得不对的合并单元格",
        ),
        (
            instead(
                FIRST, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1&#58;B2"/>'
            ),
            "过大或写得不对的合并单元格",
        ),
        (
            instead(
                FIRST, b"</sheetData>", b"</sheetData><hyperlinks><hyperlink ref='A1:Z99999'/>"
            ),
            "超链接",
        ),
        (lambda parts: parts.pop("xl/workbook.xml") and None, "没有 Excel 工作簿"),
        (
            add("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            "是 .ods 文件，请另存为 .xlsx",
        ),
    ],
)
def test_what_could_harm_is_refused(
    change: Callable[[dict[str, bytes]], None], why: str, path: Path
) -> None:
    assert any(why in line for line in refusal(repacked(path, change)))


def test_everything_against_a_workbook_is_said_at_once(path: Path) -> None:
    def both(parts: dict[str, bytes]) -> None:
        parts["xl/vbaProject.bin"] = parts["xl/connections.xml"] = b"x"

    assert len(refusal(repacked(path, both))) == 2


def bomb(path: Path, name: str, megabytes: int) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"\0" * megabytes * 2**20)


def test_a_bomb_is_refused_before_it_is_unpacked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb(path, "xl/media/image1.png", 8)

    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    assert "压缩炸弹" in refusal(path)[0]
    bomb_of_one = BytesIO(path.read_bytes())
    assert bomb_of_one.getbuffer().nbytes < 2**20


def test_a_workbook_that_unpacks_to_too_much_is_refused(path: Path) -> None:
    bomb(path, "xl/media/image1.png", workbook_file.MAX_PART // 2**20 + 1)
    assert "解压后过大" in refusal(path)[0]


def repeat(path: Path, name: str) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"")


def test_too_many_parts_and_two_of_one_name_are_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(workbook_file.MAX_PARTS):
            archive.writestr(f"xl/{number}", b"")
    with pytest.warns(UserWarning, match="Duplicate name"):
        repeat(path, "xl/0")
    lines = refusal(path)
    assert "文件超过 2000 个" in lines[0]
    assert "有同名文件" in lines[1]


def test_a_part_locked_with_a_password_is_refused(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    entry = raw.index(b"PK\x01\x02")
    raw[entry + 8] |= 1
    path.write_bytes(bytes(raw))
    assert "设有密码" in refusal(path)[0]


def test_a_link_to_click_on_is_no_link_to_another_file(path: Path) -> None:
    link = IMAGE.replace(b"/image", b"/hyperlink")
    change = instead("xl/_rels/workbook.xml.rels", b"</Relationships>", link)
    checked(repacked(path, change))


def test_without_openpyxl_it_is_said_what_to_install(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert refusal(path) == [
        "台账.xlsx: 读写 .xlsx 需要另装 openpyxl：pip install 'jingmen-policy[office]'"
    ]
