"""What pydantic found wrong with a value from a file, as problems in both languages."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from jingmen_facts.base import Label
from jingmen_facts.problems import Path, Problem, Said, hint, nearest, unknown_name
from jingmen_facts.reading.located import Located

_CHOICE = re.compile(r"'((?:[^'\\]|\\.)*)'")
_MESSAGES = {
    "string_type": ("应为文字", "expected text"),
    "string_unicode": ("含有不成对的代理字符", "holds a lone surrogate"),
    "string_too_short": ("不能为空", "may not be empty"),
    "string_too_long": ("超过 {max_length} 个字", "longer than {max_length} characters"),
    "string_pattern_mismatch": (
        "写法不对，应符合 {pattern}",
        "is not spelt as it should be: {pattern}",
    ),
    "tuple_type": ("应为列表", "expected a list"),
    "list_type": ("应为列表", "expected a list"),
    "dict_type": ("应为“键: 值”", "expected keys and values"),
    "mapping_type": ("应为“键: 值”", "expected keys and values"),
    "model_type": ("应为“键: 值”", "expected keys and values"),
    "model_attributes_type": ("应为“键: 值”", "expected keys and values"),
    "too_short": ("至少应有 {min_length} 项", "expected at least {min_length}"),
    "too_long": ("最多 {max_length} 项", "expected at most {max_length}"),
    "int_type": ("应为整数", "expected a whole number"),
    "int_parsing": ("应为整数", "expected a whole number"),
    "int_from_float": ("应为整数", "expected a whole number"),
    "bool_type": ("应为 true 或 false", "expected true or false"),
    "bool_parsing": ("应为 true 或 false", "expected true or false"),
    "date_type": ("应为日期", "expected a day"),
    "date_parsing": ("应为存在的日期", "expected a day that exists"),
    "date_from_datetime_parsing": ("应为存在的日期", "expected a day that exists"),
    "date_from_datetime_inexact": ("应为日期，不带时刻", "expected a day without a time"),
    "greater_than": ("应大于 {gt}", "should be more than {gt}"),
    "greater_than_equal": ("不应小于 {ge}", "should be at least {ge}"),
    "less_than": ("应小于 {lt}", "should be less than {lt}"),
    "less_than_equal": ("不应大于 {le}", "should be at most {le}"),
}


def problems_of(
    error: ValidationError,
    located: Located,
    model: type[BaseModel],
    *,
    path: Path = (),
    written: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Every error of a validation as a problem with its line, in the order of the lines.

    ``path`` leads to the validated value inside ``located``; ``written`` gives, for a field, the
    name by which the file calls it.
    """
    problems = []
    for details in error.errors(include_url=False):
        if _short_of_what_is_wrong(details):
            continue
        first, *rest = details["loc"] or ("",)
        steps: Path = () if first == "" else ((written or {}).get(str(first), first), *rest)
        place = (*path, *(step for step in steps if step != "[key]"))
        said = _said(details, model)
        problems.append(located.problem(said, place))
    return sorted(problems, key=lambda problem: problem.line or 0)


def _short_of_what_is_wrong(details: ErrorDetails) -> bool:
    """A list said to be too short only because entries of it, told of by themselves, are wrong."""
    given = details["input"]
    if details["type"] != "too_short" or not isinstance(given, list | tuple):
        return False
    return bool(len(given) >= details.get("ctx", {}).get("min_length", 0))


def _said(details: ErrorDetails, model: type[BaseModel]) -> Said:
    kind, context, given = details["type"], details.get("ctx", {}), details.get("input")
    name = str(details["loc"][-1]) if details["loc"] else ""
    if kind == "refused":
        return Said(context["zh"], context["en"])
    if kind == "extra_forbidden":
        return unknown_name(Said("字段", "field"), name, _spellings(_holder(model, details["loc"])))
    if kind == "missing":
        label = _labels(_holder(model, details["loc"])).get(name)
        named = f"“{name}”（{label}）" if label else f"“{name}”"
        return Said(f"缺少必填的{named}", f"'{name}' is required")
    if given is None:
        return Said("必填，不能空白", "required: it may not be blank")
    if kind in ("literal_error", "enum"):
        return _not_a_choice(given, _CHOICE.findall(context["expected"]))
    if kind in ("value_error", "assertion_error"):
        message = str(context["error"])
        return Said(message, message)
    if kind in _MESSAGES:
        zh, en = (text.format_map(context) for text in _MESSAGES[kind])
        shown = _shown(given)
        return Said(f"{zh}，不是{shown.zh}", f"{en}, got {shown.en}")
    return Said(f"不符合要求：{details['msg']}", details["msg"])


def _not_a_choice(given: object, choices: list[str]) -> Said:
    near = hint(nearest(given, choices) if isinstance(given, str) else None)
    shown = _shown(given)
    return Said(
        f"{shown.zh}不在可选项（{'、'.join(choices)}）之内{near.zh}",
        f"{shown.en} is not among the choices ({', '.join(choices)}){near.en}",
    )


def _shown(given: object) -> Said:
    if isinstance(given, str):
        short = given if len(given) <= 40 else f"{given[:40]}…"
        return Said(f"“{short}”", f"'{short}'")
    if isinstance(given, Mapping):
        return Said("“键: 值”", "keys and values")
    if isinstance(given, list | tuple):
        return Said("列表", "a list")
    return Said(repr(given), repr(given))


def _holder(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model in which the last step of a location is a field, as far as it can be told."""
    holder: object = model
    for step in loc[:-1]:
        if isinstance(holder, type) and issubclass(holder, BaseModel):
            info = holder.model_fields.get(str(step))
            holder = None if info is None else _bare(info.annotation)
        elif typing.get_origin(holder) is dict:
            holder = _bare(typing.get_args(holder)[1])
        elif typing.get_args(holder):
            holder = _bare(typing.get_args(holder)[0])
    return holder if isinstance(holder, type) and issubclass(holder, BaseModel) else None


def _bare(annotation: object) -> object:
    """An annotation without ``Annotated`` and without the ``None`` of an optional field."""
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _bare(args[0])
    if origin is typing.Union or origin is types.UnionType:
        inner = [part for part in args if part is not type(None)]
        return _bare(inner[0]) if len(inner) == 1 else None
    return annotation


def _labels(model: type[BaseModel] | None) -> dict[str, str]:
    """The Chinese labels of a model's fields by name."""
    if model is None:
        return {}
    return {
        name: said.zh
        for name, info in model.model_fields.items()
        for said in info.metadata
        if isinstance(said, Label)
    }


def _spellings(model: type[BaseModel] | None) -> list[str]:
    if model is None:
        return []
    names = (info.alias or name for name, info in model.model_fields.items())
    return [*names, *_labels(model).values()]
