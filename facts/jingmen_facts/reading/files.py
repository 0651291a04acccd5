"""Text out of files: bounded in size, in a known encoding, or refused."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from jingmen_facts.problems import Problem, Refused, Said

MAX_BYTES = 16 * 1024 * 1024
_BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_CJK = re.compile("[\u3400-\u9fff]")


def read_text(path: Path, *, legacy: bool = False) -> tuple[str, str]:
    """The text of a file and its encoding: ``utf-8``, or with ``legacy`` also ``gb18030``.

    Raises Refused where there is no such file, it is too large, or it is not text.
    """
    source = str(path)
    raw = read_bytes(path, source)
    for bom, name in _BOMS:
        if raw.startswith(bom):
            raise _refused(source, *_looks_like(name))
    if (nul := raw.find(b"\0")) >= 0:
        raise _refused(
            source,
            "含有空字节，不是文本文件（电子表格请另存为 CSV）",
            "holds a NUL byte, so it is not text (save a spreadsheet as CSV)",
            _line_of(raw, nul),
        )
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        return _otherwise(raw, source, error, legacy=legacy)


def read_bytes(path: Path, source: str) -> bytes:
    """A file's bytes. Raises Refused where there is no such file, or it is too large."""
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES:
            return path.read_bytes()
    except FileNotFoundError:
        raise _refused(source, "文件不存在", "there is no such file") from None
    except PermissionError:
        raise _refused(source, "没有读取权限", "no permission to read it") from None
    except (OSError, ValueError) as error:
        raise _refused(source, f"无法读取：{error}", f"cannot be read: {error}") from None
    if stat.S_ISDIR(found.st_mode):
        raise _refused(source, "是文件夹，不是文件", "is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        raise _refused(source, "不是普通文件", "is not a regular file")
    limit = MAX_BYTES // 2**20
    raise _refused(source, f"文件超过 {limit} MB", f"the file is larger than {limit} MB")


def _otherwise(
    raw: bytes, source: str, error: UnicodeDecodeError, *, legacy: bool
) -> tuple[str, str]:
    line = _line_of(raw, error.start)
    if error.reason == "unexpected end of data" or _damaged_utf8(raw):
        raise _refused(
            source,
            "不是完整的 UTF-8 文本，文件可能被截断或损坏",
            "is not whole UTF-8 text; the file may be truncated or damaged",
            line,
        ) from None
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        raise _refused(
            source, "既不是 UTF-8 也不是 GBK 文本", "is neither UTF-8 nor GBK text", line
        ) from None
    if not legacy:
        raise _refused(source, *_looks_like("GBK"), line) from None
    return text, "gb18030"


def _damaged_utf8(raw: bytes) -> bool:
    """Whether bytes that are not UTF-8 mostly are: GBK so misread gives hardly a Chinese word."""
    misread = raw.decode("utf-8", errors="replace")
    return len(_CJK.findall(misread)) > misread.count("\ufffd")


def _looks_like(name: str) -> tuple[str, str]:
    return (
        f"看起来是 {name} 编码，请另存为 UTF-8",
        f"looks like {name}; save it as UTF-8",
    )


def _line_of(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1


def _refused(source: str, zh: str, en: str, line: int | None = None) -> Refused:
    return Refused([Problem(Said(zh, en), source, line)])
