"""A receipt: a decision with its place in a log, sealed and chained to the one before it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, NamedTuple, Self

from pydantic import TypeAdapter, ValidationError

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.log.draft import Draft

FORMAT: Literal["jingmen-receipt/1"] = "jingmen-receipt/1"
SHOWN = 16
"""How much of the hash an id has."""
_ID = re.compile(rf"([1-9][0-9]{{0,17}})(?:-([0-9a-f]{{{SHOWN},64}}))?")
_BREAKS = re.compile("[\x00\ud800-\udfff]")


class Row(NamedTuple):
    """A receipt as it is stored: what is sealed are these very texts, in this order.

    ``readings`` and ``rules`` are JSON; ``rules`` is None where all were asked for.
    """

    number: int
    time: str
    previous: str
    corpus: str
    corpus_sha256: str
    readings: str
    as_of: str
    rules: str | None
    input_sha256: str
    findings_sha256: str
    engine: str
    package: str


class Sealed(NamedTuple):
    """A row and its hash."""

    row: Row
    hash: str


class Content(NamedTuple):
    """The columns of a row that a draft decides."""

    corpus: str
    corpus_sha256: str
    readings: str
    as_of: str
    rules: str | None
    input_sha256: str
    findings_sha256: str
    engine: str
    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Draft):
    """``id`` is the number and the beginning of the hash, so that whoever has noted an id has noted
    what the receipt said. ``previous`` is the hash of the receipt before; of the first it is the
    log's own mark.
    """

    format: Literal["jingmen-receipt/1"] = FORMAT
    id: str
    number: int
    time: datetime
    previous: str
    hash: str

    @classmethod
    def of(cls, sealed: Sealed) -> Self:
        """The receipt in a row. Raises ValueError where the row holds something else."""
        row = sealed.row
        return cls(
            id=receipt_id(row.number, sealed.hash),
            number=row.number,
            time=datetime.fromisoformat(row.time),
            previous=row.previous,
            hash=sealed.hash,
            corpus=row.corpus,
            corpus_sha256=row.corpus_sha256,
            readings=json.loads(row.readings),
            as_of=date.fromisoformat(row.as_of),
            rules=None if row.rules is None else tuple(json.loads(row.rules)),
            input_sha256=row.input_sha256,
            findings_sha256=row.findings_sha256,
            engine=row.engine,
            package=row.package,
        )

    @property
    def row(self) -> Row:
        return Row(self.number, spelt_time(self.time), self.previous, *content(self))


RECEIPT = TypeAdapter(Receipt)


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """What ``jingmen log show --format json`` prints; its schema is ``receipt.schema.json``."""
    shown: dict[str, Any] = RECEIPT.dump_python(receipt, mode="json")
    return shown


def read_receipt(text: str | bytes, source: str = "") -> Receipt:
    """A receipt from its JSON. Raises Refused where it is none, or not as it was sealed."""
    try:
        receipt = RECEIPT.validate_json(text)
    except ValidationError as error:
        raise Refused(
            Problem(
                Said(f"不是回执：{one['msg']}", f"not a receipt: {one['msg']}"),
                source,
                field=".".join(map(str, one["loc"])),
            )
            for one in error.errors()
        ) from None
    try:
        whole = seal(receipt.row) == receipt.hash and receipt.id == receipt_id(
            receipt.number, receipt.hash
        )
    except ValueError:
        whole = False
    if not whole:
        said = Said(
            "回执与其哈希不符：写出之后被改动过",
            "the receipt does not agree with its hash: it was changed after it was written",
        )
        raise Refused([Problem(said, source)])
    return receipt


def content(draft: Draft) -> Content:
    """What a draft puts into a row. Raises ValueError for texts that no log could keep."""
    made = Content(
        draft.corpus,
        draft.corpus_sha256,
        _json(draft.readings),
        draft.as_of.isoformat(),
        None if draft.rules is None else _json(draft.rules),
        draft.input_sha256,
        draft.findings_sha256,
        draft.engine,
        draft.package,
    )
    for text in made:
        if text is not None and _BREAKS.search(text):
            raise ValueError(f"a receipt cannot hold {text!r}")
    return made


def _json(value: Mapping[str, str] | Sequence[str]) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def seal(row: Sequence[object]) -> str:
    """SHA-256 over the format and every column, each preceded by its length in bytes.

    ``17:jingmen-receipt/1,1:1,...``; a column that holds nothing is ``-,``. Raises ValueError for
    what no column holds.
    """
    digest = hashlib.sha256(b"%d:%b," % (len(FORMAT), FORMAT.encode()))
    parts: list[bytes] = []
    for value in row:
        if isinstance(value, str):
            raw = value.encode()
        elif isinstance(value, bytes):
            raw = value
        elif type(value) is int:
            raw = b"%d" % value
        elif value is None:
            parts.append(b"-,")
            continue
        else:
            raise ValueError(f"no column of a receipt holds {value!r}")
        parts.append(b"%d:%b," % (len(raw), raw))
    digest.update(b"".join(parts))
    return digest.hexdigest()


def origin(log: str, created: str) -> str:
    """What the first receipt of a log is chained to: the log's random id and its beginning."""
    parts = [one.encode() for one in ("jingmen-log/1", log, created)]
    return hashlib.sha256(b"".join(b"%d:%b," % (len(one), one) for one in parts)).hexdigest()


def receipt_id(number: int, hashed: str) -> str:
    return f"{number}-{hashed[:SHOWN]}"


def parse_id(text: str) -> tuple[int, str]:
    """The number an id names, and the beginning of the hash ('' where only the number is given).

    Raises Refused.
    """
    found = _ID.fullmatch(text.strip().lower())
    if found is None:
        said = Said(
            f"应为回执编号，如 17-3f9a0c5b7d21e846，不是“{text[:80]}”",
            f"expected the id of a receipt, such as 17-3f9a0c5b7d21e846, not '{text[:80]}'",
        )
        raise Refused([Problem(said)])
    return int(found[1]), found[2] or ""


def spelt_time(time: datetime) -> str:
    """UTC to the microsecond, always as long.

    >>> spelt_time(datetime(2022, 6, 30, 8, 0, tzinfo=UTC))
    '2022-06-30T08:00:00.000000Z'
    """
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
