"""What of a workbook does not come over into a copy that openpyxl saves."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from jingmen_facts.problems import Said
from jingmen_facts.reading.workbook_file import checked

_LOST = (
    ("xl/drawings/", (b":sp>", b":sp ", b":cxnSp", b":grpSp"), Said("图形、文本框", "shapes")),
    ("xl/worksheets/", (b":dataValidations",), Said("新版格式的下拉列表", "newer drop-downs")),
    (
        "xl/worksheets/",
        (b":conditionalFormattings",),
        Said("新版格式的条件格式", "newer conditional formats"),
    ),
    ("xl/worksheets/", (b":sparklineGroups",), Said("迷你图", "sparklines")),
    ("xl/worksheets/", (b"<picture",), Said("背景图片", "background pictures")),
    ("xl/threadedComments/", (b"",), Said("会话式批注", "threaded comments")),
    ("xl/slicers/", (b"",), Said("切片器", "slicers")),
    ("xl/timelines/", (b"",), Said("日程表", "timelines")),
    ("customXml/", (b"",), Said("自定义数据", "custom data")),
)
_PICTURES = Said("图片", "pictures")


def lost(source: Path) -> list[Said]:
    """A note that names what the copy lacks; nothing where it lacks nothing."""
    found: list[Said] = []
    with ZipFile(BytesIO(checked(source))) as archive:
        names = archive.namelist()
        for folder, marks, said in _LOST:
            parts = (archive.read(name) for name in names if name.startswith(folder))
            if any(mark in part for part in parts for mark in marks):
                found.append(said)
        if find_spec("PIL") is None and any(name.startswith("xl/media/") for name in names):
            found.append(_PICTURES)
    if not found:
        return []
    zh, en = "、".join(said.zh for said in found), ", ".join(said.en for said in found)
    return [Said(f"结果中没有带入：{zh}（原台账不变）", f"not in the copy: {en}")]
