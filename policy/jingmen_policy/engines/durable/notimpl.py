"""What the durable engine refuses to run: what the core of durable_rules has no room for."""

from __future__ import annotations

from jingmen_facts.problems import Said
from jingmen_policy.engines.protocol import NotImpl

MAX_BRANCHES = 64
MAX_LEAVES = 120
MAX_JOINS = 15
MAX_FIRST_TESTS = 480
MAX_RULES = 4_000
MAX_FACTS = 690_000


def _row(zh: str, en: str, why_zh: str, why_en: str) -> NotImpl:
    return NotImpl("durable", Said(zh, en), Said(why_zh, why_en))


ALTERNATIVES = _row(
    f"一个表达式的各种成立情形超过 {MAX_BRANCHES} 种",
    f"more than {MAX_BRANCHES} alternatives",
    "每种情形是核心的一条规则，情形随表达式长度成倍增加",
    "each is a rule of the core, and they multiply with the length of a formula",
)
CONDITIONS = _row(
    f"一个表达式中的条件超过 {MAX_LEAVES} 个",
    f"more than {MAX_LEAVES} conditions in one formula",
    "核心的一条消息最多 253 个属性，每个条件占两个",
    "a message of the core has at most 253 properties, of which each condition takes two",
)
JOINS = _row(
    f"一种情形中用到的推定超过 {MAX_JOINS} 个",
    f"more than {MAX_JOINS} derived facts in one alternative",
    "核心一条规则最多连接 16 条消息",
    "a rule of the core joins at most 16 messages",
)
TESTS = _row(
    f"一条规则连同它的推定，首个条件超过 {MAX_FIRST_TESTS} 个",
    f"one rule with more than {MAX_FIRST_TESTS} first tests, its derived facts among them",
    "核心同一层最多 511 个不同的条件，再多即陷入死循环",
    "the core takes 511 different tests on a level and never ends on more",
)
RULES = _row(
    f"核心规则超过 {MAX_RULES} 条",
    f"more than {MAX_RULES} rules of the core",
    "一个规则集最多 4096 条",
    "a ruleset takes 4096 of them",
)
FACTS = _row(
    f"一次判断中的消息超过 {MAX_FACTS} 条",
    f"more than {MAX_FACTS} facts in one session",
    "核心一次会话所能容纳的有限；大批数据用 decide_many 或者 bulk",
    "a session of the core holds no more; decide_many and bulk are for so many",
)
NOTIMPL = (ALTERNATIVES, CONDITIONS, JOINS, TESTS, RULES, FACTS)
