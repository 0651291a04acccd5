"""Types and units: what may be compared with, added to and multiplied by what, in a small village.

Its own models, so that every sort of field, and a number that may be negative, is at hand.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Annotated, ClassVar, Literal

import pytest

from jingmen_facts.base import Fact, Label, Ordered, Refers
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels
from jingmen_facts.scalars import Day, Fen, Flag, Listed, Name, Number, People, Text
from jingmen_policy.expression.evaluate import evaluate
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.nodes import Compare
from jingmen_policy.expression.parse import parse_formula
from jingmen_policy.expression.scope import ExpressionError, Scope
from jingmen_policy.expression.values import UNKNOWN, Bounds, Truth, Verdict
from jingmen_policy.rule.parameter import read_let

Level = Literal["初级", "中级", "高级"]
Years = Annotated[int, Number("岁")]
Degrees = Annotated[int, Number("度", least=-50)]


class Village(Fact):
    UNIT: ClassVar[str] = "村"

    id: Annotated[Name, Label("编号", "id")]
    people: People | None = None
    oldest: Years | None = None
    budget: Fen | None = None
    spent: Fen | None = None
    area: Annotated[Decimal, Number("平方米")] | None = None
    founded: Day | None = None
    seaside: Flag | None = None
    motto: Text | None = None
    level: Annotated[Level | None, Ordered()] = None
    rival: Annotated[Literal["甲级", "乙级"] | None, Ordered()] = None
    wanted: Annotated[Level | None, Ordered()] = None
    kind: Literal["山村", "渔村"] | None = None
    names: Annotated[tuple[Text, ...] | None, Listed] = None
    goods: Annotated[tuple[Literal["米", "茶"], ...] | None, Listed] = None


class House(Fact):
    UNIT: ClassVar[str] = "户"

    id: Annotated[Name, Label("编号", "id")]
    village: Annotated[Name | None, Refers("Village", inverse="houses")] = None
    lived_in: Flag | None = None
    cold: Degrees | None = None
    rent: Fen | None = None


VILLAGE = FactModels([Village, House])
LETS = [
    read_let(name, text, {"人", "岁", "平方米", "年", "村", "户", "度", "项"})
    for name, text in {
        "few": "3人",
        "old": "40岁",
        "cap": "500元",
        "share": "70%",
        "wide": "1.5平方米",
        "term": "2年",
        "day": "2021-12-31",
        "middle": "中级",
        "two_goods": "2项",
    }.items()
]
AS_OF = date(2022, 6, 30)


def parsed(text: str) -> Compare:
    scope = Scope(VILLAGE, "Village", params={let.name: let.type for let in LETS})
    found = parse_formula(text, scope)
    assert isinstance(found, Compare)
    return found


def village(**given: object) -> Village:
    return Village.model_validate({"id": "甲", **given})


def house(name: str, **given: object) -> House:
    return House.model_validate({"id": name, "village": "甲", **given})


def judged(text: str, about: Village, *houses: House, complete: tuple[str, ...] = ()) -> Verdict:
    dossier = Dossier([about, *houses], models=VILLAGE, complete=complete)
    params = {let.name: let.value for let in LETS if let.value is not None}
    return evaluate(parsed(text), Frame(dossier, about, AS_OF, params=params))


@pytest.mark.parametrize(
    ("text", "said", "column"),
    [
        ("people <= old", "a number in 人 cannot be compared with a number in 岁", 10),
        ("budget <= people", "money in 元 cannot be compared with a number in 人", 10),
        ("budget <= share", "cannot be compared with a ratio", 10),
        ("founded <= people", "a day cannot be compared with a number", 11),
        ("seaside >= 0", "yes or no cannot be compared with a number", 11),
        ("founded >= 0", "a day cannot be compared with a number", 11),
        ("seaside > seaside", "yes or no has no order", 10),
        ("motto >= motto", "text has no order", 9),
        ("kind < '渔村'", "text has no order", 7),
        ("motto == seaside", "text cannot be compared with yes or no", 9),
        ("kind == '鱼村'", "did you mean '渔村'", 8),
        ("kind == middle", "unknown choice '中级'", 8),
        ("level >= '顶级'", "unknown choice '顶级'", 9),
        ("level >= motto", "compared with the same choices", 9),
        ("level == motto", "compared with the same choices", 9),
        ("motto == level", "compared with the same choices", 9),
        ("level >= kind", "compared with the same choices", 9),
        ("level >= rival", "compared with the same choices", 9),
        ("level >= '初' + '级'", "compared with the same choices", 9),
        ("goods == goods", "cannot be compared", 9),
        ("kind in motto", "'in' stands between text and texts", 8),
        ("people in goods", "'in' stands between text and texts", 10),
        ("'酒' in goods", "unknown choice '酒'", 7),
        ("goods in ('米', '酒')", "unknown choice '酒'", 9),
        ("people + oldest >= few", "a number in 人 + a number in 岁 has no meaning", 0),
        ("people + budget >= few", "has no meaning", 0),
        ("budget * people >= budget", "money in 元 * a number in 人 has no meaning", 0),
        ("share * share == share", "a ratio * a ratio has no meaning", 0),
        ("share + share == share", "a ratio + a ratio has no meaning", 0),
        ("founded - founded == people", "a day - a day has no meaning", 0),
        ("motto - motto == motto", "text - text has no meaning", 0),
        ("age(people, as_of) >= old", "a day belongs here, not a number in 人", 4),
        ("age(founded, old) >= old", "a day belongs here, not a number in 岁", 13),
        ("age(founded, as_of) >= few", "a number in 岁 cannot be compared with a number in 人", 23),
        ("years_after(founded, old) <= as_of", "a number in 年 belongs here", 21),
        ("count(houses) >= few", "a number in 户 cannot be compared with a number in 人", 17),
        ("count(goods) >= few", "a number in 项 cannot be compared with a number in 人", 16),
        ("count(motto) >= few", "count needs a collection", 6),
        ("sum(h.lived_in for h in houses) >= few", "only numbers and money add up", 4),
        ("sum(houses) >= few", "sum needs", 4),
        ("sum(h.rent for h in houses) >= share", "cannot be compared with a ratio", 31),
        ("every(h.rent for h in houses)", "a yes-or-no expression belongs here", 6),
        ("some(houses)", "'... for x in ...' belongs here", 5),
        ("houses.rent >= cap", "'houses' is a collection", 0),
        ("houses >= few", "'houses' is a collection", 0),
    ],
)
def test_what_does_not_fit_together_is_refused_at_its_place(
    text: str, said: str, column: int
) -> None:
    with pytest.raises(ExpressionError) as refused:
        parsed(text)
    assert said in refused.value.said.en
    assert refused.value.column == column
    assert refused.value.said.zh != refused.value.said.en


@pytest.mark.parametrize(
    ("text", "given", "truth"),
    [
        ("people <= few", village(people=3), True),
        ("budget >= cap + cap", village(budget="999.99"), False),
        ("spent <= share * budget", village(budget="10250", spent="7175.00"), True),
        ("spent <= share * budget", village(budget="10250", spent="7175.01"), False),
        ("spent <= budget * share", village(budget="10250", spent="7175.01"), False),
        ("share * (budget - spent) == cap", village(budget=1000, spent=0), False),
        ("area >= wide", village(area="1.5"), True),
        ("area >= wide", village(area="1.49"), False),
        ("years_after(founded, term) <= as_of", village(founded=date(2020, 6, 30)), True),
        ("years_after(founded, term) <= as_of", village(founded=date(2020, 7, 1)), False),
        ("founded <= day", village(founded=date(2021, 12, 31)), True),
        ("age(founded, as_of) >= old", village(founded=date(1982, 6, 30)), True),
        ("age(founded, as_of) >= old", village(founded=date(1982, 7, 1)), False),
        ("motto == '海' + '边'", village(motto="海边"), True),
        ("level >= '中级'", village(level="高级"), True),
        ("level >= middle", village(level="初级"), False),
        ("'中级' <= level", village(level="中级"), True),
        ("level > wanted", village(level="高级", wanted="中级"), True),
        ("level == wanted", village(level="高级", wanted="中级"), False),
        ("count(goods) >= two_goods", village(goods=["米", "茶"]), True),
        ("people > 0", village(people=0), False),
        ("0 == budget", village(budget=0), True),
    ],
)
def test_what_fits_together_is_worked_out_exactly(text: str, given: Village, truth: bool) -> None:
    assert judged(text, given).truth is Truth.of(truth)


LEVELS: tuple[Level, ...] = ("初级", "中级", "高级")


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "==", "!="])
def test_ordered_choices_are_compared_by_their_rank(op: str) -> None:
    for (a, left), (b, right) in product(enumerate(LEVELS), enumerate(LEVELS)):
        found = judged(f"level {op} wanted", village(level=left, wanted=right))
        assert found.truth is Truth.of(
            {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[op]
        )


@pytest.mark.parametrize(
    ("goods", "sought", "truth"),
    [
        (("米",), "'米' in goods", True),
        (("茶",), "'米' in goods", False),
        ((), "'米' in goods", False),
        (None, "'米' in goods", None),
        ((), "goods in ('米',)", True),
        (("米", "茶"), "goods in ('米',)", False),
        (None, "goods in ('米', '茶')", None),
        (("米", "茶"), "('米', '茶') in goods", True),
        (("茶",), "('米', '茶') in goods", False),
        ((), "() in goods", True),
    ],
)
def test_in_asks_for_every_element(
    goods: tuple[str, ...] | None, sought: str, truth: bool | None
) -> None:
    scope = Scope(VILLAGE, "Village")
    hamlet = village(goods=goods)
    frame = Frame(Dossier([hamlet], models=VILLAGE), hamlet, AS_OF)
    expected = Truth.UNKNOWN if truth is None else Truth.of(truth)
    assert evaluate(parse_formula(sought, scope), frame).truth is expected
    assert evaluate(parse_formula(f"not ({sought})", scope), frame).truth is ~expected


def compared(text: str, *houses: House, complete: tuple[str, ...] = ("House",)) -> object:
    [leaf] = judged(text, village(), *houses, complete=complete).leaves
    assert leaf.compared is not None
    return leaf.compared.left


def test_a_sum_of_what_is_never_negative_is_bounded_below() -> None:
    text = "sum(h.rent for h in houses if h.lived_in) >= cap"
    sure = house("1", lived_in=True, rent="100")
    unsure = house("2", rent="20")
    stray = house("3", village=None, lived_in=True, rent="3")
    blank = house("4", lived_in=True)
    empty = house("5", lived_in=False, rent="9")
    assert compared(text) == 0
    assert compared(text, sure, empty) == 10_000
    assert compared(text, sure, unsure) == Bounds(10_000, 12_000)
    assert compared(text, sure, unsure, stray) == Bounds(10_000, 12_300)
    assert compared(text, sure, blank) == Bounds(10_000, None)
    assert compared(text, sure, complete=()) == Bounds(10_000, None)


def test_a_sum_of_what_may_be_negative_is_bounded_only_by_what_is_known() -> None:
    text = "sum(h.cold for h in houses if h.lived_in) == 0"
    sure = house("1", lived_in=True, cold=-5)
    unsure = house("2", cold=-3)
    warm = house("3", cold=4)
    stray = house("4", village=None, lived_in=True, cold=-1)
    blank = house("5", lived_in=True)
    unknown = house("6")
    assert compared(text, sure, warm) == Bounds(-5, -1)
    assert compared(text, sure, unsure) == Bounds(-8, -5)
    assert compared(text, sure, unsure, warm, stray) == Bounds(-9, -1)
    assert compared(text, sure, blank) is UNKNOWN
    assert compared(text, sure, unknown) is UNKNOWN
    assert compared(text, sure, complete=()) is UNKNOWN
    less = "sum(h.rent - h.rent for h in houses) == 0"
    assert compared(less, house("1", rent="1"), complete=()) is UNKNOWN
    assert compared(less, house("1", rent="1")) == 0


def test_bounds_carry_through_arithmetic() -> None:
    houses = [house(str(n), lived_in=n > 0 or None) for n in range(3)]
    scope = Scope(VILLAGE, "Village", params={let.name: let.type for let in LETS})
    dossier = Dossier([village(), *houses], models=VILLAGE, complete=["House"])
    params = {let.name: let.value for let in LETS if let.value is not None}
    lived = "count(h for h in houses if h.lived_in)"
    all_ = "count(houses)"
    for text, truth in {
        f"{lived} <= {all_}": Truth.TRUE,
        f"{all_} - {lived} > 0": Truth.UNKNOWN,
        f"{all_} - {lived} >= 0": Truth.TRUE,
        f"{lived} + {lived} > {all_}": Truth.TRUE,
        f"{lived} >= share * {all_}": Truth.UNKNOWN,
        f"{lived} - {lived} == 0": Truth.UNKNOWN,  # what is bounded twice is not one number
        f"share * {lived} <= {all_}": Truth.TRUE,
        f"{all_} + {all_} == {lived}": Truth.FALSE,
    }.items():
        frame = Frame(dossier, dossier.of_kind("Village")["甲"], AS_OF, params=params)
        assert evaluate(parse_formula(text, scope), frame).truth is truth, text
