"""Signature files: one for a rule, ``signatures/RULE.yaml``, that diffs line by line.

A file holds records, the last being the one that counts. A record has what was signed, in words; a
hash of each of its parts; and those who signed it, each sealed by a hash over name, role, day, note
and the hashes of the parts. Whatever is edited by hand no longer agrees with its hash. Hashes say
that a file is whole, not who wrote it: that is for the history the file is kept in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_facts.scalars import Day
from jingmen_policy.corpus.place import Place
from jingmen_policy.review.content import Tree, digest
from jingmen_policy.review.outcomes import CardFile

FORMAT: Literal["jingmen-signature/1"] = "jingmen-signature/1"
HEAD = "# 由 jingmen sign 写成，不要手改：改动任何一处，散列值即不相符。\n"
_SHA = r"^[0-9a-f]{64}$"
Sha = Annotated[str, Field(pattern=_SHA)]
Text = Annotated[str, Field(min_length=1)]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hashes(_Written):
    """One for each part; ``shown`` is what was shown beside them and voids nothing."""

    words: Sha
    meaning: Sha
    readings: Sha
    outcomes: Sha
    shown: Sha


class SignatureFile(_Written):
    by: Text
    role: Text
    on: Day
    note: Text | None = None
    seal: Sha


class Shown(_Written):
    """The title, the whole sentences and the wording as they were when it was signed."""

    title: str
    sentences: dict[str, str]
    versions: dict[str, Any]


class Content(_Written):
    words: dict[str, Any]
    meaning: dict[str, Any]
    readings: dict[str, Any]
    outcomes: dict[str, CardFile]
    shown: Shown


class Record(_Written):
    hashes: Hashes
    signatures: Annotated[tuple[SignatureFile, ...], Field(min_length=1)]
    content: Content


class RuleSignatures(_Written):
    format: Literal["jingmen-signature/1"]
    rule: Text
    records: Annotated[tuple[Record, ...], Field(min_length=1)]


class Tampered(Refused):
    """A file that is written as it should be, but does not agree with its hashes."""


def hashes_of(content: Mapping[str, Tree]) -> dict[str, str]:
    """The hash of each part of what is signed."""
    return {name: digest(name, content[name]) for name in Hashes.model_fields}


def seal(  # what a signature is
    rule: str, hashes: Mapping[str, str], by: str, role: str, on: date, note: str | None
) -> str:
    """The hash that holds a signature and what it is under together."""
    signed: dict[str, Tree] = {
        "rule": rule,
        "hashes": dict(hashes),
        "by": by,
        "role": role,
        "on": on.isoformat(),
        "note": note,
    }
    return digest("seal", signed)


def read_signatures(path: Path) -> tuple[RuleSignatures, Located]:
    """A file, with its lines. Raises Refused where it is malformed, Tampered where it was edited.

    What is hashed is what the file holds, not what the models make of it.
    """
    text, _ = read_text(path)
    located = read_yaml(text, str(path))
    try:
        found = RuleSignatures.model_validate(located.value)
    except ValidationError as error:
        raise Refused(problems_of(error, located, RuleSignatures)) from None
    place = Place(located)
    if f"{found.rule}.yaml" != path.name:
        (place / "rule").wrong(
            f"文件名应为 {found.rule}.yaml", f"the file should be called {found.rule}.yaml"
        )
        raise Refused(place.found)
    for number, record in enumerate(found.records):
        _check(found.rule, record, located.value["records"][number], place / "records" / number)
    if place.found:
        raise Tampered(place.found)
    return found, located


def _check(rule: str, record: Record, raw: Mapping[str, Any], place: Place) -> None:
    hashes = record.hashes.model_dump()
    for name, expected in hashes.items():
        if digest(name, raw["content"][name]) != expected:
            (place / "content" / name).wrong(
                "与签字时的散列值不符：签字后被改动",
                "does not agree with its hash: edited after it was signed",
            )
    for number, one in enumerate(record.signatures):
        if seal(rule, hashes, one.by, one.role, one.on, one.note) != one.seal:
            (place / "signatures" / number).wrong(
                "签字与散列值不符：姓名、职务、日期、备注或所签内容被改动",
                "does not agree with its seal: name, role, day, note or what was signed was edited",
            )


def written(rule: str, records: Sequence[Mapping[str, Any]]) -> str:
    """A file of records, as text."""
    return HEAD + _dumped({"format": FORMAT, "rule": rule, "records": list(records)})


def raw_records(located: Located) -> list[dict[str, Any]]:
    """The records of a file just as it holds them."""
    return [dict(record) for record in located.value["records"]]


class _Line(dict[str, Any]):
    """A mapping written on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes what ``read_yaml`` takes as text without quotes, unless it would read as nothing."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, form) for tag, form in known if tag.endswith(":null")]
        for first, known in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Text with line breaks in quotes, with escapes: what would fold them loses the rarer ones."""
    quoted = '"' if text.splitlines() not in ([], [text]) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=quoted)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    _Line,
    lambda dumper, value: dumper.represent_mapping(
        "tag:yaml.org,2002:map", value.items(), flow_style=True
    ),
)


def _dumped(document: Any) -> str:
    return str(
        yaml.dump(
            _on_lines(document),
            Dumper=_Dumper,
            allow_unicode=True,
            default_flow_style=False,
            sort_keys=False,
            width=2**20,
        )
    )


def _on_lines(value: Any, key: str = "") -> Any:
    """Plain values; the facts of a card on one line each."""
    if isinstance(value, Mapping):
        plain = {name: _on_lines(one, name) for name, one in value.items()}
        return _Line(plain) if key == "facts" else plain
    if isinstance(value, list | tuple):
        return [_on_lines(one) for one in value]
    return value


def strays(directory: Path, known: Mapping[str, Any]) -> Iterator[Problem]:
    """Files in the folder that are of no rule: of one that is gone, or that has another id now."""
    for path in sorted(directory.glob("*.yaml")) if directory.is_dir() else ():
        if path.stem not in known:
            said = Said(f"没有规则“{path.stem}”", f"there is no rule '{path.stem}'")
            yield Problem(said, str(path))
