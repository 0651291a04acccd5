"""What can go wrong with a log besides bad input, which is refused."""

from __future__ import annotations

from jingmen_facts.problems import Lang, Refused, Said


class LogError(RuntimeError):
    """Something a log could not do, told in both languages."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said.zh)

    def __reduce__(self) -> tuple[type[LogError], tuple[Said]]:
        return type(self), (self.said,)

    def to(self, lang: Lang) -> str:
        return self.said.to(lang)


class Unreachable(LogError):
    """The log's database cannot be opened or read."""


class NotStored(LogError):
    """No receipt was acknowledged. Only where the connection was lost in the middle of a commit may
    the database hold it all the same, whole and in its place.
    """


class Full(LogError):
    """As many receipts are waiting to be stored as may wait."""


class Closed(LogError):
    """The log was closed."""


class NoReceipt(Refused):
    """The log has no receipt of that id."""
