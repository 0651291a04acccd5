"""A small world of its own, with random corpora and random dossiers: engines must agree on all.

Two kinds: a Hall has a flag, a number, a colour and its Stalls; a Stall has the same and its Hall.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Annotated, ClassVar, Literal, cast

from hypothesis import strategies as st

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Said
from jingmen_facts.scalars import Day, Flag, Name, Pieces
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Formula, Path
from jingmen_policy.expression.parse import parse_formula
from jingmen_policy.expression.scope import Scope
from jingmen_policy.rule.due import STANDING, Due
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.model import DerivedFact, DerivedVersion, Party, Rule, Version
from jingmen_policy.rule.parameter import read_let

SINCE = date(2021, 1, 1)
AS_OF = date(2022, 6, 30)
Colour = Literal["红", "绿", "蓝\n'\"}{"]


class Hall(Fact):
    LABEL: ClassVar[Label] = Label("大厅", "hall")

    id: Annotated[Name, Label("编号", "id")]
    open: Annotated[Flag | None, Label("开放", "open")] = None
    size: Annotated[Pieces | None, Label("规模", "size")] = None
    colour: Annotated[Colour | None, Label("颜色", "colour")] = None
    built: Annotated[Day | None, Label("建成", "built")] = None


class Stall(Fact):
    LABEL: ClassVar[Label] = Label("摊位", "stall")

    id: Annotated[Name, Label("编号", "id")]
    hall: Annotated[Name | None, Label("大厅", "hall"), Refers("Hall", inverse="stalls")] = None
    open: Annotated[Flag | None, Label("开放", "open")] = None
    size: Annotated[Pieces | None, Label("规模", "size")] = None
    colour: Annotated[Colour | None, Label("颜色", "colour")] = None


WORLD = FactModels([Hall, Stall])
DERIVED = {"Hall": ("big", "busy", "ready"), "Stall": ("fine",)}
LETS = tuple(read_let(name, text, {"个"}) for name, text in (("two", "2个"), ("half", "50%")))

_HALL_ATOMS = (
    "open",
    "size >= two",
    "size < half * two",
    "size + half * size >= two",
    "colour == '红'",
    "colour in ('红', '绿')",
    "built <= as_of",
    "count(stalls) >= two",
    "count(s for s in stalls if s.open and s.size >= two) == two",
    "sum(s.size for s in stalls if s.open) > size",
    "every(s.open for s in stalls)",
    "some(s.size == size for s in stalls if s.colour == '红')",
    "some(s.fine for s in stalls)",
    "count(s for s in stalls if s.fine or s.open) >= two",
)
_STALL_ATOMS = (
    "open",
    "size != two",
    "colour == hall.colour",
    "hall.open",
    "hall.big",
    "hall.ready",
    "size <= hall.size",
    "count(hall.stalls) > two",
    "some(other.size > size for other in hall.stalls)",
)
# Each derived fact mentions only those before it, so nothing goes in a circle.
_DERIVED_ATOMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Hall", "big", _HALL_ATOMS[:9]),
    ("Stall", "fine", (*_STALL_ATOMS[:5], "hall.big")),
    ("Hall", "busy", (*_HALL_ATOMS, "big")),
    ("Hall", "ready", (*_HALL_ATOMS, "big", "busy", "not busy")),
)


@cache
def spelt(atoms: tuple[str, ...], depth: int = 3) -> st.SearchStrategy[str]:
    """Random expressions over some atoms. Made once: drawing is cheaper."""
    return st.recursive(
        st.sampled_from(sorted(atoms)),
        lambda inner: (
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
                lambda part: f"({part[0]} {part[1]} {part[2]})"
            )
            | inner.map(lambda part: f"(not {part})")
        ),
        max_leaves=depth + 1,
    )


def formula(kind: str, text: str, *, calendar: Iterable[str] = ()) -> Formula:
    scope = Scope(
        WORLD,
        kind,
        params={let.name: let.type for let in LETS},
        derived={name: frozenset(names) for name, names in DERIVED.items()},
        calendar=frozenset({"as_of", "by", *calendar}),
    )
    return parse_formula(text, scope)


def rule(
    name: str,
    kind: str,
    *,
    when: str | None = None,
    require: str | None = "open",
    used: str | None = None,
    modality: Modality = Modality.DUTY,
    due: Due = STANDING,
    yields_to: tuple[str, ...] = (),
    since: date = SINCE,
    until: date | None = None,
) -> Rule:
    """A rule of one version, written in words of the small world."""

    def parsed(text: str | None) -> Formula | None:
        calendar = {"day": ("due",), "yearly": ("due", "year")}.get(due.kind, ())
        return None if text is None else formula(kind, text, calendar=calendar)

    texts = {"when": when, "used": used, "require": require}
    version = Version(
        since=since,
        until=until,
        lets=LETS,
        due=due,
        when=parsed(when),
        used=parsed(used),
        require=parsed(require),
        reason="",
        otherwise=None,
        written={name: text for name, text in texts.items() if text is not None},
        columns={},
    )
    return Rule(
        id=name,
        file=f"{name}.yaml",
        title=Said(name, name),
        cites=(),
        modality=modality,
        words={},
        bearer=Party(Said("业主", "owner"), Path("", kind)),
        counterparty=None,
        subject=kind,
        yields_to=yields_to,
        readings=(),
        versions=(version,),
    )


def corpus(rules: Iterable[Rule], derived: Mapping[tuple[str, str], str]) -> Corpus:
    facts = {
        (kind, name): DerivedFact(
            name,
            f"{name}.yaml",
            Said(name, name),
            kind,
            (),
            (),
            (
                DerivedVersion(
                    since=SINCE,
                    until=None,
                    lets=LETS,
                    columns={},
                    means=formula(kind, text),
                    written=text,
                ),
            ),
        )
        for (kind, name), text in derived.items()
    }
    return Corpus(
        id="world",
        title=Said("小世界", "small world"),
        since=SINCE,
        models=WORLD,
        source=cast("object", None),  # type: ignore[arg-type]
        tables={},
        rules={rule.id: rule for rule in rules},
        derived=facts,
        interpretations={},
        readings=(),
        discrepancies={},
        digest="",
    )


_KINDS = st.sampled_from(["Hall", "Stall"])
_MODALITIES = st.sampled_from([Modality.DUTY, Modality.PERMISSION, Modality.PREFERENCE])
_DUE = st.sampled_from([STANDING, Due("unstated"), Due("day", day=date(2022, 6, 30))]) | st.just(
    Due("yearly", month_day=(12, 31))
)
_SINCE = st.sampled_from([SINCE, AS_OF, AS_OF + timedelta(days=1)])


@cache
def _maybe_spelt(atoms: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    return st.none() | spelt(atoms)


@st.composite
def corpora(draw: st.DrawFn, most: int = 6) -> Corpus:
    """Corpora of a few rules with derived facts, exceptions, options and every kind of due day."""
    derived = {(kind, name): draw(spelt(atoms), label=name) for kind, name, atoms in _DERIVED_ATOMS}
    rules: list[Rule] = []
    for number in range(draw(st.integers(1, most))):
        kind = draw(_KINDS)
        atoms = (
            (*_HALL_ATOMS, "big", "busy", "ready") if kind == "Hall" else (*_STALL_ATOMS, "fine")
        )
        modality, due = draw(_MODALITIES), draw(_DUE)
        optional = modality is Modality.PERMISSION
        earlier = [r.id for r in rules if r.subject == kind and r.versions[0].due.kind != "yearly"]
        rules.append(
            rule(
                f"r{number}",
                kind,
                when=draw(_maybe_spelt(atoms)),
                require=draw(spelt(atoms)),
                used=draw(spelt(atoms)) if optional else None,
                modality=modality,
                due=due,
                yields_to=tuple(draw(st.lists(st.sampled_from(earlier), unique=True, max_size=2)))
                if earlier
                else (),
                since=draw(_SINCE),
            )
        )
    return corpus(rules, derived)


_FLAG = st.none() | st.booleans()
_SIZE = st.none() | st.integers(0, 3)
_COLOURS: tuple[Colour, ...] = ("红", "绿", "蓝\n'\"}{")
_COLOUR = st.none() | st.sampled_from(_COLOURS)
_DAY = st.none() | st.sampled_from([AS_OF - timedelta(days=1), AS_OF, AS_OF + timedelta(days=1)])


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Dossiers with facts missing, strays, hostile ids and lists that may be incomplete."""
    names = draw(
        st.lists(
            st.sampled_from(["甲", "乙\"{}'", "$m", "a.b", "-1", "~end"]), unique=True, max_size=3
        )
    )
    halls = [
        Hall(id=n, open=draw(_FLAG), size=draw(_SIZE), colour=draw(_COLOUR), built=draw(_DAY))
        for n in names
    ]
    owners = st.none() | st.sampled_from(names) if names else st.none()
    stalls = [
        Stall(
            id=f"摊{number}",
            hall=draw(owners),
            open=draw(_FLAG),
            size=draw(_SIZE),
            colour=draw(_COLOUR),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    whole = draw(st.sampled_from([(), ("Stall",), ("Hall", "Stall")]))
    return Dossier([*halls, *stalls], models=WORLD, complete=whole)
