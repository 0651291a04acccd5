"""What running scenarios came to, for people: a line a case, and the details where it matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jingmen_policy.judge.text import Teller
from jingmen_policy.rule.status import Status
from jingmen_policy.scenario.model import NOT, Difference, Outcome, Ran, Result
from jingmen_policy.scenario.obligations import counted, obligations

MARKS: dict[Result, str] = {"as-expected": "✓", "different": "✗", "shown": "·"}


def report(ran: Sequence[Ran], teller: Teller, *, verbose: bool = False) -> str:
    """The whole report, ending in a line of totals."""
    lines: list[str] = []
    for one in ran:
        lines.append(one.scenario.source)
        lines.extend(f"  {note.to(teller.lang)}" for note in one.scenario.notes)
        for outcome in one.outcomes:
            lines.extend(_outcome(outcome, one.scenario.source, teller))
            if verbose or one.scenario.story:
                told = obligations(outcome.findings, teller, every=verbose, indent="      ")
                lines.extend(told)
    lines.append(_totals(ran, teller))
    return "\n".join(lines) + "\n"


def difference(found: Difference, teller: Teller) -> str:
    """One difference in a sentence.

    A status is told by its label and its word in scenario files, so that it can be looked up.
    """
    say = teller.say
    year = "" if found.year is None else say(f" {found.year}年", f" in {found.year}")
    about = f"{found.rule}{f' {found.subject}' if found.subject else ''}{year}"
    expected, got = found.expected, found.got
    if found.aspect == "absent":
        wanted = _status(expected, teller)
        return say(
            f"{about}：预期 {wanted}，没有这样的结论", f"{about}: {wanted} expected, no finding"
        )
    if found.aspect == "unexpected":
        stands = _status(got, teller)
        return say(
            f"{about}：预期不适用，实为 {stands}", f"{about}: applies ({stands}), unexpected"
        )
    if found.aspect == "status":
        expected, got = _status(expected, teller), _status(got, teller)
    what = {"due": say("期限", "due "), "missing": say("缺少的事实", "missing ")}.get(
        found.aspect, ""
    )
    none = say("无", "none")
    expected, got = expected or none, got or none
    return say(
        f"{about}：预期{what} {expected}，实为 {got}",
        f"{about}: expected {what}{expected}, got {got}",
    )


def _status(value: str, teller: Teller) -> str:
    if value.startswith(NOT):
        denied = _status(value.removeprefix(NOT), teller)
        return teller.say(f"不是 {denied}", f"anything but {denied}")
    return teller.say(f"{Status(value).label.zh}（{value}）", value)


def _outcome(outcome: Outcome, source: str, teller: Teller) -> Iterator[str]:
    case = outcome.case
    mark = MARKS[outcome.result]
    counts = counted(Counter(finding.status for finding in outcome.findings), teller)
    yield teller.say(
        f"  {mark} {case.name}（{case.as_of}）：{counts}",
        f"  {mark} {case.name} ({case.as_of}): {counts}",
    )
    if not case.compared:
        yield "      " + teller.say(
            "按另一日判定，未与预期比较", "judged on another day, not compared"
        )
    for found in outcome.differences:
        place = f"{source}:{found.line or case.line}"
        yield f"      {place}: {difference(found, teller)}"


def _totals(ran: Sequence[Ran], teller: Teller) -> str:
    outcomes = [outcome for one in ran for outcome in one.outcomes]
    results = Counter(outcome.result for outcome in outcomes)
    same, failed, shown = (results[name] for name in ("as-expected", "different", "shown"))
    zh = f"共 {len(ran)} 个文件、{len(outcomes)} 个案例：{same} 个与预期一致"
    en = f"{len(ran)} files, {len(outcomes)} cases: {same} as expected"
    if failed:
        zh, en = f"{zh}，{failed} 个不一致", f"{en}, {failed} not"
    if shown:
        zh, en = f"{zh}，{shown} 个没有可比的预期", f"{en}, {shown} with nothing to compare"
    return teller.say(f"{zh}。", f"{en}.")
