"""The corpus a command is put to: the shipped plan, or the one in a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jingmen_facts.problems import Refused
from jingmen_policy.cli.setting import Setting
from jingmen_policy.corpus.load import load_corpus
from jingmen_policy.judge.policy import Policy

SHIPPED = "plan"


def corpus(here: Setting, name: str) -> Policy:
    """The shipped plan by its name, or the corpus in a folder. Raises Refused."""
    if name == SHIPPED:
        return here.policy
    try:
        return Policy(load_corpus(Path(name), here.policy.models), backgrounds=here.backgrounds)
    except Refused as refused:
        raise Refused(
            replace(one, source=str(Path(name) / one.source)) for one in refused.problems
        ) from None
