"""What may be asked: the members of each body, checked, with every error at its place."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from jingmen_facts.problems import Problem, Said, refuse
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.scalars import Day
from jingmen_policy.service.problems import Trouble

FIRST, LAST = date(2000, 1, 1), date(2050, 12, 31)
"""The days there are findings for. A yearly duty comes to a finding a year, so that a day in the
year 9999 would come to thousands.
"""
_OUTSIDE = Said(f"应在 {FIRST} 至 {LAST} 之间", f"should be between {FIRST} and {LAST}")


def _inside(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise refuse(_OUTSIDE.zh, _OUTSIDE.en)
    return day


JudgedDay = Annotated[Day, AfterValidator(_inside)]
Detail = Literal["brief", "full"]
RuleName = Annotated[str, Field(min_length=1, max_length=60)]


class Asked(BaseModel):
    """What every question may say besides its facts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: Annotated[
        JudgedDay | None,
        Field(
            description="the day to judge at the close of; else the dossier's own `as_of`, else"
            " today",
            examples=["2022-06-30"],
        ),
    ] = None
    corpus: Annotated[
        str | None,
        Field(description="which of `GET /v1/corpora`; else the first", examples=["plan"]),
    ] = None
    readings: Annotated[
        dict[str, str],
        Field(
            max_length=200,
            description="readings not chosen to put into force: an id of `GET /v1/readings` to one"
            " of its alternatives",
            examples=[{"at-most-inclusive": "strictly-less"}],
        ),
    ] = Field(default_factory=dict)


class Chosen(Asked):
    """A question about several rules."""

    rules: Annotated[
        tuple[RuleName, ...] | None,
        Field(
            min_length=1,
            max_length=2_000,
            description="only these rules; else every rule",
            examples=[["staffing", "personnel-share"]],
        ),
    ] = None
    detail: Annotated[
        Detail,
        Field(
            description="`brief`: how each rule stands; `full`: also quotes, values compared, facts"
            " used and what is missing, some thirty times the work"
        ),
    ] = "brief"


class Judge(Chosen):
    """One dossier to judge."""

    dossier: Any


class JudgeBatch(Chosen):
    """Many dossiers, each judged by itself."""

    dossiers: list[Any]


class Explain(Asked):
    """One rule and one subject to explain."""

    dossier: Any
    rule: RuleName
    subject: Annotated[
        str,
        Field(
            min_length=1,
            max_length=400,
            description="the identity of a fact of the rule's subject kind",
            examples=["ST-1"],
        ),
    ]


class Who(BaseModel):
    """Whoever answers: a fact of the dossier to which others belong."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Annotated[str, Field(max_length=100, examples=["Station"])]
    id: Annotated[str, Field(max_length=400, examples=["ST-1"])]


class NextQuestion(Asked):
    """A dossier of which the fact is sought that settles most for somebody."""

    dossier: Any
    who: Who
    skipped: Annotated[
        tuple[Annotated[str, Field(max_length=900)], ...],
        Field(max_length=5_000, description="ids of questions answered with: not known"),
    ] = ()


Body = TypeVar("Body", bound=BaseModel)


def read(form: type[Body], value: Any) -> Body:
    """A body as a form has it. Raises Trouble with everything wrong."""
    if not isinstance(value, dict):
        said = Said("请求应为一个 JSON 对象", "the request should be a JSON object")
        raise Trouble("malformed", said)
    try:
        return form.model_validate(value)
    except ValidationError as error:
        raise Trouble("refused", problems=problems_of(error, Located(value), form)) from None


def day(asked: date | None, stated: date | None) -> date:
    """The day to judge on. Raises Trouble where a dossier names one that is too far away."""
    chosen = asked or stated or date.today()
    if not FIRST <= chosen <= LAST:
        raise Trouble("refused", problems=[Problem(_OUTSIDE, path=("dossier", "as_of"))])
    return chosen
