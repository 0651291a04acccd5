"""A reading not chosen can be put into force: the rules become what it would have them be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jingmen_facts import Refused
from jingmen_facts.problems import Said
from jingmen_policy import Policy
from support.synthetic import WORLD
from support.tiny import INTERPRETATIONS, STALLS, load, refused

OTHER = "        reading: {zh: 另, en: other}\n"
CHANGE = "        change:\n          rules:\n"


def changed(change: str, *, derived: str = "") -> dict[str, str | None]:
    block = OTHER + CHANGE + "".join(f"            {line}\n" for line in change.splitlines())
    if derived:
        block += "          derived:\n" + "".join(
            f"            {line}\n" for line in derived.splitlines()
        )
    return {"interpretations.yaml": INTERPRETATIONS.replace(OTHER, block)}


def switched(directory: Path, change: str, *, derived: str = "") -> Policy:
    load(directory, changed(change, derived=derived))
    return Policy.load(directory, facts=WORLD, readings={"bare-verb": "other"})


def test_a_field_is_put_in_another_taken_away_and_both_rest_on_the_reading(tmp_path: Path) -> None:
    policy = switched(tmp_path, "stalls: {require: count(stalls) > least, when: }")
    [version] = policy.corpus.rules["stalls"].versions
    assert version.written == {"require": "count(stalls) > least"}
    assert version.words["require"].reading == "bare-verb"
    assert version.words["require"].words == ()
    assert policy.corpus.switched == {"bare-verb": "other"}


def test_a_star_stands_for_every_rule_that_rests_on_the_reading(tmp_path: Path) -> None:
    more = STALLS.replace("id: stalls", "id: more").replace("readings: [bare-verb]\n", "")
    more = more.replace("{reading: bare-verb}", "大厅")
    files = {**changed("'*': {modality: preference}"), "rules/1-more.yaml": more}
    load(tmp_path, files)
    policy = Policy.load(tmp_path, facts=WORLD, readings={"bare-verb": "other"})
    assert policy.corpus.rules["stalls"].modality.value == "preference"
    assert policy.corpus.rules["more"].modality.value == "duty"


def test_parameters_are_put_in_and_taken_away_and_need_no_quote(tmp_path: Path) -> None:
    policy = switched(
        tmp_path, "stalls: {let: {least: , most: 7个}, require: count(stalls) >= most}"
    )
    [version] = policy.corpus.rules["stalls"].versions
    assert version.params == {"most": 7}


def test_a_derived_fact_may_mean_something_else(tmp_path: Path) -> None:
    policy = switched(tmp_path, "stalls: {modality: duty}", derived="fit: {means: not open}")
    assert policy.corpus.derived["Hall", "fit"].versions[0].written == "not open"


def test_dates_bearer_due_and_day_are_changed_as_stated(tmp_path: Path) -> None:
    policy = switched(
        tmp_path,
        "stalls: {since: 2022-02-02, until: 2023-03-03, due: unstated,"
        " bearer: {who: {zh: 摊主, en: keeper}}}",
    )
    rule = policy.corpus.rules["stalls"]
    [version] = rule.versions
    assert (str(version.since), str(version.until)) == ("2022-02-02", "2023-03-03")
    assert (version.due.kind, rule.bearer.role.zh) == ("unstated", "摊主")


def test_parameters_a_star_brings_need_no_quote_either(tmp_path: Path) -> None:
    policy = switched(
        tmp_path, "'*': {let: {least: , other: 7个}, require: count(stalls) >= other}"
    )
    assert policy.corpus.rules["stalls"].versions[0].params == {"other": 7}


def test_a_derived_fact_without_a_meaning_is_refused(tmp_path: Path) -> None:
    [problem] = refused(tmp_path, changed("stalls: {when: }", derived="fit: {means: }"))
    assert problem.said.en == "cannot be taken away: means"


def test_counterparty_and_what_is_said_of_a_breach_are_changed(tmp_path: Path) -> None:
    policy = switched(
        tmp_path,
        "stalls: {counterparty: {who: {zh: 摊主, en: keeper}}, otherwise: {zh: 少, en: few}}",
    )
    rule = policy.corpus.rules["stalls"]
    assert rule.counterparty is not None
    assert (rule.counterparty.role.zh, rule.versions[0].otherwise) == ("摊主", Said("少", "few"))


def test_the_opening_of_a_day_is_the_close_of_the_day_before(tmp_path: Path) -> None:
    change = OTHER + "        change: {as_of: opening}\n"
    load(tmp_path, {"interpretations.yaml": INTERPRETATIONS.replace(OTHER, change)})
    chosen = Policy.load(tmp_path, facts=WORLD)
    other = chosen.under({"bare-verb": "other"})
    day, next_day = date(2020, 12, 31), date(2021, 1, 1)
    dossier = chosen.dossier({"Hall": {"id": "甲"}})
    assert [one.status.value for one in other.judge(dossier, next_day)] == ["not-in-force"]
    assert other.judge(dossier, next_day) == chosen.judge(dossier, day)
    assert other.verdicts(dossier, next_day) == chosen.verdicts(dossier, day)


def test_a_witness_runs_only_what_can_be_run(tmp_path: Path) -> None:
    case = (
        "      case: {as_of: 2022-01-01, expect: {stalls: met}, instead: {othr: {stalls: met}}}\n"
    )
    files = changed("stalls: {when: }")
    text = str(files["interpretations.yaml"])
    [problem] = refused(tmp_path, {"interpretations.yaml": text + case})
    assert "did you mean 'other'" in problem.said.en
    assert problem.field.endswith("instead.othr")


def test_the_digest_tells_which_readings_are_in_force(tmp_path: Path) -> None:
    policy = switched(tmp_path, "stalls: {when: }")
    assert policy.corpus.digest != Policy.load(tmp_path, facts=WORLD).corpus.digest


@pytest.mark.parametrize(
    ("change", "said", "field"),
    [
        ("stall: {when: }", "did you mean 'stalls'", "change.rules.stall"),
        ("stalls: {wen: open}", "did you mean 'when'", "change.rules.stalls"),
        ("stalls: {modality: dutty}", "did you mean 'duty'", "change.rules.stalls.modality"),
        ("stalls: {modality: }", "cannot be taken away: modality", "change.rules.stalls"),
        ("stalls: {since: , due: }", "cannot be taken away: since, due", "change.rules.stalls"),
    ],
)
def test_a_change_of_what_is_not_there_is_refused_with_its_place(
    tmp_path: Path, change: str, said: str, field: str
) -> None:
    [problem] = refused(tmp_path, changed(change))
    assert problem.source == "interpretations.yaml"
    assert said in problem.said.en
    assert field in problem.field


def test_a_reading_that_cannot_be_run_says_why(tmp_path: Path) -> None:
    apart = f"{OTHER}        apart: {{zh: 缺少事实, en: facts are missing}}\n"
    load(tmp_path, {"interpretations.yaml": INTERPRETATIONS.replace(OTHER, apart)})
    with pytest.raises(Refused, match="不能启用：缺少事实"):
        Policy.load(tmp_path, facts=WORLD, readings={"bare-verb": "other"})


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ({"bare-verbs": "other"}, "did you mean 'bare-verb'"),
        ({"bare-verb": "others"}, "did you mean 'other'"),
    ],
)
def test_a_reading_that_is_not_on_record_is_refused(
    tmp_path: Path, readings: dict[str, str], said: str
) -> None:
    load(tmp_path, changed("stalls: {when: }"))
    with pytest.raises(Refused) as found:
        Policy.load(tmp_path, facts=WORLD, readings=readings)
    assert said in found.value.problems[0].said.en


def test_an_expression_that_does_not_parse_under_a_reading_is_refused(tmp_path: Path) -> None:
    load(tmp_path, changed("stalls: {when: opne}"))
    with pytest.raises(Refused) as found:
        Policy.load(tmp_path, facts=WORLD, readings={"bare-verb": "other"})
    assert "did you mean 'open'" in found.value.problems[0].said.en


def test_what_is_under_another_reading_may_be_switched_further() -> None:
    policy = Policy.load().under({"at-most-inclusive": "strictly-less"})
    assert policy.under({}) is policy
    again = policy.under({"launch-stations": "every-station"})
    assert again.corpus.switched == {
        "at-most-inclusive": "strictly-less",
        "launch-stations": "every-station",
    }
