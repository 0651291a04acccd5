"""A new rule to start from: its file, a scenario and a property test that pass as they are.

The rule quotes a sentence and claims nothing more: it is a principle, noted for every subject,
until whoever adds it has said what it requires.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from jingmen_facts.kinds import FactModels, FieldSpec, Sort
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.docs.coverage import trace
from jingmen_policy.text.structure import Passage

PLAN = Path("policy/jingmen_policy/plan")
SCENARIOS = Path("scenarios")
TESTS = Path("tests/properties")
Facts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Start:
    """What a new rule starts from."""

    corpus: Corpus
    section: str
    id: str
    subject: str
    quote: str | None = None

    def files(self) -> dict[Path, str]:
        """The three files by their paths in a checkout. Raises Refused with all that is wrong."""
        problems = [*self._names()]
        passage = self._passage(problems)
        if passage is None or problems:
            raise Refused(problems)
        quote = self.quote or passage.text.rstrip("。")
        stem = f"{prefix(passage)}-{self.id}.yaml"
        about = f"{passage.address}：{quote}"
        facts = sample(self.corpus.models, self.subject, self.corpus.since.year)
        return {
            PLAN / "rules" / stem: self._rule(passage, quote),
            SCENARIOS / stem: self._scenario(about, facts),
            TESTS / f"test_{self.id.replace('-', '_')}.py": self._test(passage.address, facts),
        }

    def _names(self) -> list[Problem]:
        problems = []
        if self.id in self.corpus.rules:
            said = Said(f"已有规则“{self.id}”", f"there is a rule '{self.id}' already")
            problems.append(Problem(said))
        if self.subject not in self.corpus.models.kinds:
            known = list(self.corpus.models.kinds)
            what = Said("事实类型", "kind of fact")
            problems.append(Problem(unknown_name(what, self.subject, known), field="--subject"))
        return problems

    def _passage(self, problems: list[Problem]) -> Passage | None:
        """The sentence to quote: the one that holds the quote once, or the first not yet quoted."""
        source = self.corpus.source
        try:
            section = source.passage(self.section)
        except LookupError as error:
            said = Said(f"文中没有这一节：{error}", f"the text has no such section: {error}")
            problems.append(Problem(said))
            return None
        inside = {passage.id for passage in (section, *source.within(section.id))}
        found = [one for one in trace(self.corpus) if one.passage.id in inside]
        if self.quote is None:
            unquoted = [one for one in found if not one.rules] or found
            if unquoted:
                return unquoted[0].passage
        else:
            holding = [one for one in found if self.quote in one.passage.text]
            if len(holding) == 1 and holding[0].passage.text.count(self.quote) == 1:
                return holding[0].passage
        said = Said(
            f"{section.address}中没有恰好出现一次的引文“{self.quote or ''}”",
            f"no sentence of {section.address} holds the quote '{self.quote or ''}' exactly once",
        )
        problems.append(Problem(said, field="--quote"))
        return None

    def _rule(self, passage: Passage, quote: str) -> str:
        title = f"{passage.address} {self.id}"
        # What a rule rests on is for its author to say; until then it leans on a reading of all.
        held = f"{{reading: {self.corpus.readings[0]}}}" if self.corpus.readings else _quoted(quote)
        return f"""\
# {passage.address}：性质、责任主体、字眼和要求待写明
id: {self.id}
title:
  zh: {_quoted(title)}
  en: {_quoted(self.id.replace("-", " "))}
cites:
  - at: {_quoted(passage.address)}
    quote: {_quoted(quote)}
modality: principle
bearer:
  who: {{zh: 责任主体待定, en: bearer to be settled}}
words:
  modality: {held}
  bearer: {held}
subject: {self.subject}
versions:
  - since: {self.corpus.since}
"""

    def _scenario(self, about: str, facts: Facts) -> str:
        since = self.corpus.since
        before = since - timedelta(days=1)
        return f"""\
# {about}
rule: {self.id}
as_of: {since}
given:
{_given(facts)}
cases:
  - name: 施行之日，照录
    expect: noted
  - name: 施行之前
    as_of: {before}
    expect: not-in-force
"""

    def _test(self, address: str, facts: Facts) -> str:
        return f'''\
"""{address}: {self.id} is noted while it is in force and binds nobody before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingmen_facts import MODELS
from jingmen_facts.reading.assemble import build_dossier
from jingmen_policy import Policy, Status

POLICY = Policy.load()
RULE = POLICY.corpus.rules["{self.id}"]
SINCE = RULE.versions[0].since
DOSSIER = build_dossier(
    {{
{_python(facts)}
    }},
    models=MODELS,
).dossier


def statuses(day: date, engine: str) -> set[Status]:
    found = POLICY.judge(DOSSIER, day, rules=[RULE.id], engine=engine)
    return {{finding.status for finding in found}}


@pytest.mark.parametrize("engine", ["reference", "durable"])
@given(day=st.dates(min_value=SINCE))
def test_it_is_noted_on_every_day_it_is_in_force(engine: str, day: date) -> None:
    assert statuses(day, engine) == {{Status.NOTED}}


@pytest.mark.parametrize("engine", ["reference", "durable"])
@given(day=st.dates(max_value=SINCE - timedelta(days=1)))
def test_it_binds_nobody_before_it_is_in_force(engine: str, day: date) -> None:
    assert statuses(day, engine) == {{Status.NOT_IN_FORCE}}
'''


def prefix(passage: Passage) -> str:
    """What the names of files about a passage begin with.

    >>> prefix(Passage("sec_4__item_3__s_2", "四（三）第2句", "sentence", "", 0, 0, "", True))
    '4-3'
    """
    steps = passage.id.split("__")
    numbers = [step.partition("_")[2] for step in steps if step.startswith(("sec_", "item_"))]
    return "-".join(numbers) or steps[0]


def sample(models: FactModels, kind: str, year: int) -> Facts:
    """The least facts there can be about one subject, with what it must refer to, first."""
    facts: Facts = {}
    stated: dict[str, str] = {}
    for spec in models.kinds[kind].fields.values():
        if not spec.required:
            continue
        if spec.refers is not None:
            facts.update(sample(models, spec.refers.kind, year))
            target = models.kinds[spec.refers.kind].model
            stated[spec.name] = "/".join(facts[spec.refers.kind][key] for key in target.KEY)
        else:
            stated[spec.name] = _some(spec, year)
    return {**facts, kind: stated}


def _some(spec: FieldSpec, year: int) -> str:
    if spec.choices:
        return spec.choices[0]
    if spec.sort is Sort.NUMBER:
        return str(year) if spec.unit == "年" else "1"
    plain = {Sort.FLAG: "是", Sort.MONEY: "1.00", Sort.DAY: f"{year}-01-01"}
    return plain.get(spec.sort, "示例")


def _given(facts: Facts) -> str:
    return "\n".join(
        f"  {kind}: {{{', '.join(f'{name}: {_quoted(value)}' for name, value in stated.items())}}}"
        for kind, stated in facts.items()
    )


def _python(facts: Mapping[str, Mapping[str, str]]) -> str:
    return "\n".join(
        f"        {_quoted(kind)}: {json.dumps(dict(stated), ensure_ascii=False)},"
        for kind, stated in facts.items()
    )


def _quoted(text: str) -> str:
    """A text as YAML and Python both write it."""
    return json.dumps(text, ensure_ascii=False)
