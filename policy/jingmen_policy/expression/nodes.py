"""The nodes of the rule language: terms have values, formulas are true, false or unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from jingmen_facts.kinds import FieldSpec, Relation


class Of(Enum):
    """What a term evaluates to."""

    FLAG = "flag"
    NUMBER = "number"
    MONEY = "money"
    RATIO = "ratio"
    DAY = "day"
    TEXT = "text"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a term; ``unit`` is '' where any unit fits (zero) or none applies."""

    of: Of
    unit: str = ""
    choices: tuple[str, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """A way to a fact: from the subject ('') or a loop variable along references to one."""

    root: str
    kind: str
    steps: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """A way to a collection: to a fact, then along relations, at least one of them to many."""

    start: Path
    steps: tuple[Relation, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Const:
    value: int | str | bool | tuple[str, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Param:
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Field:
    path: Path
    spec: FieldSpec
    type: Type


@dataclass(frozen=True, slots=True)
class Calendar:
    """``as_of``, ``due``, ``by`` (the earlier of the two) or ``year`` (of the period judged)."""

    name: Literal["as_of", "due", "by", "year"]
    type: Type


@dataclass(frozen=True, slots=True)
class Arithmetic:
    op: Literal["+", "-", "*"]
    left: Term
    right: Term
    type: Type


@dataclass(frozen=True, slots=True)
class Lookup:
    """The cell of a table column in the row a text names."""

    column: str
    key: Term
    type: Type


@dataclass(frozen=True, slots=True)
class Call:
    function: Literal["age", "years_after"]
    arguments: tuple[Term, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Count:
    """How many members there are, or how many meet a condition."""

    members: Members
    var: str
    condition: Formula | None
    type: Type


@dataclass(frozen=True, slots=True)
class Sum:
    members: Members
    var: str
    value: Term
    condition: Formula | None
    type: Type


@dataclass(frozen=True, slots=True)
class Size:
    """How many texts a field holds."""

    texts: Term
    type: Type


Term = Const | Param | Field | Calendar | Arithmetic | Lookup | Call | Count | Sum | Size


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Formula


Operator = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Compare:
    op: Operator
    left: Term
    right: Term
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Within:
    """``x in texts``: every element is among the texts (one text is one element)."""

    elements: Term
    texts: Term
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes-or-no field, or True and False themselves."""

    term: Term
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived fact of the fact at the end of a path."""

    name: str
    path: Path
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Quantified:
    """``every(body for var in members if condition)`` or ``some(...)``."""

    op: Literal["every", "some"]
    members: Members
    var: str
    body: Formula
    condition: Formula | None
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Yields:
    """True where another rule applies to the same subject; made from ``yields_to``."""

    rule: str
    source: str = field(default="", compare=False)


Leaf = Compare | Within | Flag | Derived | Quantified | Yields
Formula = And | Or | Not | Leaf
