"""Which changes void which signatures, with every rule of the plan signed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from jingmen_policy import Policy
from jingmen_policy.review.content import Part
from jingmen_policy.review.state import RuleState, review_states
from support.signing import loaded, replaced

STAFFING = "rules/4-3-staffing.yaml"


def void(states: Mapping[str, RuleState]) -> dict[str, set[Part]]:
    """The parts that changed, by rule; every other rule is still reviewed."""
    assert {one.state for one in states.values()} <= {"reviewed", "suspect"}
    found = {name: set(one.voided) for name, one in states.items() if one.state == "suspect"}
    assert all(found.values())
    return found


def before_after(state: RuleState, part: str, field: str) -> tuple[str | None, str | None]:
    [change] = [
        one
        for changed in state.changed
        if changed.part == part
        for one in changed.changes
        if field in one.field
    ]
    return change.before, change.after


def test_nothing_changed_voids_nothing(shipped: Policy, all_signed: Path) -> None:
    assert void(review_states(shipped, all_signed)) == {}


def test_a_legal_officers_walk(plan: Path, all_signed: Path) -> None:
    """One word of one clause, one number of one rule, and a third rule only written anew."""
    replaced(plan, "驻站社工年龄一般应在40岁以下", "驻站人员年龄一般应在40岁以下")
    replaced(plan, "words: 驻站社工, reading: contractor", "words: 驻站人员, reading: contractor")
    replaced(plan, "项目总经费的70%", "项目总经费的65%")
    replaced(plan, "ceiling: 70%", "ceiling: 65%")
    written_anew(plan / STAFFING)
    states = review_states(loaded(plan), all_signed)
    # worker-education quotes the same words: it carries their 应 on to 学历
    assert void(states) == {
        "worker-age": {"words"},
        "worker-education": {"words"},
        "personnel-share": {"words", "meaning", "outcomes"},
    }
    assert before_after(states["worker-age"], "words", "cites") == (
        "驻站社工年龄一般应在40岁以下",
        "驻站人员年龄一般应在40岁以下",
    )
    assert before_after(states["personnel-share"], "meaning", "require") == (
        "(personnel_cost <= (70% * total_cost))",
        "(personnel_cost <= (65% * total_cost))",
    )
    [outcomes] = [one for one in states["personnel-share"].changed if one.part == "outcomes"]
    assert {(one.before, one.after) for one in outcomes.changes} == {("met", "breached")}
    assert states["staffing"].state == "reviewed"


def written_anew(file: Path) -> None:
    """The rule with its keys in another order, its parameters renamed, its expression turned."""
    rule = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    [version] = rule["versions"]
    version["let"] = {"top": version["let"]["most"], "few": version["let"]["least"]}
    version["require"] = (
        "(top >= count(x for x in workers if x.in_post)) and (count(one for one in workers if one.in_post)>=few)"  # noqa: E501
    )
    words = rule["words"]
    words["few"], words["top"] = words.pop("least"), words.pop("most")
    rule["versions"] = [dict(reversed(version.items()))]
    rule["readings"].reverse()
    text = yaml.safe_dump(dict(reversed(rule.items())), allow_unicode=True, width=60)
    file.write_text(f"# 另一种写法\n\n{text}\n# 完\n", encoding="utf-8")


def test_a_comparison_made_strict_voids_meaning_and_outcome(plan: Path, all_signed: Path) -> None:
    replaced(
        plan, "personnel_cost <= ceiling", "personnel_cost < ceiling", files="rules/*share.yaml"
    )
    states = review_states(loaded(plan), all_signed)
    assert void(states) == {"personnel-share": {"meaning", "outcomes"}}
    [outcome] = states["personnel-share"].changed[1].changes
    assert (outcome.before, outcome.after) == ("met", "breached")


def test_another_answer_to_a_reading_voids_the_rules_that_rest_on_it(
    plan: Path, all_signed: Path
) -> None:
    replaced(
        plan,
        "以填报单位记录的建立日期为准，即挂牌并配齐场地、人员开始运行之日",
        "以挂牌之日为准",
        files="interpretations/established-day.yaml",
    )
    policy = loaded(plan)
    states = review_states(policy, all_signed)
    assert void(states) == {name: {"readings"} for name in policy.corpus.relying("established-day")}
    before, after = before_after(states["staffing"], "readings", "established-day / reading")
    assert before is not None
    assert after is not None
    assert before != after
    assert "挂牌之日" in after


def test_the_argument_for_a_reading_voids_nothing(plan: Path, all_signed: Path) -> None:
    replaced(
        plan, "分母是“项目总经费”", "因为分母是“项目总经费”",
        files="interpretations/cap-per-project.yaml",
    )  # fmt: skip
    replaced(plan, "title:\n  zh: 人员经费占比上限", "title:\n  zh: 人员经费占比", files="rules/*")
    assert void(review_states(loaded(plan), all_signed)) == {}


def test_another_reading_in_force_voids_the_rules_it_changes(
    shipped: Policy, all_signed: Path
) -> None:
    strict = shipped.under({"cap-per-project": "contracted-only"})
    found = void(review_states(strict, all_signed))
    assert set(found) == set(shipped.corpus.relying("cap-per-project"))
    assert found["personnel-share"] >= {"words", "meaning", "readings"}


def test_a_derived_fact_voids_the_rules_that_use_it(plan: Path, all_signed: Path) -> None:
    replaced(plan, "means: established_on <= as_of", "means: established_on < as_of")
    policy = loaded(plan)
    found = void(review_states(policy, all_signed))
    fact = ("Station", "established")
    using = {
        rule.id for rule in policy.corpus.rules.values() if fact in policy.corpus.derived_of(rule)
    }
    assert set(found) == using
    assert all("meaning" in parts for parts in found.values())


def test_an_exceptions_condition_voids_the_rule_that_yields(plan: Path, all_signed: Path) -> None:
    replaced(
        plan, "when: station.third_party", "when: station.third_party and local",
        files="rules/*contractor-arranges.yaml",
    )  # fmt: skip
    found = void(review_states(loaded(plan), all_signed))
    assert set(found) == {"contractor-arranges", "recruitment"}
    assert "meaning" in found["recruitment"]


def test_a_cell_of_the_annex_voids_the_rules_that_look_it_up(plan: Path, all_signed: Path) -> None:
    replaced(plan, "2023年: 3, 2024年: 3, 合计: 13", "2023年: 4, 2024年: 2, 合计: 13")
    states = review_states(loaded(plan), all_signed)
    found = void(states)
    assert set(found) == {"annex-task-2023", "annex-task-2024"}
    assert before_after(states["annex-task-2023"], "meaning", "annex[2023年] / 沙洋县") == (
        "3个",
        "4个",
    )


def test_what_a_sentence_says_elsewhere_is_told_and_voids_nothing(
    plan: Path, all_signed: Path
) -> None:
    replaced(plan, "同时配套组建志愿者服务团队", "并配套组建志愿者服务团队")
    states = review_states(loaded(plan), all_signed)
    assert set(void(states)) == {"volunteer-team"}
    [sentence] = states["staffing"].context
    assert sentence.field == "四（三）第1句"
    assert sentence.after == (sentence.before or "").replace("同时配套", "并配套")


def test_an_amendment_voids_the_rules_it_amends(tmp_path: Path, all_signed: Path) -> None:
    from corpora.amended.built import amended

    states = review_states(loaded(amended(tmp_path / "amended")), all_signed)
    found = void(states)
    assert set(found) == {"staffing", "personnel-share"}
    assert before_after(states["staffing"], "meaning", "versions / 2023-01-01 / require")[0] is None
