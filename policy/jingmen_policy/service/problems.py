"""What is wrong with a request, as RFC 9457 has it: every problem, where, and what is meant."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import Response

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Lang, Path, Problem, Refused, Said, nearest_named
from jingmen_policy.service.expected import expected

MEDIA_TYPE = "application/problem+json"
SHOWN = 1_000
"""How many errors are told one by one."""

TITLES: Mapping[str, tuple[int, Said]] = {
    "malformed": (400, Said("请求的 JSON 有误", "The JSON of the request is malformed")),
    "unauthorized": (401, Said("需要有效的令牌", "A valid token is needed")),
    "forbidden": (403, Said("这个令牌不能做这件事", "The token is not for this")),
    "foreign-origin": (403, Said("不接受其他网站的请求", "Requests of other sites are not taken")),
    "not-found": (404, Said("没有这一项", "There is no such thing")),
    "method": (405, Said("不能用这个方法", "The method is not allowed here")),
    "slow-body": (408, Said("请求发送过慢", "The request took too long to arrive")),
    "too-large": (413, Said("请求过大", "The request is too large")),
    "media-type": (415, Said("应为 application/json", "application/json is expected")),
    "unknown-host": (421, Said("不以这个主机名提供服务", "This host name is not served")),
    "refused": (422, Said("输入有误", "The input is refused")),
    "internal": (500, Said("服务出错", "The service failed")),
    "busy": (503, Said("正忙，请稍后再试", "Busy: try again later")),
    "slow-decision": (503, Said("判定超时", "The decision took too long")),
    "log-unavailable": (503, Said("决定记录不可用，未作答复", "The log is unavailable: no answer")),
    "stopping": (503, Said("正在停止", "The service is stopping")),
}


class Trouble(Exception):
    """An answer other than the one asked for."""

    def __init__(
        self,
        kind: str,
        said: Said | None = None,
        problems: Iterable[Problem] = (),
        headers: Mapping[str, str] | None = None,
        models: FactModels | None = None,
    ) -> None:
        self.kind = kind
        self.status, self.title = TITLES[kind]
        self.said = said
        self.problems = tuple(problems)
        self.headers = dict(headers or {})
        self.models = models
        super().__init__(kind)


def refused(error: Refused, *under: str | int, models: FactModels | None = None) -> Trouble:
    """A refusal, placed below a member of the body."""
    problems = [
        Problem(one.said, one.source, one.line, one.field, (*under, *one.path), one.cell)
        for one in error.problems
    ]
    return Trouble("refused", problems=problems, models=models)


def answer(trouble: Trouble, lang: Lang, request_id: str) -> Response:
    """The problem as it is sent."""
    return Response(
        written(document(trouble, lang, request_id)),
        trouble.status,
        {**trouble.headers, "content-language": lang},
        MEDIA_TYPE,
    )


def document(trouble: Trouble, lang: Lang, request_id: str) -> dict[str, Any]:
    """The members of RFC 9457, and ``errors``: each with its place in the body."""
    found: dict[str, Any] = {
        "type": f"urn:jingmen:problem:{trouble.kind}",
        "title": trouble.title.to(lang),
        "status": trouble.status,
        "instance": f"urn:jingmen:request:{request_id}",
    }
    if trouble.said is not None:
        found["detail"] = trouble.said.to(lang)
    elif trouble.problems:
        found["detail"] = Refused(trouble.problems[:3]).to(lang)
    if trouble.problems:
        found["errors"] = [_error(one, lang, trouble.models) for one in trouble.problems[:SHOWN]]
        found["total"] = len(trouble.problems)
    return found


def _error(problem: Problem, lang: Lang, models: FactModels | None) -> dict[str, Any]:
    found: dict[str, Any] = {"pointer": pointer(problem.path), "message": problem.said.to(lang)}
    if problem.line is not None and not problem.path:
        found["line"] = problem.line
    if models is not None and (wanted := expected(models, problem.path)) is not None:
        found["expected"] = wanted.to(lang)
    if (near := nearest_named(problem.said)) is not None:
        found["nearest"] = near
    return found


def pointer(path: Path) -> str:
    """A path as RFC 6901 spells it.

    >>> pointer(("dossier", "Station", 2, "a/b"))
    '/dossier/Station/2/a~1b'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def written(value: Any) -> bytes:
    """JSON in UTF-8; a surrogate that somebody sent is told as its escape."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def language(headers: Mapping[str, str]) -> Lang:
    """The language asked for: Chinese, unless English is wanted more.

    >>> [language({"accept-language": one}) for one in ("en-GB,zh;q=0.5", "zh-CN,en;q=0.9", "*")]
    ['en', 'zh', 'zh']
    """
    wanted = {"zh": 0.0, "en": 0.0}
    for part in headers.get("accept-language", "").split(","):
        name, _, rest = part.partition(";")
        code = name.strip().lower().partition("-")[0]
        if code in wanted:
            wanted[code] = max(wanted[code], _weight(rest))
    return "en" if wanted["en"] > wanted["zh"] else "zh"


def _weight(written_weight: str) -> float:
    name, _, value = written_weight.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
