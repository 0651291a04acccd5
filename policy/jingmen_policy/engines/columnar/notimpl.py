"""What has no SELECT: refused when the statement is made, never guessed at."""

from __future__ import annotations

from jingmen_facts.problems import Said
from jingmen_policy.engines.protocol import NotImpl

TWO_ROWS = NotImpl(
    "columnar",
    Said("关于成员的条件同时说到外面的两行", "a condition that speaks of two rows around it"),
    Said(
        "每一层的列只随本行和成员汇总，三行相连要逐对展开；方案中没有这样的规则",
        "columns are gathered for one row from its members; three rows would have to be spread "
        "out pair by pair, and no rule of the plan speaks so",
    ),
)
ABOVE_ITSELF = NotImpl(
    "columnar",
    Said(
        "名单在某一事实之下已全，而这类事实的引用又回到自身",
        "a list complete under a fact whose kind is above itself",
    ),
    Said(
        "要逐级上溯，一条不递归的 SELECT 做不到；方案的各类事实没有回到自身的引用",
        "that is climbed without an end known beforehand, which a SELECT that is not recursive "
        "cannot; no kind of the plan's refers back to itself",
    ),
)
NOTIMPL = (TWO_ROWS, ABOVE_ITSELF)


class NotLowered(Exception):
    """A formula that cannot be one SELECT, and why."""

    def __init__(self, row: NotImpl, where: str) -> None:
        super().__init__(f"{where}: {row.what.en}")
        self.row = row
