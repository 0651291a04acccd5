"""What the commands work on: the shipped plan and the register, or what a test puts here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import click

from jingmen_facts.problems import Lang
from jingmen_facts.reading.assemble import DossierFile
from jingmen_facts.reading.background import Backgrounds
from jingmen_facts.reading.dossier_file import read_dossiers
from jingmen_facts.register import BACKGROUNDS
from jingmen_policy.corpus.load import PLAN
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.text import Teller


@dataclass(frozen=True)
class Setting:
    """A policy, loaded when first asked for, the directory it is in and the known facts."""

    load: Callable[[], Policy] = Policy.load
    directory: Path = PLAN
    backgrounds: Backgrounds = field(default_factory=lambda: BACKGROUNDS)

    @cached_property
    def policy(self) -> Policy:
        return self.load()

    @property
    def mark(self) -> CorpusMark:
        corpus = self.policy.corpus
        return CorpusMark(corpus.id, corpus.digest, dict(corpus.switched))

    def teller(self, lang: Lang) -> Teller:
        return Teller(self.policy.models, lang)

    def dossier(
        self, paths: Iterable[str], use: Iterable[str] = (), complete: Iterable[str] = ()
    ) -> DossierFile:
        """The facts in files and folders, together. Raises Refused with all that is wrong."""
        return read_dossiers(
            paths, self.policy.models, self.backgrounds, use=use, complete=complete
        )


def setting(ctx: click.Context, readings: Mapping[str, str] | None = None) -> Setting:
    """What the command works on, with other readings in force where some are named."""
    if not isinstance(ctx.obj, Setting):
        ctx.obj = Setting()
    if not readings:
        return ctx.obj
    base, chosen = ctx.obj, dict(readings)
    return replace(base, load=lambda: base.policy.under(chosen))
