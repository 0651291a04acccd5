"""Folders of tables put to the rules, part by part, in bounded memory."""

from jingmen_policy.bulk.run import Run, run

__all__ = ["Run", "run"]
