"""Copies of the shipped plan with something changed, and signatures over them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from jingmen_facts import MODELS
from jingmen_policy import Policy
from jingmen_policy.corpus.load import PLAN
from jingmen_policy.review.signing import sign
from jingmen_policy.review.state import RuleState
from support.library import DIRECTORY as LIBRARY_DIRECTORY
from support.library import LIBRARY

TODAY = date(2026, 11, 28)
REVIEWER = "测试审核人甲"
OTHER = "测试审核人乙"


def copied(to: Path) -> Path:
    """The shipped plan in a folder of its own."""
    shutil.copytree(PLAN, to)
    return to


def loaded(directory: Path) -> Policy:
    return Policy.load(directory, facts=MODELS)


def replaced(directory: Path, before: str, after: str, *, files: str = "**/*") -> Path:
    """The same corpus with words replaced wherever they stand; they must stand somewhere."""
    found = 0
    for path in directory.glob(files):
        if path.suffix in {".md", ".yaml"}:
            text = path.read_text(encoding="utf-8")
            if before in text:
                path.write_text(text.replace(before, after), encoding="utf-8")
                found += 1
    assert found, before
    return directory


def signed(policy: Policy, directory: Path, *rules: str, by: str = REVIEWER) -> list[RuleState]:
    return list(sign(policy, rules, by, "法制审核", TODAY, signatures_dir=directory, today=TODAY))


def library_in(directory: Path, config: str = "authors: {default: 编写者甲}\n") -> Policy:
    """The library's rules in a folder of their own, with a review.yaml."""
    shutil.copytree(LIBRARY_DIRECTORY, directory)
    (directory / "review.yaml").write_text(config, encoding="utf-8")
    return Policy.load(directory, facts=LIBRARY)
