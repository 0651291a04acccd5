"""What a corpus was made of, so that under another reading only what it changes is made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jingmen_policy.corpus.build import Builder
from jingmen_policy.corpus.written import RuleFile
from jingmen_policy.rule.model import Rule


@dataclass(frozen=True)
class Kept:
    """The rules of a corpus that was found right, by file, each with what it was made from."""

    builder: Builder
    made: Mapping[str, tuple[RuleFile, Rule]]

    def rules(self, builder: Builder, written: Mapping[str, RuleFile]) -> dict[str, Rule]:
        """By file, the rules that would come out the same, and right, made by another builder."""
        if self.builder != builder:
            return {}
        assumed = {rule for one in (self.builder, builder) for rule, _ in one.assumed}
        return {
            file: rule
            for file, (was, rule) in self.made.items()
            if written.get(file) is was and rule.id not in assumed
        }
