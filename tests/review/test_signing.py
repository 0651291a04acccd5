"""Signing: what is refused, whole and with everything at once, and what is written."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from jingmen_facts.problems import Refused
from jingmen_policy import Policy
from jingmen_policy.review import signing
from jingmen_policy.review.signing import sign
from jingmen_policy.review.state import review_states
from jingmen_policy.review.store import VARIABLE, put_all
from support.library import LIBRARY
from support.signing import OTHER, REVIEWER, TODAY, library_in, signed

TWO = """\
authors:
  default: 编写者甲
  rules: {study-room: [编写者乙, 编写者丙]}
reviewers_required: 2
"""


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return library_in(tmp_path / "library")


def told(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return refused.value.to("zh").splitlines()


def test_a_signature_is_kept_beside_the_rules_and_the_corpus_stays_what_it_is(
    policy: Policy,
) -> None:
    [state] = sign(policy, ["study-room"], REVIEWER, "法制审核", today=TODAY)
    assert (state.state, state.reviewers) == ("reviewed", (REVIEWER,))
    assert (policy.corpus.directory / "signatures" / "study-room.yaml").is_file()
    again = Policy.load(policy.corpus.directory, facts=LIBRARY)
    assert again.corpus.digest == policy.corpus.digest
    assert review_states(again)["study-room"] == state
    assert review_states(again)["suggestion-box"].state == "unreviewed"


def test_the_environment_names_the_folder(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    sign(policy, ["study-room"], REVIEWER, "法制审核", today=TODAY)
    assert (tmp_path / "kept" / "study-room.yaml").is_file()
    assert review_states(policy)["study-room"].state == "reviewed"
    assert review_states(policy, tmp_path / "other")["study-room"].state == "unreviewed"


def test_everything_wrong_is_told_at_once_and_nothing_is_written(policy: Policy) -> None:
    with pytest.raises(Refused) as refused:
        sign(
            policy,
            ["study-rom", "suggestion-box", "nothing-like-it"],
            "审核\u202e人",
            " ",
            "2026-02-30",
            note="见\x07附件",
            today=TODAY,
        )
    lines = told(refused)
    assert lines[0] == "--by: 含有看不见的排版符号 U+202E"
    assert lines[1] == "--role: 不能为空"
    assert lines[2] == "--note: 含有控制字符 U+0007"
    assert lines[3].startswith("--on: 应为存在的日期")
    assert lines[4] == "未知的规则“study-rom”，是否为“study-room”？"
    assert lines[5].startswith("未知的规则“nothing-like-it”")
    assert len(lines) == 6
    assert not (policy.corpus.directory / "signatures").exists()


@pytest.mark.parametrize("name", ["编写者甲", " 编写者　甲 ", "编写者甲\u3000"])
def test_an_author_does_not_sign_however_the_name_is_spelt(policy: Policy, name: str) -> None:
    with pytest.raises(Refused, match="须由他人审核"):
        sign(policy, ["study-room"], name, "编写", today=TODAY)


def test_each_of_several_authors_of_a_rule_is_one(tmp_path: Path) -> None:
    policy = library_in(tmp_path / "library", TWO)
    with pytest.raises(Refused, match=r"study-room.*编写者丙"):
        sign(policy, ["study-room", "suggestion-box"], "编写者丙", "编写", today=TODAY)
    [state] = signed(policy, tmp_path / "s", "study-room", by="编写者甲")
    assert state.reviewers == ("编写者甲",)


def test_where_no_author_is_on_record_nobody_signs(tmp_path: Path) -> None:
    policy = library_in(tmp_path / "library")
    (policy.corpus.directory / "review.yaml").unlink()
    with pytest.raises(Refused, match=r"review\.yaml.*没有写明规则由谁编写"):
        sign(policy, ["study-room"], REVIEWER, "法制审核", today=TODAY)


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-11-29", "还没有到"), ("2021-12-31", "早于方案施行日"), ("昨天", "应为存在的日期")],
)
def test_a_day_that_cannot_be(policy: Policy, day: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        sign(policy, ["study-room"], REVIEWER, "法制审核", day, today=TODAY)


def test_rules_as_another_reading_has_them_are_not_signed(shipped: Policy, tmp_path: Path) -> None:
    other = shipped.under({"cap-per-project": "contracted-only"})
    with pytest.raises(Refused, match="cap-per-project: 正在改取另一解释“contracted-only”"):
        signed(other, tmp_path / "s", "personnel-share")
    assert not (tmp_path / "s").exists()


def test_an_installed_package_keeps_no_signatures(policy: Policy, tmp_path: Path) -> None:
    inside = tmp_path / "lib" / "site-packages" / "plan" / "signatures"
    with pytest.raises(Refused, match="--signatures"):
        signed(policy, inside, "study-room")
    assert not inside.exists()


def test_two_reviewers_are_two_people(tmp_path: Path) -> None:
    policy, kept = library_in(tmp_path / "library", TWO), tmp_path / "s"
    [first] = signed(policy, kept, "study-room", by="Li Na")
    assert (first.state, first.required) == ("partial", 2)
    [again] = signed(policy, kept, "study-room", by=" ＬＩ  na")
    assert (again.state, again.reviewers) == ("partial", ("Li Na",))
    assert [one.uncounted is None for one in again.signatures] == [True, False]
    [second] = signed(policy, kept, "study-room", by=OTHER)
    assert (second.state, second.reviewers) == ("reviewed", ("Li Na", OTHER))
    assert second.history == ()


def test_one_who_turns_out_to_be_the_author_no_longer_counts(tmp_path: Path) -> None:
    policy, kept = library_in(tmp_path / "library"), tmp_path / "s"
    signed(policy, kept, "study-room")
    config = policy.corpus.directory / "review.yaml"
    config.write_text(f"authors: {{default: {REVIEWER}}}\n", encoding="utf-8")
    state = review_states(policy, kept)["study-room"]
    assert state.state == "unreviewed"
    assert state.signatures[0].uncounted is not None
    assert state.changed == ()


def test_what_changed_is_signed_anew_and_the_former_is_history(tmp_path: Path) -> None:
    policy, kept = library_in(tmp_path / "library"), tmp_path / "s"
    [before] = signed(policy, kept, "study-room")
    later = changed(policy)
    assert review_states(later, kept)["study-room"].state == "suspect"
    [after] = signed(later, kept, "study-room", by=OTHER)
    assert (after.state, after.reviewers) == ("reviewed", (OTHER,))
    [past] = after.history
    assert past.signatures == before.signatures
    assert past.hashes == before.hashes
    assert past.hashes != after.hashes


def test_what_supersedes_is_not_signed_on_an_earlier_day(tmp_path: Path) -> None:
    policy, kept = library_in(tmp_path / "library"), tmp_path / "s"
    signed(policy, kept, "study-room")
    text = (kept / "study-room.yaml").read_bytes()
    with pytest.raises(Refused, match="早于上一次签字"):
        sign(
            changed(policy), ["study-room"], OTHER, "审核", "2026-11-27",
            signatures_dir=kept, today=TODAY,
        )  # fmt: skip
    assert (kept / "study-room.yaml").read_bytes() == text


def changed(policy: Policy) -> Policy:
    """The same rules, but for one comparison."""
    [file] = (policy.corpus.directory / "rules").glob("*study-room.yaml")
    text = file.read_text(encoding="utf-8")
    assert "seats >= least" in text
    file.write_text(text.replace("seats >= least", "seats > least"), encoding="utf-8")
    return Policy.load(policy.corpus.directory, facts=LIBRARY)


def test_one_of_several_that_is_refused_leaves_all_unsigned(policy: Policy, tmp_path: Path) -> None:
    kept = tmp_path / "s"
    signed(policy, kept, "suggestion-box")
    edited = kept / "suggestion-box.yaml"
    edited.write_text(edited.read_text(encoding="utf-8").replace(REVIEWER, OTHER), encoding="utf-8")
    with pytest.raises(Refused, match=r"suggestion-box\.yaml:\d+: records\[0\]\.signatures\[0\]"):
        signed(policy, kept, "study-room", "suggestion-box")
    assert [path.name for path in kept.iterdir()] == ["suggestion-box.yaml"]


def test_a_rule_named_twice_is_signed_once(policy: Policy, tmp_path: Path) -> None:
    [state] = signed(policy, tmp_path / "s", "study-room", "study-room")
    assert len(state.signatures) == 1


def test_names_and_notes_are_kept_as_text(policy: Policy, tmp_path: Path) -> None:
    note = "=cmd() <script>alert(1)</script>: 'x' \"y\" # {a: b} | null"
    [state] = sign(
        policy, ["study-room"], "null, 甲: #1", "~ 'role'", date(2024, 1, 2),
        note=note, signatures_dir=tmp_path, today=TODAY,
    )  # fmt: skip
    [one] = state.signatures
    assert (one.by, one.role, one.on, one.note) == (
        "null, 甲: #1",
        "~ 'role'",
        date(2024, 1, 2),
        note,
    )


def test_two_who_sign_at_once_both_sign_or_are_told(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read the file before either writes it: the second is asked to try again."""
    both = threading.Barrier(2)

    def together(*arguments: object) -> None:
        both.wait(timeout=30)
        put_all(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(signing, "put_all", together)
    refusals: list[Refused] = []

    def one(by: str) -> None:
        try:
            signed(policy, tmp_path / "s", "study-room", by=by)
        except Refused as refused:
            refusals.append(refused)

    threads = [threading.Thread(target=one, args=(by,)) for by in (REVIEWER, OTHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [refused] = refusals
    assert "请再试一次" in refused.to("zh")
    [left] = review_states(policy, tmp_path / "s")["study-room"].signatures
    assert left.by in {REVIEWER, OTHER}
