"""Which findings differ and on which days: by search as by judging every day there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.amended.built import AMENDED
from jingmen_facts import Dossier
from jingmen_policy import Policy, Status
from jingmen_policy.compare.affected import affected
from jingmen_policy.compare.diff import compare
from jingmen_policy.compare.findings import Comparing, Key, Pair
from jingmen_policy.compare.model import Asked, Spell
from jingmen_policy.compare.parts import parts
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.text.structure import SourceText
from support.plan_dossiers import AS_OF, plan_dossiers
from support.synthetic import WORLD, Hall, corpora, dossiers
from support.tiny import STALLS, load

EVE = AMENDED - timedelta(days=1)
WINDOW = [date(2020, 12, 31) + timedelta(days=n) for n in range(800)]


def policy(corpus: Corpus) -> Policy:
    return Policy(replace(corpus, source=SourceText("", ())), "reference")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Policy, Policy]:
    """Two corpora that share some rules and some derived facts, and differ in others."""
    one, other = draw(corpora(4)), draw(corpora(4))
    kept = {name for name in one.rules if draw(st.booleans())}
    # a rule may yield only to rules that stay what they were about
    rules = {
        name: one.rules[name] if name in kept and name in one.rules else rule
        for name, rule in other.rules.items()
    }
    rules = {
        name: replace(
            rule,
            yields_to=tuple(
                to
                for to in rule.yields_to
                if to < name
                and to in rules
                and rules[to].subject == rule.subject
                and rules[to].versions[0].due.kind != "yearly"
            ),
        )
        for name, rule in rules.items()
    }
    derived = {
        key: fact if draw(st.booleans()) else other.derived[key]
        for key, fact in one.derived.items()
    }
    return policy(one), policy(replace(other, rules=rules, derived=derived))


def all_rules(before: Policy, after: Policy) -> frozenset[str]:
    return frozenset({*before.corpus.rules, *after.corpus.rules})


@given(pair=pairs(), dossier=dossiers(), day=st.sampled_from(WINDOW))
def test_rules_that_are_not_affected_come_to_the_same(
    pair: tuple[Policy, Policy], dossier: Dossier, day: date
) -> None:
    before, after = pair
    reached = affected(before.corpus, after.corpus, parts(before.corpus, after.corpus))
    asked = Comparing(before, after, reached).differing(dossier, day)
    assert asked == Comparing(before, after, all_rules(*pair)).differing(dossier, day)


@given(pair=pairs(), dossier=dossiers(), days=st.lists(st.sampled_from(WINDOW), min_size=8))
@settings(max_examples=40)
def test_the_spells_hold_on_every_day(
    pair: tuple[Policy, Policy], dossier: Dossier, days: list[date]
) -> None:
    """Those of yearly duties as far as they are followed, which some days drawn lie beyond."""
    comparing, asked = Comparing(*pair, all_rules(*pair)), Asked("drawn", dossier)
    found, last = comparing.spells(asked), comparing.days.last_year(asked)
    for day in {*days, *(spell.since for spells in found.values() for spell in spells)}:
        differing = comparing.differing(dossier, day)
        followed = {key: pair for key, pair in differing.items() if (key[2] or 0) <= last}
        assert on(found, day) == followed


def on(found: dict[Key, list[Spell]], day: date) -> dict[Key, Pair]:
    return {
        key: (spell.before, spell.after)
        for key, spells in found.items()
        for spell in spells
        if spell.since <= day and (spell.until is None or day < spell.until)
    }


@given(dossier=plan_dossiers(), day=AS_OF)
@settings(max_examples=25)
def test_the_amended_plan_differs_only_from_its_day_and_only_where_it_says(
    plan: Policy, later: Policy, dossier: Dossier, day: date
) -> None:
    found = compare(plan, later, [Asked("drawn", dossier)])
    assert {finding.rule for finding in found.findings} <= {"staffing", "personnel-share"}
    assert all(finding.spells[0].since >= AMENDED for finding in found.findings)
    differ = plan.judge(dossier, day) != later.judge(dossier, day)
    assert differ <= (day >= AMENDED)


def test_who_from_when_to_what(plan: Policy, later: Policy) -> None:
    stated = {
        "use": "register",
        "complete": "ResidentWorker",
        "Station": [
            {"id": "甲", "township": "沙洋县/沙洋镇", "established_on": "2021-07-31"},
            {"id": "乙", "township": "东宝区/漳河镇", "established_on": "2023-03-05"},
        ],
        "ResidentWorker": [
            {"id": f"{at}{n}", "station": at, "in_post": True} for at in "甲乙" for n in (1, 2)
        ],
    }
    found = compare(plan, later, [Asked("台账", plan.dossier(stated))])
    [first, second] = found.findings
    assert [one.subject.id for one in (first, second)] == ["乙", "甲"]
    for one, place, since in ((first, "漳河新区", date(2023, 3, 5)), (second, "沙洋县", AMENDED)):
        [spell] = one.spells
        assert (spell.since, spell.until) == (since, None)
        assert spell.before is not None
        assert spell.after is not None
        assert (spell.before.status, spell.after.status) == (Status.MET, Status.BREACHED)
        assert spell.after.bearer.of is not None
        assert spell.after.bearer.of.id == place


def test_on_a_day_asked_for_only_that_day_is_judged(plan: Policy, later: Policy) -> None:
    stated = {"ServiceProject": {"id": "P", "total_cost": "10万元", "personnel_cost": "7万元"}}
    asked = [Asked("项目", plan.dossier(stated))]
    assert compare(plan, later, asked, [EVE]).findings == ()
    [finding] = compare(plan, later, asked, [AMENDED]).findings
    [spell] = finding.spells
    assert (spell.since, spell.until) == (AMENDED, AMENDED + timedelta(days=1))


def test_the_last_day_there_is_can_be_asked_for(plan: Policy, later: Policy) -> None:
    stated = {"ServiceProject": {"id": "P", "total_cost": "10万元", "personnel_cost": "7万元"}}
    [finding] = compare(plan, later, [Asked("项目", plan.dossier(stated))], [date.max]).findings
    assert [(spell.since, spell.until) for spell in finding.spells] == [(date.max, None)]


def test_a_due_day_that_moves_is_told_while_the_status_stays(tmp_path: Path) -> None:
    def written(day: str) -> dict[str, str | None]:
        due = STALLS.replace("due: standing", f"due: {{day: {day}}}")
        due = due.replace("  bearer: {reading", "  due: {reading: bare-verb}\n  bearer: {reading")
        return {"rules/1-stalls.yaml": due}

    before = load(tmp_path / "before", written("2022-06-30"))
    after = load(tmp_path / "after", written("2022-09-30"))
    dossier = Dossier([Hall(id="甲", open=True)], models=WORLD, complete=["Stall"])
    [finding] = compare(before, after, [Asked("甲", dossier)]).findings
    assert [
        (s.since, s.until, s.before and s.before.status, s.after and s.after.status)
        for s in finding.spells
    ] == [
        (date(2021, 1, 1), date(2022, 6, 30), Status.PENDING, Status.PENDING),
        (date(2022, 6, 30), date(2022, 9, 30), Status.BREACHED, Status.PENDING),
        (date(2022, 9, 30), None, Status.BREACHED, Status.BREACHED),
    ]


def test_a_day_that_no_file_names_is_found_to_the_day(tmp_path: Path) -> None:
    def written(term: str) -> dict[str, str | None]:
        text = STALLS.replace("大厅摊位不少于2个", "三年内").replace("least: 2个", "term: 三年")
        text = text.replace("modality: 不少于", "modality: {reading: bare-verb}")
        require = f"years_after(built, term) {term} as_of"
        return {"rules/1-stalls.yaml": text.replace("count(stalls) >= least", require)}

    before = load(tmp_path / "before", written("<="))
    after = load(tmp_path / "after", written("<"))
    dossier = Dossier([Hall(id="甲", open=True, built=date(2021, 5, 6))], models=WORLD)
    [finding] = compare(before, after, [Asked("甲", dossier)]).findings
    [spell] = finding.spells
    assert (spell.since, spell.until) == (date(2024, 5, 6), date(2024, 5, 7))


def test_the_same_change_in_several_dossiers_is_told_once(plan: Policy, later: Policy) -> None:
    stated = {"ServiceProject": {"id": "P", "total_cost": "10万元", "personnel_cost": "7万元"}}
    asked = [Asked(name, plan.dossier(stated)) for name in ("甲", "乙", "乙")]
    found = compare(plan, later, asked)
    assert [finding.dossiers for finding in found.findings] == [("甲", "乙", "乙")]
    assert found.dossiers == 3


def test_a_yearly_duty_is_followed_as_far_as_the_facts_speak_of(tmp_path: Path) -> None:
    def written(day: str) -> dict[str, str | None]:
        text = STALLS.replace("due: standing", f"due: {{yearly: {day}}}")
        text = text.replace("  bearer: {reading", "  due: {reading: bare-verb}\n  bearer: {reading")
        require = "require: some(s.open and hall_built <= by for s in stalls)"
        text = text.replace("require: count(stalls) >= least", require)
        text = text.replace("    let:\n      least: 2个\n", "").replace("hall_built", "built")
        return {
            "rules/1-stalls.yaml": text.replace(
                "modality: 不少于", "modality: {reading: bare-verb}"
            )
        }

    before = load(tmp_path / "before", written("6-30"))
    after = load(tmp_path / "after", written("12-31"))

    def years(built: date | None) -> list[int | None]:
        dossier = Dossier([Hall(id="甲", open=True, built=built)], models=WORLD)
        return [one.year for one in compare(before, after, [Asked("甲", dossier)]).findings]

    assert years(None) == [2021, 2022]
    assert years(date(2025, 5, 6)) == [2021, 2022, 2023, 2024, 2025, 2026]
    assert years(date(2999, 5, 6)) == [2021, 2022]
