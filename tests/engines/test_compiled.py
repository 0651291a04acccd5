"""Generated code decides as the reference does, on any corpus, any dossier and any day."""

from __future__ import annotations

import ast
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import Dossier, Refused
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.compiled import Compiled
from jingmen_policy.engines.compiled.lines import STATUSES
from jingmen_policy.engines.compiled.module import Writer
from jingmen_policy.engines.compiled.store import VARIABLE
from support.plan_dossiers import plan_dossiers
from support.synthetic import AS_OF, corpora, dossiers

PLAN = Policy.load()
COMPILED = Compiled(PLAN.corpus)
DAYS = st.sampled_from(
    [
        date(2020, 12, 31),
        date(2021, 1, 1),
        date(2021, 4, 30),
        date(2021, 5, 1),
        date(2021, 7, 31),
        date(2022, 12, 30),
        date(2022, 12, 31),
        date(2026, 3, 3),
    ]
)
Told = list[tuple[object, ...]]


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")


def judged(policy: Policy, dossier: Dossier, day: date) -> Told:
    return [
        (found.rule, found.subject.kind, found.subject.id, found.year, found.status)
        for found in policy.judge(dossier, day, engine="reference")
    ]


@given(corpora(), dossiers())
@settings(max_examples=250)
def test_it_decides_as_the_reference_does_on_any_corpus(corpus: Corpus, dossier: Dossier) -> None:
    compiled = Compiled(corpus)
    found = compiled.decide(dossier, AS_OF)
    assert [tuple(one) for one in found] == judged(Policy(corpus), dossier, AS_OF)
    assert compiled.decide(dossier, AS_OF, frozenset(corpus.rules)) == found
    codes = compiled.verdicts(dossier, AS_OF)
    assert [STATUSES[code] for code in codes] == [one.status for one in found]


@given(plan_dossiers(), DAYS)
@settings(max_examples=100)
def test_it_decides_the_plan_as_the_reference_does_on_any_day(dossier: Dossier, day: date) -> None:
    found = COMPILED.decide(dossier, day)
    assert [tuple(one) for one in found] == judged(PLAN, dossier, day)
    assert COMPILED.decide(dossier, day, frozenset(PLAN.corpus.rules)) == found
    assert [STATUSES[code] for code in COMPILED.verdicts(dossier, day)] == [
        one.status for one in found
    ]


def test_the_whole_register_is_decided_alike() -> None:
    dossier = PLAN.dossier({"use": "register", "complete": ["Station"]})
    day = date(2024, 12, 31)
    assert [tuple(one) for one in PLAN.decide(dossier, day)] == judged(PLAN, dossier, day)


def test_a_module_names_where_each_rule_stands_and_imports_no_engine() -> None:
    tree = ast.parse(Writer(PLAN.corpus, date(2022, 12, 31)).source())
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    share = ast.get_docstring(functions["rule_personnel_share"])
    assert share == "人员经费占比上限 四（四）第2句“社工站人员经费不得超过项目总经费的70%”"
    assert "rule_self_assessment_2022" in functions
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in [node.module or ""]
    }
    assert imported == {"__future__", "datetime", "fractions", "typing"}
    assert not any(isinstance(node, ast.Import) for node in ast.walk(tree))


def test_rules_that_apply_alike_are_asked_once_whether_they_do() -> None:
    source = Writer(PLAN.corpus, date(2022, 12, 31)).source()
    functions = source.split("\n\n\n")
    [station] = [one for one in functions if one.startswith("def every_Station(")]
    alone = [one for one in functions if one.startswith("def rule_") and "s.established_on" in one]
    assert station.count("s.established_on") == 1
    assert len(alone) > 20


def test_ratios_are_compared_in_whole_numbers() -> None:
    source = Writer(PLAN.corpus, date(2022, 12, 31)).source()
    [share] = [part for part in source.split("def ") if part.startswith("rule_personnel_share(")]
    assert "10 * " in share
    assert "7 * " in share
    assert "Fraction" not in share


def test_code_is_kept_on_disk_and_made_anew_where_it_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    dossier = PLAN.dossier({"Station": {"id": "ST-1", "established_on": "2021-06-01"}})
    day = date(2022, 6, 30)
    first = Compiled(PLAN.corpus).decide(dossier, day)
    [kept] = (tmp_path / "cache").iterdir()
    monkeypatch.setattr(Writer, "source", lambda _: pytest.fail("made again"))
    assert Compiled(PLAN.corpus).decide(dossier, day) == first
    monkeypatch.undo()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    for broken in (b"", b"not code", kept.read_bytes()[:100]):
        kept.write_bytes(broken)
        assert Compiled(PLAN.corpus).decide(dossier, day) == first
        assert len(kept.read_bytes()) > 1000
    assert list((tmp_path / "cache").iterdir()) == [kept]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "cache"))
    dossier = PLAN.dossier({"Station": {"id": "ST-1"}})
    assert Compiled(PLAN.corpus).decide(dossier, AS_OF)


def test_another_corpus_day_or_reading_has_code_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    dossier = PLAN.dossier({"Station": {"id": "ST-1"}})
    strict = PLAN.under({"at-most-inclusive": "strictly-less"})
    for policy in (PLAN, strict):
        for day in (date(2022, 6, 29), date(2022, 6, 30)):
            Compiled(policy.corpus).decide(dossier, day)
    assert len(list(tmp_path.iterdir())) == 4


def test_threads_share_it() -> None:
    dossier = PLAN.dossier({"use": "register"})
    expected = PLAN.decide(dossier, AS_OF)
    compiled, found = Compiled(PLAN.corpus), []
    threads = [
        threading.Thread(target=lambda: found.append(compiled.decide(dossier, AS_OF)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_no_other_engine_is_imported_to_decide() -> None:
    script = (
        "import sys; from datetime import date; from jingmen_policy import Policy\n"
        "policy = Policy.load()\n"
        "policy.decide(policy.dossier({'Station': {'id': 'ST-1'}}), date(2022, 6, 30))\n"
        "engines = {n for n in sys.modules if n.startswith('jingmen_policy.engines.')}\n"
        "sys.exit(any('durable' in name or 'reference' in name for name in engines))\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_only_the_rules_named_are_decided() -> None:
    dossier = PLAN.dossier({"use": "register", "complete": ["Station"]})
    day = date(2024, 12, 31)
    chosen = ["county-share-2022", "one-station"]
    every = [one for one in PLAN.decide(dossier, day) if one.rule in chosen]
    assert list(PLAN.decide(dossier, day, rules=chosen)) == every
    codes = PLAN.verdicts(dossier, day, rules=frozenset(chosen))
    assert [STATUSES[code] for code in codes] == [one.status for one in every]
    with pytest.raises(Refused, match="是否为“one-station”"):
        PLAN.decide(dossier, day, rules=["one-statio"])


def test_asked_to_explain_it_gives_the_findings_of_the_reference() -> None:
    dossier = PLAN.dossier({"use": "register", "complete": ["Station"]})
    day = date(2024, 12, 31)
    told = PLAN.decide(dossier, day, explain=True)
    assert told == PLAN.judge(dossier, day, engine="reference")
    assert [(one.rule, one.subject.id, one.year, one.status) for one in told] == [
        (one.rule, one.subject, one.year, one.status) for one in PLAN.decide(dossier, day)
    ]
