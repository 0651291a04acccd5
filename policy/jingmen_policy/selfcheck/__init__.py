"""A self-check: only what still matters is asked, and every answer shows at once what it settles.

Pure functions over a policy and a dossier: nothing is stored, nothing is served.
"""

from __future__ import annotations

from jingmen_policy.selfcheck.answer import Add, Answer, Remove, Say, Skip, Whole, answered
from jingmen_policy.selfcheck.change import Change, changes, what_if
from jingmen_policy.selfcheck.check import Ask, SelfCheck, self_check
from jingmen_policy.selfcheck.next import next_question, the_question
from jingmen_policy.selfcheck.question import Question

__all__ = [
    "Add",
    "Answer",
    "Ask",
    "Change",
    "Question",
    "Remove",
    "Say",
    "SelfCheck",
    "Skip",
    "Whole",
    "answered",
    "changes",
    "next_question",
    "self_check",
    "the_question",
    "what_if",
]
