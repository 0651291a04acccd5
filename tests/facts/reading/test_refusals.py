"""What pydantic finds wrong is said in both languages, for any model read from a file."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jingmen_facts.base import Label
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.reading.yaml_text import read_yaml


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=3), Label("名称", "name")]
    kind: Literal["甲类", "乙类"] | None = None


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parts: tuple[Part, ...] = ()
    named: dict[str, Part] = Field(default_factory=dict)
    count: Annotated[int, Field(ge=1, le=9)] | None = None
    code: Annotated[str, Field(pattern="^[a-z]+$")] | None = None


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "parts:\n - naem: 一\n   name: 一\n",
            "a:2: parts[0].naem: 未知的字段“naem”，是否为“name”？",
            "a:2: parts[0].naem: unknown field 'naem'; did you mean 'name'?",
        ),
        (
            "named:\n x:\n  kind: 甲类\n",
            "a:2: named.x.name: 缺少必填的“name”（名称）",
            "a:2: named.x.name: 'name' is required",
        ),
        (
            "parts: [{name: 一, kind: 甲}]\n",
            "a:1: parts[0].kind: “甲”不在可选项（甲类、乙类）之内，是否为“甲类”？",
            "a:1: parts[0].kind: '甲' is not among the choices (甲类, 乙类); did you mean '甲类'?",
        ),
        (
            "parts: [{name: 一二三四}]\n",
            "a:1: parts[0].name: 超过 3 个字，不是“一二三四”",
            "a:1: parts[0].name: longer than 3 characters, got '一二三四'",
        ),
        (
            "parts: [{name: }]\n",
            "a:1: parts[0].name: 必填，不能空白",
            "a:1: parts[0].name: required: it may not be blank",
        ),
        (
            "parts: [{name: [一]}]\n",
            "a:1: parts[0].name: 应为文字，不是列表",
            "a:1: parts[0].name: expected text, got a list",
        ),
        (
            "parts: 一\n",
            "a:1: parts: 应为列表，不是“一”",
            "a:1: parts: expected a list, got '一'",
        ),
        (
            "parts: [一]\n",
            "a:1: parts[0]: 应为“键: 值”，不是“一”",
            "a:1: parts[0]: expected keys and values, got '一'",
        ),
        (
            "count: 10\n",
            "a:1: count: 不应大于 9，不是“10”",
            "a:1: count: should be at most 9, got '10'",
        ),
        (
            "code: A1\n",
            "a:1: code: 写法不对，应符合 ^[a-z]+$，不是“A1”",
            "a:1: code: is not spelt as it should be: ^[a-z]+$, got 'A1'",
        ),
    ],
)
def test_each_kind_of_mistake_is_said_with_its_line(text: str, zh: str, en: str) -> None:
    located = read_yaml(text, "a")
    with pytest.raises(ValidationError) as caught:
        Whole.model_validate(located.value)
    [problem] = problems_of(caught.value, located, Whole)
    assert (problem.to("zh"), problem.to("en")) == (zh, en)


def test_mistakes_come_in_the_order_of_the_file() -> None:
    located = read_yaml("code: 1\ncount: 0\nparts: 0\nnamed: 0\n", "a")
    with pytest.raises(ValidationError) as caught:
        Whole.model_validate(located.value)
    assert [problem.line for problem in problems_of(caught.value, located, Whole)] == [1, 2, 3, 4]
