"""The file a workbook comes in, looked over before anything is unpacked or run.

An .xlsx file is a ZIP archive of XML parts. What could harm whoever opens it, or would be opened
without being understood, is refused here: archives that unpack to far more than they are, macros,
links to other files, passwords, parts that define entities.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.files import read_bytes

SUFFIX = ".xlsx"
OTHERS = (".xls", ".xlsm", ".xlsb", ".xltx", ".xltm", ".ods", ".et", ".ett", ".numbers")
"""What other spreadsheets are called: to be saved as .xlsx first."""
MAX_PARTS = 2_000
MAX_PART = 32 * 2**20
MAX_WHOLE = 64 * 2**20
MAX_RATIO = 200
SMALL = 2**20
"""Below this many bytes a part may be packed as tightly as it can."""
MAX_AREA = 20_000
"""How many cells one range that is opened cell by cell (merged, linked) may have."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK = "xl/workbook.xml"
_DECLARED = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_UTF8 = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_OPENED = re.compile(rb"<(?:[\w.-]+:)?(?:mergeCell|hyperlink)(?=[\s/>])")
_RANGE = re.compile(
    rb"[^>]*?\sref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7})"
    rb"(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?[\"']"
)
_TARGET = re.compile(rb"<(?:[\w.-]+:)?Relationship\s[^>]*>")
_FOREIGN = (
    ("vbaproject", Said("含有宏", "it holds macros")),
    ("macrosheets/", Said("含有宏表", "it holds macro sheets")),
    ("externallinks/", Said("链接到其他文件", "it links to other files")),
    ("connections.xml", Said("带有外部数据连接", "it holds data connections")),
    ("querytables/", Said("带有外部数据查询", "it holds data queries")),
    ("activex/", Said("带有 ActiveX 控件", "it holds ActiveX controls")),
    ("embeddings/", Said("嵌有其他文件", "other files are embedded in it")),
    ("ctrlprops/", Said("带有表单控件", "it holds form controls")),
)


def checked(path: Path) -> bytes:
    """The bytes of a workbook that may be opened. Raises Refused with everything against it."""
    raw = read_bytes(path, str(path))
    said = _not_a_zip(raw)
    if said is not None:
        raise Refused([Problem(said, str(path))])
    try:
        with ZipFile(BytesIO(raw)) as archive:
            problems = list(_against(archive))
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError, zlib.error) as error:
        said = Said(
            f"文件损坏，不是完整的工作簿：{error}", f"damaged, not a whole workbook: {error}"
        )
        raise Refused([Problem(said, str(path))]) from None
    if problems:
        raise Refused(Problem(said, str(path)) for said in problems)
    return raw


def _not_a_zip(raw: bytes) -> Said | None:
    if raw.startswith(_OLE) and _ENCRYPTED in raw:
        return Said(
            "设有打开密码，请取消密码后再交", "it is protected by a password; save it without one"
        )
    if raw.startswith(_OLE):
        return Said("是旧版 .xls 文件，请另存为 .xlsx", "it is an old .xls file; save it as .xlsx")
    if not raw.startswith(b"PK\x03\x04"):
        return Said(
            "不是 .xlsx 工作簿（可能只是改了扩展名），请用表格软件另存为 .xlsx",
            "is not an .xlsx workbook, whatever it is called; save it as .xlsx",
        )
    return None


def _against(archive: ZipFile) -> Iterator[Said]:
    """Everything against an archive: first what is declared of its parts, then what is in them."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    declared = list(_declared(parts))
    yield from declared
    if declared:
        return
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis"):
        yield Said("是 .ods 文件，请另存为 .xlsx", "it is an .ods file; save it as .xlsx")
        return
    if _BOOK not in names:
        yield Said(
            "压缩包里没有 Excel 工作簿，请另存为 .xlsx",
            "there is no Excel workbook in the archive; save it as .xlsx",
        )
        return
    lower = [name.lower() for name in names]
    for piece, said in _FOREIGN:
        if any(piece in name for name in lower):
            yield _save_without(said)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            yield from _in_part(part.filename, archive.read(part))


def _declared(parts: list[ZipInfo]) -> Iterator[Said]:
    if len(parts) > MAX_PARTS:
        yield Said(f"压缩包里的文件超过 {MAX_PARTS} 个", f"more than {MAX_PARTS} parts")
    if len({part.filename for part in parts}) < len(parts):
        yield Said("压缩包里有同名文件", "two parts of the archive have one name")
    if any(part.flag_bits & 1 for part in parts):
        yield Said("设有密码，请取消密码后再交", "it is protected by a password")
    whole = sum(part.file_size for part in parts)
    if whole > MAX_WHOLE or any(part.file_size > MAX_PART for part in parts):
        yield Said(
            f"解压后过大（超过 {MAX_WHOLE // 2**20} MB，或者一张表超过 {MAX_PART // 2**20} MB；"
            "是否给整列设了格式？）",
            f"unpacks to more than {MAX_WHOLE // 2**20} MB, or {MAX_PART // 2**20} MB in one part",
        )
    elif any(
        part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    ):
        yield Said(
            f"压缩比超过 {MAX_RATIO} 倍，可能是压缩炸弹",
            f"packed more than {MAX_RATIO} times smaller: it may be a zip bomb",
        )


def _in_part(name: str, content: bytes) -> Iterator[Said]:
    """What is against one part, read as text before any XML parser sees it."""
    declared = _DECLARED.match(content[:400])
    if b"\0" in content or (declared and declared[1].lower() not in _UTF8):
        yield Said(f"{name} 不是 UTF-8 文本", f"{name} is not UTF-8")
        return
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield Said(f"{name} 定义了实体，不接受", f"{name} defines entities, which is refused")
    if name.endswith(".rels"):
        if any(map(_leads_out, _TARGET.findall(content))):
            yield _save_without(Said("链接到其他文件", "it links to other files"))
    elif name == "[Content_Types].xml" and b"macroEnabled" in content:
        yield _save_without(Said("含有宏", "it holds macros"))
    elif name.startswith("xl/worksheets/"):
        for found in _OPENED.finditer(content):
            ranged = _RANGE.match(content, found.end())
            if ranged is None or _area(ranged) > MAX_AREA:
                yield Said(
                    f"{name} 里有过大或写得不对的合并单元格、超链接区域",
                    f"{name} merges or links a range that is too large or not well written",
                )
                return


def _leads_out(relationship: bytes) -> bool:
    """Whether a part outside is to be fetched; an address to click on is not."""
    return b"External" in relationship and b"/hyperlink" not in relationship


def _area(found: re.Match[bytes]) -> int:
    left, top, right, bottom = found.groups()
    if right is None:
        return 1
    wide = abs(_column(right) - _column(left)) + 1
    return wide * (abs(int(bottom) - int(top)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _save_without(said: Said) -> Said:
    return Said(f"{said.zh}，不接受；请去掉后另存为 .xlsx", f"{said.en}: refused; save it without")
