"""The rule language: what is of it, what is refused and how, and what it means."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jingmen_facts.dossier import Dossier
from jingmen_policy.expression.atoms import compare
from jingmen_policy.expression.evaluate import evaluate
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.scope import ExpressionError
from jingmen_policy.expression.terms import age, years_after
from jingmen_policy.expression.values import Bounds, Truth, Verdict
from support.synthetic import AS_OF, LETS, WORLD, Hall, Stall, formula

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
STATED = {T: True, F: False, U: None}


def judged(text: str, hall: Hall, *stalls: Stall, complete: tuple[str, ...] = ()) -> Verdict:
    dossier = Dossier([hall, *stalls], models=WORLD, complete=complete)
    params = {let.name: let.value for let in LETS if let.value is not None}
    return evaluate(formula("Hall", text), Frame(dossier, hall, AS_OF, params=params))


@pytest.mark.parametrize(
    ("text", "said", "column"),
    [
        ("size / two >= two", "no division", 0),
        ("size // two >= two", "no division", 0),
        ("size >= 3", "numbers belong in 'let'", 8),
        ("size >= 0.5", "numbers belong in 'let'", 8),
        ("size >= 0.0", "numbers belong in 'let'", 8),
        ("size >= 0j", "numbers belong in 'let'", 8),
        ("size >= -0", "not of the language", 8),
        ("size % two >= two", "no division", 0),
        ("size ** two >= two", "not of the language", 0),
        ("size @ size >= two", "not of the language", 0),
        ("-size >= two", "not of the language", 0),
        ("~open", "not of the language", 0),
        ("colour == '\\u7ea2'", "text is written as it is", 10),
        ("colour == '红' '绿'", "text is written as it is", 10),
        ("colour == u'红'", "text is written as it is", 10),
        ("colour == '''红'''", "text is written as it is", 10),
        ("colour == b'r'", "numbers belong in 'let'", 10),
        ("colour == None", "numbers belong in 'let'", 10),
        ("open == ...", "numbers belong in 'let'", 8),
        ("open) and (open", "brackets do not match", 0),
        ("open) or True or (open", "brackets do not match", 0),
        ("(open", "not an expression", 0),
        ("open;open", "not an expression", 4),
        ("open = open", "not an expression", 5),
        ("", "a yes-or-no expression belongs here", 0),
        ("[s for s in stalls] == colour", "not of the language", 0),
        ("count(*stalls) >= two", "not of the language", 6),
        ("count(x=stalls) >= two", "1 argument(s)", 0),
        ("count() >= two", "1 argument(s)", 0),
        ("some(s.open async for s in stalls)", "the loop variable is one name", 22),
        ("some(s.open for s, t in stalls)", "the loop variable is one name", 16),
        ("some(as_of == s.built for as_of in stalls)", "hides another name", 26),
        ("some(s.open for s in stalls if some(s.open for s in stalls))", "hides another", 47),
        ("s.open", "unknown field of hall 's'", 0),
        ("some(s.opne for s in stalls)", "did you mean 'open'", 5),
        ("count(s for s in stalls.colour) >= two", "a collection belongs after 'in'", 17),
        ("some(s.hall.stalls.open for s in stalls)", "'stalls' is a collection", 5),
        ("__class__ == colour", "unknown name '__class__'", 0),
        ("open.__class__.__mro__ == colour", "'open' refers to no other fact", 0),
        ("size.real >= two", "'size' refers to no other fact", 0),
        ("stalls[0].open", "not of the language", 0),
        ("print(open)", "not of the language", 0),
        ("eval('open')", "not of the language", 0),
        ("colour.startswith('红')", "not of the language", 0),
        ("yield open", "not of the language", 0),
        ("await open", "not of the language", 0),
        ("{'a': open}", "not of the language", 0),
        ("open, open", "a list holds texts only", 0),
        ("lookup(two, colour) >= two", "a table column", 7),
        ("year >= year", "unknown name 'year'", 0),
        ("siez >= two", "did you mean 'size'", 0),
        ("open is True", "'is' is not of the language", 0),
        ("size", "a yes-or-no expression belongs here", 0),
        ("stalls", "'stalls' is a collection", 0),
        ("stalls.open", "'stalls' is a collection", 0),
        ("count(s for s in stalls for t in stalls) >= two", "one 'for' only", 5),
        ("count(s for s in open) >= two", "a collection belongs after 'in'", 17),
        ("count(s.open for s in stalls) >= two", "'s' belongs here", 6),
        ("count(stalls, stalls) >= two", "1 argument(s)", 0),
        ("some(size.open for size in stalls)", "hides another name", 19),
        ("open == colour", "cannot be compared", 8),
        ("size == half", "cannot be compared", 8),
        ("colour == '黄'", "unknown choice '黄'", 10),
        ("colour < '红'", "has no order", 9),
        ("built + built == built", "has no meaning", 0),
        ("size * size == two", "has no meaning", 0),
        ("(lambda: open)()", "not of the language", 0),
        ("(x := open)", "not of the language", 1),
        ("f'{open}' == colour", "not of the language", 0),
        ("__import__('os')", "not of the language", 0),
        ("colour.__class__ == colour", "'colour' refers to no other fact", 0),
        ("open and", "not an expression", 0),
        ("open)(", "brackets do not match", 0),
        ("open if open else open", "not of the language", 0),
        ("due >= as_of", "unknown name 'due'", 0),
        ("open " * 500, "expression too long", 2_000),
        ("not " * 60 + "open", "nested too deep", 0),
    ],
)
def test_what_is_not_of_the_language_is_refused(text: str, said: str, column: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        formula("Hall", text)
    assert said in refused.value.said.en
    if said != "not an expression":
        assert refused.value.column == column


@pytest.mark.parametrize("a", [T, F, U])
@pytest.mark.parametrize("b", [T, F, U])
def test_connectives_are_strong_kleene(a: Truth, b: Truth) -> None:
    hall = Hall(id="甲", open=STATED[a])
    stall = Stall(id="一", hall="甲", open=STATED[b])
    complete = ("Stall",)
    both = judged("open and some(s.open for s in stalls)", hall, stall, complete=complete)
    either = judged("open or every(s.open for s in stalls)", hall, stall, complete=complete)
    order = [F, U, T]
    assert both.truth is order[min(order.index(a), order.index(b))]
    assert either.truth is order[max(order.index(a), order.index(b))]
    assert judged("not open", hall).truth is ~a


def every(parts: list[Truth], whole: bool) -> Truth:
    return F if F in parts else U if U in parts or not whole else T


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("parts", [p for n in range(3) for p in product([T, F, U], repeat=n)])
def test_a_list_not_complete_proves_no_absence(parts: tuple[Truth, ...], whole: bool) -> None:
    stalls = [Stall(id=str(n), hall="甲", open=STATED[part]) for n, part in enumerate(parts)]
    complete = ("Stall",) if whole else ()
    hall = Hall(id="甲")
    found = judged("every(s.open for s in stalls)", hall, *stalls, complete=complete)
    assert found.truth is every(list(parts), whole)
    none = judged("some(s.open for s in stalls)", hall, *stalls, complete=complete)
    assert none.truth is ~every([~part for part in parts], whole)


@pytest.mark.parametrize("condition", [T, F, U])
@pytest.mark.parametrize("body", [T, F, U])
def test_a_condition_keeps_members_out(condition: Truth, body: Truth) -> None:
    size = {T: 2, F: 1, U: None}[condition]
    stall = Stall(id="一", hall="甲", open=STATED[body], size=size)
    hall = Hall(id="甲")
    order = [F, U, T]
    either = order[max(order.index(~condition), order.index(body))]
    both = order[min(order.index(condition), order.index(body))]
    text = "{}(s.open for s in stalls if s.size >= two)"
    assert judged(text.format("every"), hall, stall, complete=("Stall",)).truth is either
    assert judged(text.format("some"), hall, stall, complete=("Stall",)).truth is both


def test_a_count_is_bounded_by_what_may_still_be_a_member() -> None:
    hall = Hall(id="甲")
    sure = [Stall(id=str(n), hall="甲", open=True) for n in range(2)]
    text = "count(s for s in stalls if s.open) >= two"
    assert judged(text, hall, *sure).truth is T  # whatever else there may be
    assert judged(text, hall, sure[0]).truth is U
    assert judged(text, hall, sure[0], complete=("Stall",)).truth is F
    stray = Stall(id="迷", open=True)
    assert judged(text, hall, sure[0], stray, complete=("Stall",)).truth is U
    closed = Stall(id="迷", open=False)
    assert judged(text, hall, sure[0], closed, complete=("Stall",)).truth is F  # never matters


def test_missing_names_only_what_could_still_decide() -> None:
    hall = Hall(id="甲", open=False)
    assert judged("open and size >= two", hall).missing == ()
    found = judged("open or size >= two and colour == '红'", Hall(id="甲", open=False, size=1))
    assert found.truth is F
    [read] = judged("open or size >= two", hall).missing
    assert (read.kind, read.identity, read.name) == ("Hall", "甲", "size")
    stray = Stall(id="迷", open=False)
    listed = judged("some(s.open for s in stalls)", hall, stray).missing
    assert [(read.name, read.listing) for read in listed] == [("stalls", True)]


@given(st.integers(0, 10**12), st.integers(0, 10**12))
@example(717_500, 1_025_000)  # 0.7 * 10250 is 7174.999… in floats
@example(717_501, 1_025_000)
def test_a_share_is_compared_exactly(part: int, whole: int) -> None:
    left, right = part, Fraction(7, 10) * whole
    assert (compare("<=", left, right) is T) == (10 * part <= 7 * whole)


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "==", "!="])
def test_bounds_decide_where_every_number_between_them_would(op: str) -> None:
    numbers = range(4)
    ends = [(a, b) for a in numbers for b in numbers if a <= b]
    for (a, b), (c, d) in product(ends, ends):
        truths = {compare(op, x, y) for x in range(a, b + 1) for y in range(c, d + 1)}
        assert compare(op, Bounds(a, b), Bounds(c, d)) is (truths.pop() if len(truths) == 1 else U)


def test_no_upper_bound_is_never_a_shortfall() -> None:
    assert compare(">=", Bounds(0, None), 10**9) is U
    assert compare("<=", Bounds(5, None), 4) is F


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1981, 7, 31), date(2021, 7, 31), 40),
        (date(1981, 8, 1), date(2021, 7, 31), 39),
        (date(1980, 2, 29), date(2021, 2, 28), 40),
        (date(1980, 2, 29), date(2021, 3, 1), 41),
    ],
)
def test_age_is_whole_years_completed(born: date, on: date, years: int) -> None:
    assert age(born, on) == years


def test_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
