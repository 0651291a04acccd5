"""``GET /v1/rules``, ``clauses``, ``readings``, ``discrepancies`` and ``corpora``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from jingmen_facts.problems import Refused
from jingmen_policy.judge.policy import Policy
from jingmen_policy.service import answers, catalogue
from jingmen_policy.service.problems import Trouble
from jingmen_policy.service.requests import JudgedDay
from jingmen_policy.service.routes.shared import json_of, state_of

router = APIRouter(prefix="/v1", tags=["catalogue"])

AsOf = Annotated[
    JudgedDay | None, Query(description="the day; else today", examples=["2022-06-30"])
]
Corpus = Annotated[
    str | None,
    Query(max_length=40, description="the name of a corpus; else the first", examples=["plan"]),
]
Section = Annotated[
    str | None,
    Query(
        max_length=100,
        description="only rules that cite this part of the text: 四（三）, sec_4__item_3",
        examples=["四（三）"],
    ),
]


@router.get("/rules", response_model=answers.RuleList)
def rules(
    request: Request, as_of: AsOf = None, corpus: Corpus = None, section: Section = None
) -> Response:
    """The rules in the order of the text, with the version of each in force on a day."""
    return _told(catalogue.rules(_policy(request, corpus), as_of or date.today(), section))


@router.get("/rules/{rule:path}", response_model=answers.RuleTold)
def rule(
    request: Request,
    rule: Annotated[str, Path(examples=["staffing"])],
    as_of: AsOf = None,
    corpus: Corpus = None,
) -> Response:
    """Everything a rule says: quotes, who bears it, every version with its expressions."""
    policy = _policy(request, corpus)
    return _found(lambda: catalogue.rule(policy, rule, as_of or date.today()))


@router.get("/clauses", response_model=answers.ClauseList)
def clauses(request: Request, corpus: Corpus = None) -> Response:
    """The text sentence by sentence, with the rules that quote each."""
    return _told(catalogue.clauses(_policy(request, corpus)))


@router.get("/clauses/{address:path}", response_model=answers.ClauseList)
def clause(
    request: Request,
    address: Annotated[str, Path(examples=["四（三）第1句"])],
    corpus: Corpus = None,
) -> Response:
    """One part of the text by its address, and what is inside it."""
    policy = _policy(request, corpus)
    return _found(lambda: catalogue.clause(policy, address))


@router.get("/readings", response_model=answers.ReadingList)
def readings(request: Request, corpus: Corpus = None) -> Response:
    """Every reading that had to be chosen, with its basis and its alternatives."""
    return _told(catalogue.readings(_policy(request, corpus)))


@router.get("/readings/{reading:path}", response_model=answers.ReadingTold)
def reading(
    request: Request,
    reading: Annotated[str, Path(examples=["at-most-inclusive"])],
    corpus: Corpus = None,
) -> Response:
    """One reading that had to be chosen."""
    policy = _policy(request, corpus)
    return _found(lambda: catalogue.reading(policy, reading))


@router.get("/discrepancies", response_model=answers.DiscrepancyList)
def discrepancies(request: Request, corpus: Corpus = None) -> Response:
    """Every place where the document disagrees with itself, or is silent."""
    return _told(catalogue.discrepancies(_policy(request, corpus)))


@router.get("/corpora", response_model=answers.CorpusList)
def corpora(request: Request) -> Response:
    """The corpora that are served: their hashes, amendments, from when they hold."""
    return _told(catalogue.corpora(state_of(request).corpora))


@router.get("/corpora/{corpus:path}", response_model=answers.CorpusAt)
def corpus_at(
    request: Request, corpus: Annotated[str, Path(examples=["plan"])], as_of: AsOf = None
) -> Response:
    """One corpus on a day: which version of each rule is in force."""
    served = state_of(request).corpora
    return _found(lambda: catalogue.corpus_at(served, corpus, as_of or date.today()))


def _policy(request: Request, corpus: str | None) -> Policy:
    """The policy named in a query. Raises Refused."""
    return state_of(request).corpora.named(corpus)


def _told(answer: BaseModel) -> Response:
    return json_of(answer.model_dump_json().encode())


def _found(look: Callable[[], BaseModel]) -> Response:
    """What the path names. Raises Trouble where there is no such thing."""
    try:
        return _told(look())
    except Refused as error:
        raise Trouble("not-found", problems=error.problems) from None
