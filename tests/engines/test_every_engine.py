"""What every engine answers, on cases small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import permutations, product

import duckdb
import pytest

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.compiled import Compiled
from jingmen_policy.engines.compiled.store import VARIABLE
from jingmen_policy.engines.durable.engine import Durable
from jingmen_policy.engines.protocol import Decision, Engine, cases
from jingmen_policy.engines.reference import Reference
from jingmen_policy.expression.values import Truth
from jingmen_policy.rule.due import Due
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.model import Rule
from support.databases import Found, found, judged
from support.synthetic import AS_OF, WORLD, Hall, Stall, corpus, rule

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
STATED = {T: True, F: False, U: None}
DERIVED = {
    ("Hall", "big"): "size >= two",
    ("Stall", "fine"): "open and hall.big",
    ("Hall", "busy"): "some(s.fine for s in stalls)",
    ("Hall", "ready"): "busy and not big or open",
}
Decide = Callable[..., list[Decision]]


def by_generated_code(world: Corpus, dossier: Dossier, as_of: date) -> Found:
    told = Compiled(world).decide(dossier, as_of)
    return {(one.rule, one.kind, one.subject, one.year): one.status.value for one in told}


def by_sql(world: Corpus, dossier: Dossier, as_of: date) -> Found:
    with duckdb.connect() as database:
        return found(database, world, dossier, as_of, Dialect("duckdb"), "?")


STATUSES = {"compiled": by_generated_code, "columnar": by_sql}


@contextmanager
def made(name: str, world: Corpus) -> Iterator[Engine]:
    if name != "durable":
        yield Reference(world)
        return
    durable = Durable(world)
    try:
        yield durable
    finally:
        durable.close()


@pytest.fixture(params=["reference", "durable", "compiled", "columnar"])
def decide(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Decide:
    """Decides rules about facts; derived facts as above unless given; lists complete.

    Generated code and SQL know statuses only: they have to be those of the reference's answers.
    """
    monkeypatch.setenv(VARIABLE, "")  # these corpora have no digest to be kept under

    def run(
        rules: Iterable[Rule],
        facts: Iterable[Fact],
        *,
        derived: dict[tuple[str, str], str] | None = None,
        complete: Iterable[str] = ("Hall", "Stall"),
        as_of: date = AS_OF,
    ) -> list[Decision]:
        world = corpus(rules, DERIVED | (derived or {}))
        dossier = Dossier(facts, models=WORLD, complete=complete)
        if request.param in STATUSES:
            told = STATUSES[request.param](world, dossier, as_of)
            assert told == judged(Policy(world), dossier, as_of)
        with made(request.param, world) as engine:
            return engine.decide(list(cases(world, dossier, as_of)), dossier, as_of)

    return run


def holds(decision: Decision) -> Truth | None:
    return None if decision.holds is None else decision.holds.truth


@pytest.mark.parametrize(("size", "open_"), list(product([2, 1, None], [True, False, None])))
def test_a_chain_of_derived_facts_is_followed_to_its_end(
    decide: Decide, size: int | None, open_: bool | None
) -> None:
    """A stall is fine if open in a big hall; a hall is busy if a stall is fine."""
    facts = [Hall(id="甲", size=size), Stall(id="一", hall="甲", open=open_)]
    [decision] = decide([rule("r", "Hall", require="busy")], facts)
    big = U if size is None else Truth.of(size >= 2)
    opened = U if open_ is None else Truth.of(open_)
    expected = F if F in (big, opened) else U if U in (big, opened) else T
    assert holds(decision) is expected
    if expected is U:
        blanks = {("Hall", "size"): size is None, ("Stall", "open"): open_ is None}
        assert decision.holds is not None
        assert {(r.kind, r.name) for r in decision.holds.missing} == {
            key for key, blank in blanks.items() if blank
        }


@pytest.mark.parametrize("wanted", ["hall.big", "not hall.big"])
@pytest.mark.parametrize("size", [2, 1, None])
def test_a_derived_fact_of_another_fact_is_had_along_a_reference(
    decide: Decide, wanted: str, size: int | None
) -> None:
    facts = [Hall(id="甲", size=size), Hall(id="乙", size=2), Stall(id="一", hall="甲")]
    [decision] = decide([rule("r", "Stall", require=wanted)], facts)
    big = U if size is None else Truth.of(size >= 2)
    assert holds(decision) is (~big if wanted.startswith("not") else big)


def test_a_reference_not_known_leaves_a_derived_fact_unknown(decide: Decide) -> None:
    facts = [Hall(id="甲", size=2), Stall(id="一")]
    for wanted in ("hall.big", "not hall.big", "hall.big or not hall.big"):
        [decision] = decide([rule("r", "Stall", require=wanted)], facts)
        assert holds(decision) is U
        assert decision.holds is not None
        assert [(r.kind, r.identity, r.name) for r in decision.holds.missing] == [
            ("Stall", "一", "hall")
        ]
    [decision] = decide(
        [rule("r", "Stall", require="hall.big or open")], [Stall(id="一", open=True)]
    )
    assert holds(decision) is T


def yielding(first: str, second: str, third: str) -> list[Rule]:
    """Three rules, each yielding to the one before it."""
    return [
        rule("first", "Hall", when=first),
        rule("second", "Hall", when=second, yields_to=("first",)),
        rule("third", "Hall", when=third, yields_to=("second",)),
    ]


@pytest.mark.parametrize(("one", "two"), list(product([T, F, U], [T, F, U])))
def test_an_exception_to_an_exception_restores_the_rule(
    decide: Decide, one: Truth, two: Truth
) -> None:
    hall = Hall(id="甲", open=STATED[one], size={T: 2, F: 1, U: None}[two])
    rules = yielding("open", "size >= two", "True")
    applies = [decision.applies.truth for decision in decide(rules, [hall])]
    order = [F, U, T]
    second = order[min(order.index(two), order.index(~one))]
    assert applies == [one, second, ~second]


def test_an_exception_may_come_later_in_the_text_than_its_rule(decide: Decide) -> None:
    rules = list(reversed(yielding("open", "size >= two", "True")))
    hall = Hall(id="甲", open=True, size=2)
    assert [decision.applies.truth for decision in decide(rules, [hall])] == [T, F, T]


def test_an_exception_excepts_only_the_subject_it_applies_to(decide: Decide) -> None:
    rules = [rule("spared", "Hall", when="open"), rule("r", "Hall", yields_to=("spared",))]
    halls = [Hall(id="甲", open=True), Hall(id="乙", open=False), Hall(id="丙")]
    found = decide(rules, halls)
    assert [decision.applies.truth for decision in found] == [T, F, U, F, T, U]
    assert [holds(decision) for decision in found] == [T, None, U, None, F, U]


@pytest.mark.parametrize(
    ("since", "until", "applies"),
    [
        (date(2021, 1, 1), None, F),
        (AS_OF, None, F),
        (date(2022, 7, 1), None, T),
        (date(2021, 1, 1), AS_OF, T),
        (date(2021, 1, 1), date(2022, 7, 1), F),
    ],
)
def test_an_exception_not_in_force_excepts_nothing(
    decide: Decide, since: date, until: date | None, applies: Truth
) -> None:
    spared = rule("spared", "Hall", since=since, until=until)
    found = decide([spared, rule("r", "Hall", yields_to=("spared",))], [Hall(id="甲")])
    assert [d.applies.truth for d in found if d.case.rule.id == "r"] == [applies]


def test_of_two_exceptions_either_is_enough(decide: Decide) -> None:
    rules = [
        rule("a", "Hall", when="open"),
        rule("b", "Hall", when="size >= two"),
        rule("r", "Hall", yields_to=("a", "b")),
    ]
    for open_, size in product([True, False, None], [2, 1, None]):
        found = decide(rules, [Hall(id="甲", open=open_, size=size)])
        truths = [decision.applies.truth for decision in found]
        expected = T if T in truths[:2] else U if U in truths[:2] else F
        assert truths[2] is ~expected


@pytest.mark.parametrize(("used", "applies"), list(product([T, F, U], [T, F, U])))
def test_a_permission_is_asked_whether_it_is_used(
    decide: Decide, used: Truth, applies: Truth
) -> None:
    option = rule(
        "r",
        "Hall",
        when="size >= two",
        used="open",
        require="colour == '红'",
        modality=Modality.PERMISSION,
    )
    size = {T: 2, F: 1, U: None}[applies]
    [decision] = decide([option], [Hall(id="甲", open=STATED[used], size=size, colour="绿")])
    assert decision.applies.truth is applies
    asked = applies is not F
    assert (decision.used is not None, decision.holds is not None) == (asked, asked)
    if decision.used is not None and decision.holds is not None:
        assert (decision.used.truth, decision.holds.truth) == (used, F)


def test_a_yearly_duty_is_asked_once_a_year_with_that_years_day(decide: Decide) -> None:
    yearly = Due("yearly", month_day=(3, 31))
    rules = [rule("r", "Hall", require="built <= due", due=yearly)]
    found = decide(rules, [Hall(id="甲", built=date(2022, 3, 31))])
    assert [(d.case.year, d.case.due, holds(d)) for d in found] == [
        (2021, date(2021, 3, 31), F),
        (2022, date(2022, 3, 31), T),
    ]


def test_what_counts_until_the_day_asked_counts_only_until_it_is_due(decide: Decide) -> None:
    """``by`` is the due day, or the day asked while that is earlier."""
    day = Due("day", day=date(2022, 3, 31))
    rules = [rule("r", "Hall", require="built <= by", due=day)]
    built = {
        date(2022, 1, 31): (F, T, T),
        date(2022, 3, 31): (F, T, T),
        date(2022, 4, 1): (F, F, F),
    }
    for on, expected in built.items():
        for as_of, truth in zip(
            (date(2022, 1, 30), date(2022, 3, 31), date(2022, 6, 30)), expected, strict=True
        ):
            [decision] = decide(rules, [Hall(id="甲", built=on)], as_of=as_of)
            assert holds(decision) is truth, (on, as_of)


def test_yearly_cases_yield_to_exceptions_too(decide: Decide) -> None:
    yearly = Due("yearly", month_day=(12, 31))
    rules = [
        rule("spared", "Hall", when="open"),
        rule("r", "Hall", require="open", due=yearly, yields_to=("spared",)),
    ]
    found = decide(rules, [Hall(id="甲", open=False), Hall(id="乙", open=True)])
    assert [(d.case.subject.identity, d.case.year, d.applies.truth) for d in found[2:]] == [
        ("甲", 2021, T),
        ("甲", 2022, T),
        ("乙", 2021, F),
        ("乙", 2022, F),
    ]


def test_answers_stand_in_the_order_of_the_cases(decide: Decide) -> None:
    rules = [rule(f"r{n}", kind) for n, kind in enumerate(["Stall", "Hall", "Stall"] * 30)]
    facts = [Hall(id="甲", open=True), *(Stall(id=f"摊{n}", hall="甲") for n in range(3))]
    found = decide(rules, facts)
    assert [d.case.rule.id for d in found] == [
        r.id for r in rules for _ in range(3 if r.subject == "Stall" else 1)
    ]
    for decision in found:
        assert holds(decision) is (T if decision.case.rule.subject == "Hall" else U)


def test_answers_do_not_depend_on_the_order_of_the_facts(decide: Decide) -> None:
    facts: list[Fact] = [
        Hall(id="甲", size=2),
        Hall(id="乙"),
        Stall(id="一", hall="甲", open=True),
        Stall(id="二", hall="乙", open=True),
    ]
    rules = [rule("r", "Hall", when="busy", require="ready"), rule("s", "Stall", require="fine")]
    answers = {
        tuple(
            sorted(
                (d.case.rule.id, d.case.subject.identity, d.applies.truth.value, str(holds(d)))
                for d in decide(rules, shuffled)
            )
        )
        for shuffled in permutations(facts)
    }
    assert len(answers) == 1


def test_no_rules_and_no_facts_are_no_cases(decide: Decide) -> None:
    assert decide([], [Hall(id="甲")]) == []
    assert decide([rule("r", "Hall")], []) == []
    assert decide([rule("r", "Hall", since=date(2022, 7, 1))], [Hall(id="甲")]) == []


IDS = [
    "1",
    "01",
    "1.0",
    "$s",
    "~end",
    "$m",
    "a.b",
    "null",
    "true",
    "sid-0",
    "x",
    "𝟏",
    "e\u0301",
    "é",
]


def test_names_that_look_alike_are_different_facts(decide: Decide) -> None:
    """Every second hall is big; every stall is asked about its own hall, and shares its name."""
    halls = [Hall(id=name, size=2 if n % 2 else 1) for n, name in enumerate(IDS)]
    stalls = [Stall(id=name, hall=name, open=True) for name in IDS]
    found = decide([rule("r", "Stall", require="fine")], [*halls, *stalls])
    assert [holds(decision) for decision in found] == [
        Truth.of(n % 2 == 1) for n in range(len(IDS))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "$s",
        "~end",
        "\"'\\{}[]",
        "\x00\x01\x1f",
        "\n\r\u2028",
        "😀\U0010ffff",
        "社" * 65_536,
        "1e400",
    ],
    ids=["$s", "~end", "quotes", "control", "lines", "astral", "65536", "huge"],
)
def test_a_text_of_any_kind_is_compared_whole(decide: Decide, text: str) -> None:
    """Facts made without their checks: a text that could not come from a file harms nothing."""

    def unchecked(model: type[Fact], **given: str) -> Fact:
        return model.model_construct(None, **given)

    halls = [unchecked(Hall, id="甲", colour=text), unchecked(Hall, id="乙", colour=f"{text}.")]
    stalls = [
        unchecked(Stall, id=f"{hall.identity}{n}", hall=hall.identity, colour=colour)
        for hall in halls
        for n, colour in enumerate([text, f"{text}.", text[:-1] or "-"])
    ]
    found = decide([rule("r", "Stall", require="colour == hall.colour")], [*halls, *stalls])
    assert [holds(decision) for decision in found] == [T, F, F, F, T, F]
