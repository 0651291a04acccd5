"""Signing rules: everything checked first, then all of them signed, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.scalars import Day
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.judge.policy import Policy
from jingmen_policy.review.cards import cards
from jingmen_policy.review.config import NAME, ReviewConfig, read_config
from jingmen_policy.review.content import Tree, content_of, shown_of
from jingmen_policy.review.names import MOST, wrong_with
from jingmen_policy.review.outcomes import outcomes_of
from jingmen_policy.review.signatures import (
    Record,
    hashes_of,
    raw_records,
    read_signatures,
    seal,
    written,
)
from jingmen_policy.review.state import RuleState, changed_parts, known_rules, rule_state
from jingmen_policy.review.store import (
    VARIABLE,
    Put,
    installed,
    put_all,
    read_before,
    signatures_directory,
)
from jingmen_policy.rule.model import Rule

_DAY: TypeAdapter[date] = TypeAdapter(Day)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who signs, as what, on which day, and what there is to add."""

    by: str
    role: str
    on: date
    note: str | None = None


def sign(
    policy: Policy,
    rules: Iterable[str],
    by: str,
    role: str,
    on: date | str | None = None,
    *,
    note: str | None = None,
    signatures_dir: Path | str | None = None,
    today: date | None = None,
) -> tuple[RuleState, ...]:
    """Signs rules as they are now; how far each is reviewed with that.

    A signature over what was signed last joins the others over it; where anything of it changed, a
    new record begins and the former stays as history. Raises Refused with everything wrong;
    nothing is written then.
    """
    corpus = policy.corpus
    directory = signatures_directory(corpus, signatures_dir)
    problems = [*_corpus(corpus), *_directory(directory)]
    now = today or date.today()
    reviewer = _reviewer(Reviewer(by, role, now, note), on, corpus.since, problems)
    chosen = _chosen(corpus, rules, problems)
    config = _config(corpus, problems)
    if config is not None:
        problems.extend(_authors(config, chosen, by))
    files: dict[str, Put] = {}
    for rule in chosen:
        try:
            files[f"{rule.id}.yaml"] = _signed(policy, rule, reviewer, directory)
        except Refused as refused:
            problems.extend(refused.problems)
    if problems or config is None:
        raise Refused(problems)
    put_all(directory, files)
    return tuple(rule_state(policy, config, rule, directory) for rule in chosen)


def _corpus(corpus: Corpus) -> Iterator[Problem]:
    """What is signed is the corpus as it reads, not as another reading would have it."""
    for name, other in corpus.switched.items():
        yield Problem(
            Said(
                f"正在改取另一解释“{other}”，不能签字",
                f"the reading '{other}' is in force instead; such rules are not signed",
            ),
            field=name,
        )


def _directory(directory: Path) -> Iterator[Problem]:
    if installed(directory):
        yield Problem(
            Said(
                f"规则在已安装的程序包内，升级时签字会丢失；请用 --signatures 或环境变量 {VARIABLE}"
                " 指明存放签字的文件夹",
                "these rules are part of an installed package, and an upgrade would remove the"
                f" signatures; name a folder with --signatures or {VARIABLE}",
            ),
            str(directory),
        )
        return
    there = next(one for one in (directory, *directory.absolute().parents) if one.exists())
    if not there.is_dir():
        yield Problem(Said("不是文件夹", "is not a folder"), str(there))


def _reviewer(
    said: Reviewer, on: date | str | None, since: date, problems: list[Problem]
) -> Reviewer:
    """The reviewer, names without blanks at their ends; what is wrong joins the problems."""
    texts = {"name": said.by, "role": said.role, "note": said.note}
    for (what, text), option in zip(texts.items(), ("--by", "--role", "--note"), strict=True):
        if text is not None:
            wrong = wrong_with(text, lettered=what != "note", most=MOST[what])
            problems.extend(Problem(one, field=option) for one in wrong)
    today = said.on
    try:
        day = today if on is None else _DAY.validate_python(on)
    except ValidationError as error:
        told = error.errors()[0].get("ctx", {})
        problems.append(Problem(Said(told["zh"], told["en"]), field="--on"))
        day = today
    if day > today:
        wrong_day = Said(
            f"{day} 还没有到（今天是 {today}）", f"{day} is yet to come; it is {today}"
        )
        problems.append(Problem(wrong_day, field="--on"))
    elif day < since:
        early = Said(
            f"{day} 早于方案施行日 {since}", f"{day} is before the rules are in force, {since}"
        )
        problems.append(Problem(early, field="--on"))
    note = None if said.note is None else said.note.strip()
    return Reviewer(" ".join(said.by.split()), " ".join(said.role.split()), day, note)


def _chosen(corpus: Corpus, rules: Iterable[str], problems: list[Problem]) -> tuple[Rule, ...]:
    """The rules named that there are."""
    named = list(rules)
    try:
        return known_rules(corpus.rules, named)
    except Refused as refused:
        problems.extend(refused.problems)
        return known_rules(corpus.rules, [name for name in named if name in corpus.rules])


def _config(corpus: Corpus, problems: list[Problem]) -> ReviewConfig | None:
    """Who wrote what. Where nobody is on record, nobody can be told to be somebody else."""
    try:
        config = read_config(corpus)
    except Refused as refused:
        problems.extend(refused.problems)
        return None
    if not config.default:
        said = Said(
            "没有写明规则由谁编写，请写明 authors: {default: …}",
            "does not say who wrote the rules; state authors: {default: ...}",
        )
        problems.append(Problem(said, str(corpus.directory / NAME)))
    return config


def _authors(config: ReviewConfig, chosen: Iterable[Rule], by: str) -> Iterator[Problem]:
    for rule in chosen:
        if config.wrote(by, rule.id):
            yield Problem(
                Said(
                    f"“{by}”是这条规则的编写者，须由他人审核",
                    f"'{by}' wrote this rule; somebody else must review it",
                ),
                field=rule.id,
            )


def _signed(policy: Policy, rule: Rule, reviewer: Reviewer, directory: Path) -> Put:
    """The file of a rule with one more signature. Raises Refused for a file not to be relied on."""
    path = directory / f"{rule.id}.yaml"
    before = read_before(path)
    records: list[dict[str, Any]] = []
    if before is not None:
        found, located = read_signatures(path)
        records = raw_records(located)
        last = found.records[-1]
        if not changed_parts(policy, rule, last):
            signature = _signature(rule.id, last.hashes.model_dump(), reviewer)
            signatures = [*records[-1]["signatures"], signature]
            records[-1] = {**records[-1], "signatures": signatures}
            return Put(written(rule.id, records), before)
        _later(path, last, reviewer)
    records.append(_record(policy, rule, reviewer))
    return Put(written(rule.id, records), before)


def _later(path: Path, last: Record, reviewer: Reviewer) -> None:
    """What is signed anew is signed no earlier than what it supersedes."""
    latest = max(one.on for one in last.signatures)
    if reviewer.on < latest:
        said = Said(
            f"签字日 {reviewer.on} 早于上一次签字的 {latest}，而所签内容其后有改动",
            f"{reviewer.on} is before the signature of {latest} that this one supersedes",
        )
        raise Refused([Problem(said, str(path), field="--on")])


def _record(policy: Policy, rule: Rule, reviewer: Reviewer) -> dict[str, Any]:
    content: dict[str, Tree] = {
        str(part): one for part, one in content_of(policy.corpus, rule).items()
    }
    content["outcomes"] = outcomes_of(cards(policy, rule.id))
    content["shown"] = shown_of(policy.corpus, rule)
    hashes = hashes_of(content)
    signatures = [_signature(rule.id, hashes, reviewer)]
    return {"hashes": hashes, "signatures": signatures, "content": content}


def _signature(rule: str, hashes: Mapping[str, str], reviewer: Reviewer) -> dict[str, str]:
    by, role, on, note = reviewer.by, reviewer.role, reviewer.on, reviewer.note
    signed = {"by": by, "role": role, "on": on.isoformat()}
    if note is not None:
        signed["note"] = note
    return {**signed, "seal": seal(rule, hashes, by, role, on, note)}
