"""The names of fields, and their values, in words."""

from __future__ import annotations

import re

from jingmen_facts.problems import Said
from jingmen_policy.judge.text import Teller
from jingmen_policy.rule.modality import Modality

_NAMES = {
    "title": Said("名称", "title"),
    "modality": Said("性质", "modality"),
    "subject": Said("对象", "subject"),
    "bearer": Said("责任主体", "bearer"),
    "bearer.of": Said("责任主体由何而定", "whose bearer"),
    "counterparty": Said("相对方", "owed to"),
    "counterparty.of": Said("相对方由何而定", "whose counterparty"),
    "yields_to": Said("例外", "yields to"),
    "readings": Said("所取解释", "readings"),
    "versions": Said("各版本", "versions"),
    "evidence": Said("可作佐证的材料", "evidence"),
    "cites": Said("引文", "quotes"),
    "when": Said("适用", "when"),
    "used": Said("采用", "used"),
    "require": Said("要求", "require"),
    "means": Said("推定", "means"),
    "due": Said("期限", "due"),
    "reason": Said("理由记于", "reason recorded in"),
    "otherwise": Said("未达到时", "otherwise"),
    "since": Said("施行日", "since"),
    "source": Said("文件", "file"),
    "operator": Said("比较", "comparison"),
}
_DUE = {"standing": Said("持续", "always"), "unstated": Said("未定期限", "no day stated")}
_LANGUAGES = (".zh", ".en")
_SPAN = re.compile(r"(\S+)/(\S*)")
_READING = re.compile(r"<(.+)>")
NONE = Said("（无）", "(none)")


def field_name(field: str, teller: Teller) -> str:
    """What a field is called; a parameter keeps its name, and so does what has no other."""
    if field.startswith("let."):
        return field.removeprefix("let.")
    if field.startswith("words."):
        name = field_name(field.removeprefix("words."), teller)
        return teller.say(f"{name}的依据", f"basis of {name}")
    stem = field[:-3] if field.endswith(_LANGUAGES) else field
    return _NAMES[stem].to(teller.lang) if stem in _NAMES else field


def field_value(field: str, value: str | None, teller: Teller) -> str:
    if value is None:
        return NONE.to(teller.lang)
    if field == "modality":
        return Modality(value).label.to(teller.lang)
    if field == "subject" and value in teller.models.kinds:
        return teller.kind(value)
    if field.startswith("words."):
        return _READING.sub(teller.say(r"解释 \1", r"reading \1"), value)
    if field == "due":
        return _due(value, teller)
    if field == "versions":
        return teller.say("；", "; ").join(_span(span, teller) for span in value.split())
    return value


def _due(value: str, teller: Teller) -> str:
    if value in _DUE:
        return _DUE[value].to(teller.lang)
    yearly = value.removeprefix("yearly ")
    if yearly != value:
        return teller.say(f"每年截至 {yearly}", f"every year by {yearly}")
    return teller.say(f"截至 {value}", f"by {value}")


def _span(span: str, teller: Teller) -> str:
    match = _SPAN.fullmatch(span)
    assert match is not None
    since, until = match[1], match[2]
    if not until:
        return teller.say(f"{since} 起", f"from {since}")
    return teller.say(f"{since} 起，{until} 前", f"from {since} until {until}")
