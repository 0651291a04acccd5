"""The client, for code that waits."""

from __future__ import annotations

import time
from collections.abc import Iterable
from types import TracebackType
from typing import Literal, Self, overload

import httpx

from jingmen_policy.client import calls
from jingmen_policy.client.asking import BASE, Manner
from jingmen_policy.client.calls import Answer, Call, Day, Detail, Facts, Readings
from jingmen_policy.client.errors import problem_of
from jingmen_policy.client.types import (
    Brief,
    ClauseTold,
    CorpusAt,
    CorpusTold,
    DiscrepancyTold,
    Full,
    NextAsked,
    ReadingTold,
    Receipt,
    RuleList,
    RuleTold,
    Who,
)


class Client:
    """Asks a service. Every method raises ``Problem`` for any other answer.

    Where the service is busy it is asked again, ``retries`` times, when it says to.
    """

    def __init__(
        self,
        base: str = BASE,
        *,
        token: str | None = None,
        language: Literal["zh", "en"] = "zh",
        timeout: float = 60.0,
        retries: int = 2,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._manner = Manner(base, token, language, timeout, retries)
        self._http = httpx.Client(transport=transport, **self._manner.settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    @overload
    def judge(
        self,
        dossier: Facts,
        as_of: Day = None,
        *,
        rules: Iterable[str] | None = None,
        readings: Readings = None,
        corpus: str | None = None,
        detail: Literal["brief"] = "brief",
    ) -> Brief: ...

    @overload
    def judge(
        self,
        dossier: Facts,
        as_of: Day = None,
        *,
        rules: Iterable[str] | None = None,
        readings: Readings = None,
        corpus: str | None = None,
        detail: Literal["full"],
    ) -> Full: ...

    def judge(
        self,
        dossier: Facts,
        as_of: Day = None,
        *,
        rules: Iterable[str] | None = None,
        readings: Readings = None,
        corpus: str | None = None,
        detail: Detail = "brief",
    ) -> Brief | Full:
        """How every rule stands; ``full`` also why, with quotes and what is missing."""
        answer: Brief | Full = self._ask(
            calls.judge(dossier, as_of, rules, readings, corpus, detail)
        )
        return answer

    def judge_batch(
        self,
        dossiers: Iterable[Facts],
        as_of: Day = None,
        *,
        rules: Iterable[str] | None = None,
        readings: Readings = None,
        corpus: str | None = None,
        detail: Detail = "brief",
    ) -> list[Brief | Full]:
        """An answer for each dossier, in their order; or none, where one is wrong."""
        asked = calls.judge_batch(dossiers, as_of, rules, readings, corpus, detail)
        return (self._ask(asked))["answers"]

    def explain(
        self,
        dossier: Facts,
        rule: str,
        subject: str,
        as_of: Day = None,
        *,
        readings: Readings = None,
        corpus: str | None = None,
    ) -> Full:
        """One rule and one subject: why, why not, what is missing."""
        answer: Full = self._ask(calls.explain(dossier, rule, subject, as_of, readings, corpus))
        return answer

    def next_question(
        self,
        dossier: Facts,
        who: Who,
        as_of: Day = None,
        *,
        skipped: Iterable[str] = (),
        readings: Readings = None,
        corpus: str | None = None,
    ) -> NextAsked:
        """The fact that settles most for whoever answers."""
        return self._ask(calls.next_question(dossier, who, as_of, skipped, readings, corpus))

    def rules(
        self, as_of: Day = None, *, corpus: str | None = None, section: str | None = None
    ) -> RuleList:
        """The rules in the order of the text."""
        return self._ask(calls.rules(as_of, corpus, section))

    def rule(self, name: str, as_of: Day = None, *, corpus: str | None = None) -> RuleTold:
        """Everything a rule says."""
        return self._ask(calls.rule(name, as_of, corpus))

    def clauses(self, address: str | None = None, *, corpus: str | None = None) -> list[ClauseTold]:
        """The text by sentences, or one part of it and what is inside, with who quotes it."""
        return (self._ask(calls.clauses(address, corpus)))["clauses"]

    def readings(self, *, corpus: str | None = None) -> list[ReadingTold]:
        """Every reading that had to be chosen."""
        return (self._ask(calls.readings(corpus)))["readings"]

    def reading(self, name: str, *, corpus: str | None = None) -> ReadingTold:
        """One of them."""
        return self._ask(calls.reading(name, corpus))

    def discrepancies(self, *, corpus: str | None = None) -> list[DiscrepancyTold]:
        """Every place where the document disagrees with itself, or is silent."""
        return (self._ask(calls.discrepancies(corpus)))["discrepancies"]

    def corpora(self) -> list[CorpusTold]:
        """The corpora that are served."""
        return (self._ask(calls.corpora()))["corpora"]

    def corpus_at(self, name: str, as_of: Day = None) -> CorpusAt:
        """Which version of each rule is in force on a day."""
        return self._ask(calls.corpus_at(name, as_of))

    def receipt(self, identity: str) -> Receipt:
        """What a decision was made of."""
        return self._ask(calls.receipt(identity))

    def ready(self) -> bool:
        """Whether the service takes requests."""
        return (self._http.get("/v1/health/ready")).is_success

    def _ask(self, call: Call[Answer]) -> Answer:
        """The answer. Raises Problem."""
        tried = 0
        while True:
            response = self._http.request(call.method, call.path, params=call.query, json=call.body)
            if response.is_success:
                answer: Answer = response.json()
                return answer
            pause = self._manner.pause(problem_of(response), tried)
            tried += 1
            time.sleep(pause)
