"""The rule in plain words, worked out from its expressions and the labels of the facts it reads.

>>> from jingmen_policy import Policy
>>> corpus = Policy.load().corpus
>>> rule = corpus.rules["personnel-share"]
>>> said = Wording(corpus, "zh").rule(rule, rule.versions[0])
>>> str(said.require)
'人员经费 不超过 项目总经费 的 70%（含本数）'
"""

from jingmen_policy.wording.rule import RuleWording, Wording
from jingmen_policy.wording.spans import Sentence, Span

__all__ = ["RuleWording", "Sentence", "Span", "Wording"]
