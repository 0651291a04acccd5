"""Notes of proofs, and what goes wrong while asking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType

from jingmen_facts.problems import Said
from jingmen_policy.prove.model import Kind, ProofNote, Result, Witness
from jingmen_policy.prove.solver import Unsettled
from jingmen_policy.prove.stage import Disagreement
from jingmen_policy.prove.texts import Unsayable
from jingmen_policy.rule.model import Rule


def note(
    rules: Iterable[Rule],
    kind: Kind,
    result: Result,
    text: Said,
    witnesses: Sequence[Witness] = (),
) -> ProofNote:
    given = tuple(rules)
    return ProofNote(
        tuple(rule.id for rule in given),
        kind,
        result,
        addresses(given),
        text,
        tuple(witnesses),
    )


def addresses(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The clauses that rules quote, each once."""
    return tuple(dict.fromkeys(cite.address for rule in rules for cite in rule.cites))


class Asking:
    """Collects notes; what cannot be asked, told or borne out becomes a note that it failed."""

    def __init__(self, rules: Iterable[Rule], kind: Kind) -> None:
        self.rules = tuple(rules)
        self.kind: Kind = kind
        self.notes: list[ProofNote] = []

    def __enter__(self) -> Asking:
        return self

    def to(self, found: ProofNote) -> None:
        self.notes.append(found)

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        if isinstance(error, Unsettled | Unsayable):
            said = error.said
        elif isinstance(error, Disagreement):
            wanted = "、".join(status.label.zh for status in error.wanted)
            found = "、".join(status.label.zh for status in error.found)
            said = Said(
                f"求解器说是{wanted}，基准引擎得出{found}",
                f"the solver and the reference engine disagree: {error}",
            )
        else:
            return False
        self.notes.append(note(self.rules, self.kind, "failed", said))
        return True
