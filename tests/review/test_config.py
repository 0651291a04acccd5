"""review.yaml: who wrote the rules and how many review each."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_facts.problems import Refused
from jingmen_policy import Policy
from jingmen_policy.review.config import ReviewConfig, read_config
from support.signing import library_in


def test_the_shipped_plan_says_who_wrote_it(shipped: Policy) -> None:
    config = read_config(shipped.corpus)
    assert config == ReviewConfig(("jingmen-policy 编写者",), {}, 1)
    assert config.wrote("Jingmen-policy编写者", "staffing")


def test_nobody_has_signed_the_shipped_plan(shipped: Policy) -> None:
    assert not (shipped.corpus.directory / "signatures").exists()


def test_a_rule_may_have_authors_of_its_own(tmp_path: Path) -> None:
    text = "authors: {default: 甲, rules: {study-room: [乙, 丙]}}\nreviewers_required: 2\n"
    config = read_config(library_in(tmp_path / "library", text).corpus)
    assert config.authors("study-room") == ("乙", "丙")
    assert config.authors("suggestion-box") == ("甲",)
    assert config.required == 2


def test_everything_wrong_in_it_is_told(tmp_path: Path) -> None:
    text = "authors:\n  default: [甲, '\u200b乙']\n  rules: {study-rom: 丙, suggestion-box: ' '}\n"
    corpus = library_in(tmp_path / "library", text).corpus
    with pytest.raises(Refused) as refused:
        read_config(corpus)
    told = refused.value.to("zh").splitlines()
    assert len(told) == 3
    assert "study-room" in told[0]
    assert "U+200B" in told[1]
    assert told[2].endswith("authors.rules.suggestion-box: 不能为空")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "authors: {}\n",
        "authors: {default: []}\n",
        "author: 甲\n",
        "authors: {default: 甲}\nreviewers_required: 3\n",
        "authors: {default: 甲}\nauthors: {default: 乙}\n",
    ],
)
def test_what_is_no_config(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused, match=r"review\.yaml"):
        read_config(library_in(tmp_path / "library", text).corpus)
