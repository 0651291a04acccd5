"""Refutations on record: ``proofs.yaml`` beside the rules says which, and why they may stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from pydantic import Field, ValidationError

from jingmen_facts.problems import Problem, Refused, Said, spelt, unknown_name
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.yaml_text import Located, read_yaml
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.written import Both, RuleId, Words, Written
from jingmen_policy.prove.model import Kind, ProofNote

FILE = "proofs.yaml"


class Accepted(Written):
    """A refutation of one kind about these rules and no others; ``discrepancy`` records it."""

    kind: Kind
    rules: Annotated[tuple[RuleId, ...], Field(min_length=1)]
    discrepancy: Words
    reason: Both


class AcceptedFile(Written):
    accepted: tuple[Accepted, ...]


def accepted(corpus: Corpus) -> tuple[Accepted, ...]:
    """What is on record; nothing where a corpus has no such file. Raises Refused."""
    path = corpus.directory / FILE
    if corpus.directory.parts == () or not path.is_file():
        return ()
    text, _ = read_text(path)
    located = read_yaml(text, FILE)
    try:
        found = AcceptedFile.model_validate(located.value)
    except ValidationError as error:
        raise Refused(_problems(error, located)) from None
    problems = [
        Problem(said, FILE, located.line(path), spelt(path))
        for number, one in enumerate(found.accepted)
        for path, said in _unknown(corpus, one, ("accepted", number))
    ]
    if problems:
        raise Refused(problems)
    return found.accepted


def marked(notes: Iterable[ProofNote], on_record: Iterable[Accepted]) -> tuple[ProofNote, ...]:
    """The notes, those on record naming the discrepancy they belong to."""
    by_what = {(one.kind, frozenset(one.rules)): one.discrepancy for one in on_record}
    return tuple(
        replace(one, accepted=by_what.get((one.kind, frozenset(one.rules)), ""))
        if one.result == "refuted" and not one.reading
        else one
        for one in notes
    )


def _unknown(
    corpus: Corpus, one: Accepted, path: tuple[str | int, ...]
) -> Iterable[tuple[tuple[str | int, ...], Said]]:
    for rule in one.rules:
        if rule not in corpus.rules:
            yield (*path, "rules"), unknown_name(Said("规则", "rule"), rule, list(corpus.rules))
    if one.discrepancy not in corpus.discrepancies:
        what = Said("不一致之处", "discrepancy")
        known = list(corpus.discrepancies)
        yield (*path, "discrepancy"), unknown_name(what, one.discrepancy, known)


def _problems(error: ValidationError, located: Located) -> list[Problem]:
    return [
        Problem(
            Said(f"{detail['msg']}", f"{detail['msg']}"),
            FILE,
            located.line(detail["loc"]),
            spelt(detail["loc"]),
        )
        for detail in error.errors()
    ]
