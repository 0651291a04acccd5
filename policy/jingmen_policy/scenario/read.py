"""Reading scenario files, strictly: everything wrong with all of them is found before any runs.

A file is a mapping: ``given`` (facts every case starts from), ``as_of``, ``rule`` (the rule it
works), ``exhaustive``, ``story``, and ``cases``, each with ``name`` and what it changes: ``as_of``,
``with``, ``without``, ``exhaustive`` and ``expect``. What ``with`` may do is told in ``overlay``,
what ``expect`` may say in ``expect``.

A file that names its rule, and is not exhaustive, puts only the rules it names to the facts.
``exhaustive`` demands that a rule no expectation speaks of does not apply. ``story`` prints the
whole table of obligations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Problem, Refused, Said, spelt, unknown_name
from jingmen_facts.reading.assemble import NO_BACKGROUNDS, assemble
from jingmen_facts.reading.background import Backgrounds
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.reading.stated import Stated
from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_facts.scalars import Day, Flag
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.scenario.expect import ExpectReader
from jingmen_policy.scenario.model import Scenario, ScenarioCase
from jingmen_policy.scenario.overlay import Overlay

SUFFIXES = (".yaml", ".yml")
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseForm(Form):
    """One case as written."""

    name: Words
    as_of: Day | None = None
    changes: Any = Field(None, alias="with")
    without: tuple[Words, ...] = ()
    expect: Any = None
    exhaustive: Flag | None = None


class ScenarioForm(Form):
    """A scenario file as written."""

    rule: Words | None = None
    as_of: Day | None = None
    story: Flag = False
    exhaustive: Flag = False
    given: Any = None
    cases: tuple[CaseForm, ...]


def read_scenarios(
    paths: Iterable[Path | str],
    corpus: Corpus,
    *,
    backgrounds: Backgrounds = NO_BACKGROUNDS,
    as_of: date | None = None,
) -> tuple[Scenario, ...]:
    """The scenarios in files and, by name, in folders and the folders inside them.

    ``as_of`` judges every case on that day; a case that states another is then not compared.
    Raises Refused with everything wrong in all of them.
    """
    problems: list[Problem] = []
    scenarios = []
    for path in files_of(paths, problems):
        reader = _Reader(corpus, backgrounds, as_of)
        scenario = reader.read(path)
        found = dict.fromkeys(reader.problems)
        problems.extend(sorted(found, key=lambda problem: problem.line or 0))
        if scenario is not None:
            scenarios.append(scenario)
    if problems:
        raise Refused(problems)
    return tuple(scenarios)


def read_scenario(located: Located, corpus: Corpus, backgrounds: Backgrounds) -> Scenario:
    """A scenario already read as a mapping. Raises Refused with everything wrong in it."""
    reader = _Reader(corpus, backgrounds, None)
    scenario = reader.scenario(located)
    if scenario is None or reader.problems:
        raise Refused(list(dict.fromkeys(reader.problems)))
    return scenario


def files_of(paths: Iterable[Path | str], problems: list[Problem]) -> Iterator[Path]:
    """Every scenario file once, folders in the order of their files' names."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        found = [path]
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file())
            if not found:
                said = Said("文件夹中没有案例文件（.yaml）", "the folder holds no scenario (.yaml)")
                problems.append(Problem(said, str(path)))
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


@dataclass
class _Reader:
    """Reads one file."""

    corpus: Corpus
    backgrounds: Backgrounds
    as_of: date | None
    problems: list[Problem] = field(default_factory=list)
    notes: dict[Said, None] = field(default_factory=dict)

    def read(self, path: Path) -> Scenario | None:
        """The scenario, whole or with problems to be reported; None where nothing can be told."""
        try:
            text, _ = read_text(path)
            located = read_yaml(text, str(path))
        except Refused as refused:
            self.problems.extend(refused.problems)
            return None
        return self.scenario(located)

    def scenario(self, located: Located) -> Scenario | None:
        """What a text that was read says, on the same terms."""
        form = self._form(located)
        cases = [self._case(located, form, place) for place in _case_paths(located)]
        if form is None:
            return None
        kept = tuple(case for case in cases if case is not None)
        return Scenario(
            source=located.source,
            rules=self._rules(form, kept),
            story=form.story,
            cases=kept,
            notes=tuple(self.notes),
        )

    def _form(self, located: Located) -> ScenarioForm | None:
        """The file's own keys; None where they are wrong, and its cases are then only checked."""
        rule = _at(located, "rule").value
        if isinstance(rule, str) and rule not in self.corpus.rules:
            said = unknown_name(Said("规则", "rule"), rule, list(self.corpus.rules))
            self._say(located, ("rule",), said)
        try:
            form = ScenarioForm.model_validate(located.value)
        except ValidationError as error:
            self.problems.extend(problems_of(error, located, ScenarioForm))
            return None
        if not form.cases:
            self._say(located, ("cases",), Said("没有案例", "there is no case"))
        return form

    def _case(
        self, located: Located, form: ScenarioForm | None, path: tuple[str, int]
    ) -> ScenarioCase | None:
        dossier = self._dossier(located, path)
        own = _at(located, "rule").value if form is None else form.rule
        expected = ExpectReader(self.corpus, located, self.problems).read(
            (*path, "expect"), own, dossier
        )
        if form is None:
            return None
        case = form.cases[path[1]]
        stated = case.as_of or form.as_of
        day = self.as_of or stated
        if day is None:
            said = Said(
                "须有判定日：写 as_of，或用 --as-of", "needs a day to judge on: as_of, or --as-of"
            )
            self._say(located, path, said)
        if dossier is None or day is None:
            return None
        return ScenarioCase(
            name=case.name,
            line=located.line(path),
            as_of=day,
            dossier=dossier,
            expected=expected,
            exhaustive=form.exhaustive if case.exhaustive is None else case.exhaustive,
            compared=stated is None or day == stated,
        )

    def _dossier(self, located: Located, path: tuple[str, int]) -> Dossier | None:
        before = len(self.problems)
        overlay = Overlay(self.corpus.models, _at(located, "given"), self.problems)
        overlay.remove(_at(located, *path, "without"))
        overlay.change(_at(located, *path, "with"))
        stated = Stated(self.corpus.models)
        stated.read(overlay.stated())
        try:
            opened = assemble(stated, backgrounds=self.backgrounds)
        except Refused as refused:
            self.problems.extend(refused.problems)
            return None
        self.notes.update(dict.fromkeys(opened.notes))
        return opened.dossier if len(self.problems) == before else None

    def _rules(self, form: ScenarioForm, cases: Iterable[ScenarioCase]) -> frozenset[str] | None:
        """The rules to judge: all of them, or where the file is about one only those it names."""
        if form.rule is None or any(case.exhaustive for case in cases):
            return None
        named = {expected.rule for case in cases for expected in case.expected}
        return frozenset(named | {form.rule})

    def _say(self, located: Located, path: tuple[str | int, ...], said: Said) -> None:
        line = located.line(path)
        self.problems.append(Problem(said, located.source, line, spelt(path)))


def _case_paths(located: Located) -> list[tuple[str, int]]:
    """Where the cases stand, so far as the file has the shape of one."""
    cases = _at(located, "cases").value
    if not isinstance(cases, list):
        return []
    return [("cases", place) for place, case in enumerate(cases) if isinstance(case, Mapping)]


def _at(located: Located, *path: str | int) -> Located:
    """What stands at a path; nothing, on the line of what would hold it, where none does."""
    try:
        return located.at(*path)
    except (LookupError, TypeError):
        return Located(None, located.source, located.line(path))
