"""The exports by name: what each writes, and what it needs installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.exports.edition import Edition

EXTRA = "exports"


@dataclass(frozen=True, slots=True)
class Format:
    """``suffixes`` are those a file may have, so that it opens with what reads it."""

    module: str
    suffixes: tuple[str, ...]
    about: Said
    several: bool = False


FORMATS: Mapping[str, Format] = {
    "akn": Format("akn", (".xml", ".akn"), Said("Akoma Ntoso 3.0", "Akoma Ntoso 3.0")),
    "matrix-xlsx": Format(
        "matrix_xlsx", (".xlsx",), Said("条文与规则对照表，Excel", "traceability matrix, Excel")
    ),
    "matrix-csv": Format(
        "matrix_csv", (".csv",), Said("条文与规则对照表，CSV", "traceability matrix, CSV")
    ),
    "docx": Format("docx", (".docx",), Said("带规则注释的方案，Word", "annotated plan, Word")),
    "oscal": Format(
        "oscal",
        (".json",),
        Said("OSCAL 目录和映射，两个文件", "OSCAL catalog and mapping, two files"),
        several=True,
    ),
    "annotations": Format(
        "annotations",
        (".json", ".jsonld"),
        Said("W3C 网络标注", "W3C Web Annotations of the anchors"),
    ),
}


def exported(edition: Edition, name: str, file: str) -> Mapping[str, bytes]:
    """What an export makes of an edition: the bytes of each file, the first being ``file``.

    Raises Refused where what it needs is not installed or the file has another suffix.
    """
    chosen = FORMATS[name]
    if not file.lower().endswith(chosen.suffixes):
        zh, en = "或 ".join(chosen.suffixes), " or ".join(chosen.suffixes)
        said = Said(f"文件名应以 {zh} 结尾", f"the file should end in {en}")
        raise Refused([Problem(said, file)])
    make = _maker(chosen)
    if chosen.several:
        several: Mapping[str, bytes] = make(edition, file)
        return several
    return {file: make(edition)}


def _maker(chosen: Format) -> Callable[..., Any]:
    try:
        module = import_module(f"jingmen_policy.exports.{chosen.module}")
    except ImportError as error:
        wanted = f"pip install 'jingmen-policy[{EXTRA}]'"
        said = Said(f"导出需要另装 {error.name}：{wanted}", f"exports need {error.name}: {wanted}")
        raise Refused([Problem(said)]) from None
    maker: Callable[..., Any] = module.export
    return maker
