"""How much of a long piece of work is done, on standard error where that is a terminal."""

from __future__ import annotations

import sys

import click


class Progress:
    """One line, written over; nothing at all in a pipe."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.shown = sys.stderr.isatty()

    def step(self, name: str) -> None:
        """One more is done."""
        self.done += 1
        if self.shown:
            click.echo(f"\r\033[K{self.done}/{self.total} {name}", err=True, nl=False)

    def clear(self) -> None:
        if self.shown:
            click.echo("\r\033[K", err=True, nl=False)
