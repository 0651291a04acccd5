"""``review.yaml`` beside the rules: who wrote them, and how many must review each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.place import Place
from jingmen_policy.review.names import MOST, person, wrong_with

NAME = "review.yaml"


def _listed(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


Names = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AuthorsFile(_Written):
    default: Names
    rules: dict[str, Names] = Field(default_factory=dict)


class ReviewFile(_Written):
    authors: AuthorsFile
    reviewers_required: Annotated[int, Field(ge=1, le=2)] = 1


@dataclass(frozen=True)
class ReviewConfig:
    """``default`` wrote every rule that ``rules`` does not name; empty: nobody is on record."""

    default: tuple[str, ...] = ()
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    required: int = 1

    def authors(self, rule: str) -> tuple[str, ...]:
        return self.rules.get(rule, self.default)

    def wrote(self, name: str, rule: str) -> bool:
        """Whether somebody of that name wrote a rule."""
        return person(name) in {person(author) for author in self.authors(rule)}


def read_config(corpus: Corpus) -> ReviewConfig:
    """The config of a corpus; nobody on record where it has none. Raises Refused."""
    path = corpus.directory / NAME
    if not path.exists():
        return ReviewConfig()
    text, _ = read_text(path)
    located = read_yaml(text, str(path))
    try:
        written = ReviewFile.model_validate(located.value)
    except ValidationError as error:
        raise Refused(problems_of(error, located, ReviewFile)) from None
    problems: list[Problem] = []
    place = Place(located, problems) / "authors"
    for name in written.authors.rules:
        if name not in corpus.rules:
            said = unknown_name(Said("规则", "rule"), name, list(corpus.rules))
            (place / "rules" / name).say(said)
    for at, names in (
        (place / "default", written.authors.default),
        *((place / "rules" / rule, names) for rule, names in written.authors.rules.items()),
    ):
        for name in names:
            for said in wrong_with(name, most=MOST["name"]):
                at.say(said)
    if problems:
        raise Refused(problems)
    return ReviewConfig(written.authors.default, written.authors.rules, written.reviewers_required)
