"""Where an expression is evaluated: dossier, subject, days, parameters, derived facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy.expression.values import Verdict

Parameter = int | Fraction | date | str | tuple[str, ...]
DerivedOf = Callable[[str, Fact], Verdict]
"""The verdict of a derived fact, by its name, about a fact."""


ExceptionOf = Callable[[str], Verdict]
"""The verdict on whether another rule, by its id, applies to the same subject."""


def no_derived(name: str, _fact: Fact) -> Verdict:
    raise LookupError(f"derived fact {name} is not to be had here")


def no_exception(rule: str) -> Verdict:
    raise LookupError(f"whether {rule} applies is not to be had here")


@dataclass(frozen=True, slots=True)
class Frame:
    """``columns`` maps a table column's name to its cells by row."""

    dossier: Dossier
    subject: Fact
    as_of: date
    due: date | None = None
    year: int | None = None
    params: Mapping[str, Parameter] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    derived: DerivedOf = no_derived
    exception: ExceptionOf = no_exception
    variables: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def by(self) -> date:
        """The day up to which things count: the due day, or ``as_of`` while that is earlier."""
        return self.as_of if self.due is None else min(self.as_of, self.due)

    def binding(self, name: str, fact: Fact) -> Frame:
        """The frame inside a loop."""
        return Frame(
            self.dossier,
            self.subject,
            self.as_of,
            self.due,
            self.year,
            self.params,
            self.columns,
            self.derived,
            self.exception,
            {**self.variables, name: fact},
        )
