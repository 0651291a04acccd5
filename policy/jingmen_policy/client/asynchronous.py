"""The client, for code that awaits."""

from __future__ import annotations

import asyncio
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


class AsyncClient:
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
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._manner = Manner(base, token, language, timeout, retries)
        self._http = httpx.AsyncClient(transport=transport, **self._manner.settings)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._http.aclose()

    @overload
    async def judge(
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
    async def judge(
        self,
        dossier: Facts,
        as_of: Day = None,
        *,
        rules: Iterable[str] | None = None,
        readings: Readings = None,
        corpus: str | None = None,
        detail: Literal["full"],
    ) -> Full: ...

    async def judge(
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
        answer: Brief | Full = await self._ask(
            calls.judge(dossier, as_of, rules, readings, corpus, detail)
        )
        return answer

    async def judge_batch(
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
        return (await self._ask(asked))["answers"]

    async def explain(
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
        answer: Full = await self._ask(
            calls.explain(dossier, rule, subject, as_of, readings, corpus)
        )
        return answer

    async def next_question(
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
        return await self._ask(calls.next_question(dossier, who, as_of, skipped, readings, corpus))

    async def rules(
        self, as_of: Day = None, *, corpus: str | None = None, section: str | None = None
    ) -> RuleList:
        """The rules in the order of the text."""
        return await self._ask(calls.rules(as_of, corpus, section))

    async def rule(self, name: str, as_of: Day = None, *, corpus: str | None = None) -> RuleTold:
        """Everything a rule says."""
        return await self._ask(calls.rule(name, as_of, corpus))

    async def clauses(
        self, address: str | None = None, *, corpus: str | None = None
    ) -> list[ClauseTold]:
        """The text by sentences, or one part of it and what is inside, with who quotes it."""
        return (await self._ask(calls.clauses(address, corpus)))["clauses"]

    async def readings(self, *, corpus: str | None = None) -> list[ReadingTold]:
        """Every reading that had to be chosen."""
        return (await self._ask(calls.readings(corpus)))["readings"]

    async def reading(self, name: str, *, corpus: str | None = None) -> ReadingTold:
        """One of them."""
        return await self._ask(calls.reading(name, corpus))

    async def discrepancies(self, *, corpus: str | None = None) -> list[DiscrepancyTold]:
        """Every place where the document disagrees with itself, or is silent."""
        return (await self._ask(calls.discrepancies(corpus)))["discrepancies"]

    async def corpora(self) -> list[CorpusTold]:
        """The corpora that are served."""
        return (await self._ask(calls.corpora()))["corpora"]

    async def corpus_at(self, name: str, as_of: Day = None) -> CorpusAt:
        """Which version of each rule is in force on a day."""
        return await self._ask(calls.corpus_at(name, as_of))

    async def receipt(self, identity: str) -> Receipt:
        """What a decision was made of."""
        return await self._ask(calls.receipt(identity))

    async def ready(self) -> bool:
        """Whether the service takes requests."""
        return (await self._http.get("/v1/health/ready")).is_success

    async def _ask(self, call: Call[Answer]) -> Answer:
        """The answer. Raises Problem."""
        tried = 0
        while True:
            response = await self._http.request(
                call.method, call.path, params=call.query, json=call.body
            )
            if response.is_success:
                answer: Answer = response.json()
                return answer
            pause = self._manner.pause(problem_of(response), tried)
            tried += 1
            await asyncio.sleep(pause)
