"""The durable engine: a corpus compiled once, then one short session of durable_rules a program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jingmen_facts.dossier import Dossier
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.durable.native import Ruleset
from jingmen_policy.engines.durable.program import Program, programs
from jingmen_policy.engines.durable.run import Run
from jingmen_policy.engines.protocol import Case, Decision


class Durable:
    """Decides by forward chaining. Safe to share between threads; evaluations take turns."""

    name = "durable"

    def __init__(self, corpus: Corpus) -> None:
        self._compiled: list[tuple[Program, Ruleset]] = [
            (program, Ruleset(program.rules)) for program in programs(corpus)
        ]

    def decide(self, cases: Sequence[Case], dossier: Dossier, as_of: date) -> list[Decision]:
        decided: dict[int, Decision] = {}
        for program, ruleset in self._compiled:
            places = [i for i, case in enumerate(cases) if case.rule.id in program.wanted]
            if not places:
                continue
            with ruleset.session() as session:
                run = Run(program, session, dossier, as_of, [cases[i] for i in places])
                decided.update(zip(places, run.decide(), strict=True))
        return [decided[i] for i in range(len(cases))]

    def close(self) -> None:
        """Free the compiled rules; the engine is of no further use."""
        while self._compiled:
            self._compiled.pop()[1].close()
