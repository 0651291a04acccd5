"""The self-check page: its files, and the requests it makes.

Every request brings all the answers there are, and nothing of them is kept. A self-check is no
decision, so it leaves no receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.judge.policy import Policy
from jingmen_policy.selfcheck.keep import As, exported
from jingmen_policy.selfcheck.respondents import Beginning, Names, beginning, from_file, names
from jingmen_policy.selfcheck.turn import State, Supposed, Turn, View, check_of, suppose, take
from jingmen_policy.service.json_body import parsed
from jingmen_policy.service.problems import Trouble
from jingmen_policy.service.routes.shared import body_of, json_of, state_of

router = APIRouter(include_in_schema=False)
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
"""Nothing but its own files is run, shown or asked."""
_KINDS = {".css": "text/css", ".html": "text/html", ".js": "text/javascript"}
_HERE = files("jingmen_policy.service").joinpath("assets")
_ASSETS: Mapping[str, bytes] = {
    entry.name: entry.read_bytes()
    for entry in sorted(_HERE.iterdir(), key=lambda entry: entry.name)
    if f".{entry.name.rpartition('.')[2]}" in _KINDS
}
Sent = TypeVar("Sent")
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Start:
    """What the page begins with."""

    names: Names
    beginning: Beginning
    today: date


@dataclass(frozen=True, slots=True)
class File:
    """A file that was chosen."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Export:
    """What to take away, and in which form."""

    state: State
    form: As


_START, _FILE, _BEGINNING = TypeAdapter(Start), TypeAdapter(File), TypeAdapter(Beginning)
_TURN, _VIEW, _SUPPOSED = TypeAdapter(Turn), TypeAdapter(View), TypeAdapter(Supposed)
_EXPORT = TypeAdapter(Export)


@router.get("/")
async def page() -> Response:
    """The page itself."""
    return _asset("page.html")


@router.get("/assets/{name}")
async def asset(name: str) -> Response:
    """Its style and its scripts. Raises Trouble where there is no such file."""
    if name not in _ASSETS:
        raise Trouble("not-found")
    return _asset(name)


@router.get("/page/start")
async def start(request: Request) -> Response:
    """Who may answer, and what things are called."""

    def started(policy: Policy) -> Start:
        return Start(names(policy), beginning(policy), date.today())

    return await _answered(request, started, _START)


@router.post("/page/turn")
async def turn(request: Request) -> Response:
    """An answer, and all there is to show after it."""
    sent = await _sent(request, _TURN)
    return await _answered(request, lambda policy: take(policy, sent), _VIEW)


@router.post("/page/suppose")
async def supposed(request: Request) -> Response:
    """What an answer would change."""
    sent = await _sent(request, _TURN)
    return await _answered(request, lambda policy: suppose(policy, sent), _SUPPOSED)


@router.post("/page/open")
async def opened(request: Request) -> Response:
    """What a file states. Raises Trouble with everything wrong in it, each at its line."""
    sent = await _sent(request, _FILE)

    def read(policy: Policy) -> Beginning:
        try:
            return from_file(policy, sent.name, sent.text)
        except Refused as refused:
            raise Trouble("refused", problems=map(_at_its_line, refused.problems)) from None

    return await _answered(request, read, _BEGINNING)


@router.post("/page/export")
async def export(request: Request) -> Response:
    """The answers as a file of facts."""
    sent = await _sent(request, _EXPORT)
    state = state_of(request)
    policy = state.corpora.named(None)
    text = await state.work.run(lambda: exported(check_of(policy, sent.state), sent.form))
    return Response(text, media_type="text/plain; charset=utf-8")


def _asset(name: str) -> Response:
    kind = _KINDS[f".{name.rpartition('.')[2]}"]
    return Response(_ASSETS[name], media_type=f"{kind}; charset=utf-8", headers=HEADERS)


async def _sent(request: Request, form: TypeAdapter[Sent]) -> Sent:
    """What the page sent. Raises Trouble."""
    state = state_of(request)
    value = await state.work.run(partial(_parsed, await body_of(request)))
    try:
        return form.validate_python(value)
    except ValidationError as error:
        problems = [
            Problem(Said(one["msg"], one["msg"]), path=tuple(one["loc"]))
            for one in error.errors(include_url=False, include_context=False)
        ]
        raise Trouble("refused", problems=problems) from None


def _parsed(raw: bytes) -> Any:
    try:
        return parsed(raw)
    except Refused as refused:
        raise Trouble("malformed", problems=refused.problems) from None


async def _answered(
    request: Request, made: Callable[[Policy], Shown], form: TypeAdapter[Shown]
) -> Response:
    state = state_of(request)
    policy = state.corpora.named(None)
    return json_of(await state.work.run(lambda: form.dump_json(made(policy))))


def _at_its_line(problem: Problem) -> Problem:
    """A problem told by line and field, as people look for it in a file."""
    field, said = problem.field, problem.said
    told = Said(f"{field}：{said.zh}", f"{field}: {said.en}") if field else said
    return Problem(told, problem.source, problem.line)
