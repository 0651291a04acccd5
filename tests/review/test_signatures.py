"""A signature file: read back as it was written, and refused once it was edited or is malformed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jingmen_facts.problems import Refused
from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_policy import Policy
from jingmen_policy.review.cards import cards
from jingmen_policy.review.content import PARTS, content_of, shown_of
from jingmen_policy.review.outcomes import outcomes_of
from jingmen_policy.review.signatures import (
    Tampered,
    hashes_of,
    raw_records,
    read_signatures,
    strays,
    written,
)
from jingmen_policy.review.state import review_states
from support.signing import REVIEWER, library_in, signed


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    return library_in(tmp_path / "library")


@pytest.fixture
def file(policy: Policy, tmp_path: Path) -> Path:
    """The signatures on one rule."""
    signed(policy, tmp_path / "s", "study-room")
    return tmp_path / "s" / "study-room.yaml"


def edited(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_what_rules_of_the_plan_say_comes_back_as_it_was(shipped: Policy, tmp_path: Path) -> None:
    rules = list(shipped.corpus.rules.values())[::9]
    signed(shipped, tmp_path, *(rule.id for rule in rules))
    for rule in rules:
        _, located = read_signatures(tmp_path / f"{rule.id}.yaml")
        content = located.value["records"][0]["content"]
        now = content_of(shipped.corpus, rule)
        assert {part: content[part] for part in now} == now
        assert content["shown"] == shown_of(shipped.corpus, rule)
        assert content["outcomes"] == outcomes_of(cards(shipped, rule.id))


def test_a_file_written_again_is_the_same_to_the_byte(file: Path) -> None:
    _, located = read_signatures(file)
    assert written("study-room", raw_records(located)).encode() == file.read_bytes()


def test_hashes_do_not_depend_on_how_the_file_is_laid_out(policy: Policy, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text("# 批注\n" + text.replace("records:\n", "records:\n\n"), encoding="utf-8")
    assert review_states(policy, file.parent)["study-room"].state == "reviewed"


def test_every_text_of_what_is_signed_is_held_by_a_hash(policy: Policy, file: Path) -> None:
    """Each line with a value, edited by itself, is noticed: refused, one way or another."""
    lines = file.read_text(encoding="utf-8").split("\n")
    tried = 0
    for number, line in enumerate(lines):
        match = re.fullmatch(r"( +(?:- )?(?:[^:]+: )?)([^ {].*[^:])", line)
        if match is None or line.startswith("#"):
            continue
        tried += 1
        changed = [*lines[:number], f"{match[1]}{match[2]}x", *lines[number + 1 :]]
        file.write_text("\n".join(changed), encoding="utf-8")
        with pytest.raises(Refused):
            read_signatures(file)
    assert tried > 30


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        (f"by: {REVIEWER}", "by: 冒名者", "records[0].signatures[0]"),
        ("on: 2026-11-28", "on: 2026-11-27", "records[0].signatures[0]"),
        ("role: 法制审核", "role: 局长", "records[0].signatures[0]"),
        ("outcome: met", "outcome: breached", "records[0].content.outcomes"),
        ("(30个 <= seats)", "(20个 <= seats)", "records[0].content.meaning"),
        ("自习室座位不少于30个", "自习室座位不少于20个", "records[0].content.words"),
    ],
)
def test_an_edited_file_is_told_and_never_counts(
    policy: Policy, file: Path, before: str, after: str, where: str
) -> None:
    edited(file, before, after)
    with pytest.raises(Tampered):
        read_signatures(file)
    state = review_states(policy, file.parent)["study-room"]
    assert (state.state, state.reviewers) == ("tampered", ())
    [problem] = state.wrong
    assert problem.field == where
    assert problem.source == str(file)
    assert problem.line is not None
    with pytest.raises(Refused, match="study-room"):
        signed(policy, file.parent, "study-room")


def test_an_edited_part_with_a_new_hash_no_longer_agrees_with_the_signature(file: Path) -> None:
    _, located = read_signatures(file)
    [record] = raw_records(located)
    content = {**record["content"], "readings": {"any": {"question": "问", "reading": "答"}}}
    forged = {**record, "content": content, "hashes": hashes_of(content)}
    file.write_text(written("study-room", [forged]), encoding="utf-8")
    with pytest.raises(Tampered) as refused:
        read_signatures(file)
    assert [one.field for one in refused.value.problems] == ["records[0].signatures[0]"]


def test_a_signature_of_one_rule_is_none_of_another(policy: Policy, file: Path) -> None:
    other = file.with_name("suggestion-box.yaml")
    other.write_bytes(file.read_bytes())
    assert review_states(policy, file.parent)["suggestion-box"].state == "unreadable"
    edited(other, "rule: study-room", "rule: suggestion-box")
    assert review_states(policy, file.parent)["suggestion-box"].state == "tampered"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "study-room"),
        ("format: jingmen-signature/1\nrule: study-room\nrecords: []\n", "至少应有 1 项"),
        ("format: jingmen-signature/2\nrule: study-room\nrecords: []\n", "format"),
        ("a: 1\na: 2\n", "重复"),
        ("a: &b 1\nc: *b\n", "锚点"),
        ("records: [\n", "YAML"),
        ("- 1\n", "study-room"),
    ],
)
def test_a_malformed_file_is_a_state_and_is_not_signed_over(
    policy: Policy, tmp_path: Path, text: str, why: str
) -> None:
    file = tmp_path / "study-room.yaml"
    file.write_text(text, encoding="utf-8")
    state = review_states(policy, tmp_path)["study-room"]
    assert state.state == "unreadable"
    assert any(why in one.to("zh") for one in state.wrong)
    with pytest.raises(Refused, match=re.escape(why)):
        signed(policy, tmp_path, "study-room")
    assert file.read_text(encoding="utf-8") == text


def test_a_dangling_link_is_not_taken_for_no_file(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "study-room.yaml").symlink_to(tmp_path / "nowhere")
    assert review_states(policy, tmp_path)["study-room"].state == "unreadable"


def test_a_card_whose_facts_are_no_longer_taken_voids_the_signature(
    policy: Policy, file: Path
) -> None:
    _, located = read_signatures(file)
    [record] = raw_records(located)
    outcomes = {
        name: {**card, "facts": {"Branch": {"id": "甲", "no_such_field": "是"}}}
        for name, card in record["content"]["outcomes"].items()
    }
    content = {**record["content"], "outcomes": outcomes}
    from jingmen_policy.review.signing import Reviewer, _signature
    from support.signing import TODAY

    hashes = hashes_of(content)
    signature = _signature("study-room", hashes, Reviewer(REVIEWER, "审核", TODAY))
    made = {"hashes": hashes, "signatures": [signature], "content": content}
    file.write_text(written("study-room", [made]), encoding="utf-8")
    state = review_states(policy, file.parent)["study-room"]
    assert state.state == "suspect"
    assert {one.after for part in state.changed for one in part.changes} == {"cannot-be-put"}


def test_a_file_of_no_rule_is_named(file: Path, policy: Policy) -> None:
    stray = file.rename(file.with_name("gone.yaml"))
    [problem] = strays(file.parent, policy.corpus.rules)
    assert problem.source == str(stray)


def test_it_reads_as_plain_yaml_of_texts(file: Path) -> None:
    value = read_yaml(file.read_text(encoding="utf-8"), "").value
    assert list(value) == ["format", "rule", "records"]
    [record] = value["records"]
    assert set(record["hashes"]) == {*PARTS, "shown"}
    assert "&" not in file.read_text(encoding="utf-8")


def test_a_folder_or_a_link_in_the_place_of_a_file_is_not_written_over(
    policy: Policy, tmp_path: Path
) -> None:
    (tmp_path / "study-room.yaml").mkdir()
    (tmp_path / "suggestion-box.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Refused) as refused:
        signed(policy, tmp_path, "study-room", "suggestion-box")
    assert sorted(Path(one.source).name for one in refused.value.problems) == [
        "study-room.yaml",
        "suggestion-box.yaml",
    ]
