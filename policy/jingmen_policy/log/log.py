"""A decision log: receipts in a database, appended and never changed, each chained to the last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.log.draft import Draft
from jingmen_policy.log.errors import NoReceipt, Unreachable
from jingmen_policy.log.place import place
from jingmen_policy.log.receipt import (
    Receipt,
    Sealed,
    content,
    parse_id,
    receipt_id,
    spelt_time,
)
from jingmen_policy.log.verify import Head, Verified
from jingmen_policy.log.writer import Handed, Writer

if TYPE_CHECKING:
    from jingmen_policy.log.database import Database

WAITING = 10_000
"""How many receipts may wait to be stored."""
GROUP = 500
"""How many are stored at a time, at most."""
BUSY = 10.0
"""Seconds to wait for others that write to the same log."""
_PAGE = 1000
_HEAD = re.compile(r"(0|[1-9][0-9]{0,17})-([0-9a-f]{16,64})")
_DRAFT = [field.name for field in fields(Draft)]


class Log:
    """An open log, from ``Log.open``. Safe to share between threads; several processes may append.

    A receipt that ``append`` gave, or that the future of ``submit`` holds, is on the disk.
    """

    def __init__(self, database: Database, waiting: int, group: int) -> None:
        self._database = database
        self._writer = Writer(self._store, waiting, group)

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        create: bool = True,
        waiting: int = WAITING,
        group: int = GROUP,
        busy: float = BUSY,
    ) -> Self:
        """The log in a file or at a URL; made where there is none, unless ``create`` is false.

        Raises Refused for a place that holds no log or one of another version, and Unreachable.
        """
        url = place(where)
        from jingmen_policy.log.database import Database

        return cls(Database.open(url, create=create, busy=busy), waiting, group)

    @staticmethod
    def upgrade(where: str | Path, *, busy: float = BUSY) -> tuple[str, str]:
        """Brings a log's tables up to date: their version before, and now.

        Raises Refused and Unreachable.
        """
        url = place(where)
        from jingmen_policy.log.database import Database

        return Database.upgrade(url, busy=busy)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stores what waits, then lets go of the database."""
        self._writer.close()
        self._database.close()

    @property
    def place(self) -> str:
        """The file, or the URL without its password."""
        return self._database.place

    @property
    def waiting(self) -> int:
        """How many receipts wait to be stored, about."""
        return self._writer.waiting

    def submit(self, draft: Draft) -> Future[Receipt]:
        """Hands a draft in. The future holds the receipt once it is on the disk, or NotStored.

        Raises Full where as many wait as may, Closed, and ValueError for what no log can hold.
        """
        promised: Future[Receipt] = Future()
        self._writer.hand(Handed(draft, content(draft), promised))
        return promised

    def append(self, draft: Draft) -> Receipt:
        """Stores a draft and waits for it. Raises NotStored, Full and Closed."""
        return self.submit(draft).result()

    def get(self, identity: str) -> Receipt:
        """The receipt of an id, or of a number alone. Raises NoReceipt, and Refused for no id."""
        number, beginning = parse_id(identity)
        from jingmen_policy.log.tables import RECEIPTS

        found = self._database.rows(RECEIPTS.select().where(RECEIPTS.c.number == number))
        if not found:
            said = Said(f"没有第 {number} 号回执", f"there is no receipt {number}")
            raise NoReceipt([Problem(said, self.place)])
        here = receipt_id(number, found[0].hash)
        if not found[0].hash.startswith(beginning):
            said = Said(
                f"第 {number} 号是 {here}，不是 {identity}：编号出自另一份记录，或者记录被改写过",
                f"receipt {number} is {here}, not {identity}:"
                " the id is another log's, or the log was rewritten",
            )
            raise NoReceipt([Problem(said, self.place)])
        return self._receipt(found[0])

    def receipts(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        before: int | None = None,
        limit: int | None = None,
        newest: bool = False,
    ) -> Iterator[Receipt]:
        """Receipts in order, or the newest first, in bounded memory.

        ``since`` is included, ``until`` is not; ``before`` is a number that is not reached.
        """
        from jingmen_policy.log.tables import RECEIPTS

        number, time = RECEIPTS.c.number, RECEIPTS.c.time
        query = RECEIPTS.select().order_by(number.desc() if newest else number)
        if since is not None:
            query = query.where(time >= spelt_time(since))
        if until is not None:
            query = query.where(time < spelt_time(until))
        if before is not None:
            query = query.where(number < before)
        page, left = query, limit
        while left is None or left > 0:
            size = _PAGE if left is None else min(left, _PAGE)
            found = self._database.rows(page.limit(size))
            yield from map(self._receipt, found)
            if len(found) < size:
                return
            last = found[-1].row.number
            page = query.where(number < last if newest else number > last)
            left = None if left is None else left - size

    def head(self) -> Head:
        """The last receipt's number and hash, to be noted where the log's keeper cannot reach."""
        return self._database.head()

    def verify(self, head: str | None = None) -> Verified:
        """Reads the whole log and says what of it is changed, missing, inserted or swapped.

        ``head`` is one that was noted before (``Head.text``, or a receipt's id): with it a log that
        was cut or rewritten since is found as well. Raises Refused for what is no head.
        """
        return self._database.read_through(None if head is None else _noted(head)).done()

    def _store(self, handed: Sequence[Handed]) -> list[Receipt]:
        now = datetime.now(UTC)
        made = self._database.append([one.content for one in handed], spelt_time(now))
        return [_receipt(one.draft, sealed, now) for one, sealed in zip(handed, made, strict=True)]

    def _receipt(self, sealed: Sealed) -> Receipt:
        try:
            return Receipt.of(sealed)
        except (TypeError, ValueError) as error:
            number = sealed.row.number
            said = Said(
                f"第 {number} 号回执无法读出，请用 jingmen log verify 查验：{error}",
                f"receipt {number} cannot be read; see jingmen log verify: {error}",
            )
            raise Unreachable(said) from error


def _receipt(draft: Draft, sealed: Sealed, time: datetime) -> Receipt:
    given: dict[str, Any] = {name: getattr(draft, name) for name in _DRAFT}
    row = sealed.row
    return Receipt(
        id=receipt_id(row.number, sealed.hash),
        number=row.number,
        time=time,
        previous=row.previous,
        hash=sealed.hash,
        **given,
    )


def _noted(head: str) -> tuple[int, str]:
    found = _HEAD.fullmatch(head.strip().lower())
    if found is None:
        said = Said(
            f"应为 jingmen log head 写出的末端，或者一份回执的编号，不是“{head[:80]}”",
            f"expected what jingmen log head prints, or a receipt's id, not '{head[:80]}'",
        )
        raise Refused([Problem(said)])
    return int(found[1]), found[2]
