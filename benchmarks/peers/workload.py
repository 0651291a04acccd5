"""The twelve rules, what an answer is, and how the answers of several subjects make one.

A peer is given the facts of one station as plain JSON: days as ISO texts, money in whole 分, None
for what is not known, and ``more_workers`` (``more_agreements``, ``more_teams``) False where the
list is complete, None where there may be others. It answers with one status name for each rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Facts = Mapping[str, Any]
Answers = tuple[str, ...]
Judge = Callable[[Facts], Answers]
Ask = Callable[[str, str, Facts | None], bool | None]
"""The truth of a rule's ``when``, ``used`` or ``require``, of an item where it is put to items."""


class Crashed(RuntimeError):
    """A peer's process ended; nothing it said is used."""


RULES: dict[str, str | None] = {
    "five-haves": None,
    "equipment": None,
    "sign-text": None,
    "larger-station": None,
    "staffing": None,
    "volunteer-team": None,
    "worker-age": "workers",
    "worker-education": "workers",
    "personnel-share": "projects",
    "agreement-signed": None,
    "agreement-term": "agreements",
    "management-rules": None,
}
"""The rules, and the list of facts each is put to; None where it is put to the station."""
REASON = {
    "worker-age": "age_reason",
    "worker-education": "education_reason",
    "agreement-term": "term_reason",
}
"""The defaults among them: not followed, they are ``departed``, or ``noted`` with a reason."""
EQUIPMENT = ("办公用房", "桌椅", "电脑", "打印机", "档案柜")
REGULATIONS = ("人员", "项目", "督导", "志愿者", "服务场所使用", "文书档案")
EDUCATED = ("大专", "本科", "研究生")
THIRD_PARTY = "第三方社会组织承接"

RANKING = (
    "not-applicable",
    "met",
    "available",
    "noted",
    "undetermined",
    "unproven",
    "departed",
    "breached",
)
_RANK = {status: rank for rank, status in enumerate(RANKING)}
UNKNOWN = frozenset({"undetermined", "unproven"})


def worst(statuses: Iterable[str]) -> str:
    """What is said of a station of whose workers (projects, agreements) these are said."""
    return max(statuses, key=_RANK.__getitem__, default=RANKING[0])


def judged(facts: Facts, ask: Ask) -> Answers:
    """The answers by an engine that knows formulas and not what is made of them."""
    return tuple(
        _status(rule, None, ask)
        if items is None
        else worst([_status(rule, item, ask) for item in facts[items]])
        for rule, items in RULES.items()
    )


def _status(rule: str, item: Facts | None, ask: Ask) -> str:
    if rule != "personnel-share":
        applies = ask(rule, "when", item)
        if applies is None:
            return "undetermined"
        if not applies:
            return "not-applicable"
    if rule == "larger-station":
        used = ask(rule, "used", item)
        if not used:
            return "undetermined" if used is None else "available"
    holds = ask(rule, "require", item)
    if holds is None:
        return "unproven"
    if holds:
        return "met"
    if item is not None and rule in REASON:
        return "noted" if item.get(REASON[rule]) else "departed"
    return "breached"


def day_number(day: str) -> int:
    """2022-06-30 as 20220630: ordered like days, and a year later is 10000 more."""
    return int(day.replace("-", ""))


def known(facts: Facts) -> dict[str, Any]:
    """The facts that are known, days as numbers: for languages that have no days in JSON."""
    return {key: _known(key, value) for key, value in facts.items() if value is not None}


def _known(key: str, value: Any) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [known(item) for item in value]
    return day_number(str(value)) if key == "day" or key.endswith("_on") else value
