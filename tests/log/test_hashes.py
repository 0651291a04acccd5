"""What a receipt's hashes do not depend on, and what they do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import Dossier
from jingmen_facts.kinds import Sort
from jingmen_policy import Policy
from jingmen_policy.engines.compiled import Decided
from jingmen_policy.judge.verdict_rows import Row, VerdictRows
from jingmen_policy.log.draft import draft
from jingmen_policy.log.hashes import VerdictsHash, findings_hash, input_hash
from jingmen_policy.rule.status import Status
from support.plan_dossiers import plan_dossiers
from support.synthetic import dossiers

DAY = date(2022, 6, 30)
POLICY = Policy.load()


def costing(total: Any) -> str:
    return input_hash(POLICY.dossier({"ServiceProject": {"id": "P-1", "total_cost": total}}))


@given(st.integers(0, 10**12))
def test_an_amount_is_the_same_however_it_is_written(fen: int) -> None:
    yuan = Decimal(fen) / 100
    spellings: list[Any] = [
        f"{fen}分",
        f"{yuan}元",
        yuan,
        f"{yuan:,.2f}",
        f"{yuan / 10000:f}万元",
    ]
    assert len({costing(one) for one in spellings}) == 1
    assert costing(f"{fen + 1}分") != costing(f"{fen}分")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"area": 300}, {"建筑面积": "300.00平方米"}),
        ({"area": Decimal("3E+2")}, {"area": "300"}),
        ({"established_on": date(2021, 6, 1)}, {"建立日期": "2021年6月1日"}),
        ({"sign_displayed": True}, {"是否设置标识": "是"}),
        ({"rooms": ["社工室", "档案室"]}, {"专门用房": "档案室、社工室"}),
        ({"area": None}, {}),
    ],
)
def test_a_value_is_the_same_however_it_is_written(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    stated = [POLICY.dossier({"Station": {"id": "S", **fields}}) for fields in (one, other)]
    assert input_hash(stated[0]) == input_hash(stated[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"sign_displayed": False}, {}),
        ({"rooms": "无"}, {}),
        ({"area": "300"}, {"area": "300.01"}),
        ({"contractor": "甲"}, {"sign_text": "甲"}),
        ({"id": "S "}, {"id": "S1"}),
        ({"sign_text": "é"}, {"sign_text": "e\u0301"}),
    ],
)
def test_another_value_is_another_input(one: dict[str, Any], other: dict[str, Any]) -> None:
    stated = [POLICY.dossier({"Station": {"id": "S", **fields}}) for fields in (one, other)]
    assert input_hash(stated[0]) != input_hash(stated[1])


@given(dossiers(), st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(dossier: Dossier, random: Any) -> None:
    facts = list(dossier.facts)
    random.shuffle(facts)
    shuffled = Dossier(facts, models=dossier.models, complete=dossier.complete)
    assert input_hash(shuffled) == input_hash(dossier)


@given(dossiers(), dossiers())
def test_two_dossiers_have_one_hash_only_if_they_are_equal(one: Dossier, other: Dossier) -> None:
    assert (input_hash(one) == input_hash(other)) == (one == other)


AS_JSON: dict[Sort, Callable[[Any], Any]] = {
    Sort.FLAG: bool,
    Sort.NUMBER: lambda value: f"{Decimal(value).normalize():f}",
    Sort.MONEY: lambda value: f"{int(value)}分",
    Sort.DAY: lambda value: value.isoformat(),
    Sort.TEXT: str,
    Sort.TEXTS: sorted,
}


@settings(max_examples=40)
@given(dossiers() | plan_dossiers())
def test_anyone_can_work_the_hash_of_an_input_out_again(dossier: Dossier) -> None:
    facts: dict[str, Any] = {}
    for fact in dossier:
        kind = dossier.models.kinds[type(fact).__name__]
        facts.setdefault(kind.name, {})[fact.identity] = {
            name: AS_JSON[spec.sort](value)
            for name, spec in kind.fields.items()
            if (value := getattr(fact, name)) is not None
        }
    whole = [one for one in dossier.complete if one.partition("@")[0] not in dossier.complete]
    listed = [one for one in dossier.complete if "@" not in one]
    content = {"complete": sorted({*whole, *listed}), "facts": facts}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert input_hash(dossier) == hashlib.sha256(f"jingmen-input/1\n{text}".encode()).hexdigest()


@pytest.mark.parametrize("rules", [None, frozenset({"worker-age", "staffing"})])
@settings(max_examples=20)
@given(dossier=plan_dossiers())
def test_verdicts_have_the_hash_of_the_findings_they_are(
    dossier: Dossier, rules: frozenset[str] | None
) -> None:
    rows = VerdictRows(POLICY.asked(DAY, rules=rules), lambda *_: Row(b"", (b"",) * len(Status)))
    hashed = VerdictsHash(POLICY.asked(DAY, rules=rules))
    verdicts = POLICY.verdicts(dossier, DAY, rules=rules)
    assert hashed(rows.subjects(dossier), verdicts) == findings_hash(
        POLICY.decide(dossier, DAY, rules=rules)
    )


def test_which_lists_are_complete_is_of_the_input() -> None:
    facts = {"Station": {"id": "S"}}
    lists: list[list[str]] = [[], ["Station"], ["Station@沙洋县"], ["Station@东宝区"]]
    hashes = {input_hash(POLICY.dossier(facts, use=["register"], complete=one)) for one in lists}
    assert len(hashes) == 4
    both = POLICY.dossier(facts, use=["register"], complete=["Station", "Station@沙洋县"])
    whole = POLICY.dossier(facts, use=["register"], complete=["Station"])
    assert input_hash(both) == input_hash(whole)
    assert [f.status for f in POLICY.decide(both, DAY)] == [
        f.status for f in POLICY.decide(whole, DAY)
    ]


def test_facts_known_beforehand_are_of_the_input() -> None:
    facts = {"Station": {"id": "S"}}
    assert input_hash(POLICY.dossier(facts)) != input_hash(POLICY.dossier(facts, use=["register"]))


def test_every_engine_has_the_same_findings_hash() -> None:
    dossier = POLICY.dossier(
        {"Station": [{"id": "乙"}, {"id": "甲", "established_on": "2021-06-01"}]},
        use=["register"],
        complete=["Station"],
    )
    found = {
        findings_hash(POLICY.decide(dossier, DAY)),
        findings_hash(POLICY.judge(dossier, DAY, engine="reference")),
        findings_hash(POLICY.judge(dossier, DAY, engine="durable")),
    }
    assert len(found) == 1


_DECIDED = st.builds(
    Decided,
    st.sampled_from(["a", "b"]),
    st.just("Hall"),
    st.sampled_from(["甲", "乙", '["a"]', "a\tb"]),
    st.none() | st.integers(2021, 2023),
    st.sampled_from(Status),
)


@given(st.lists(_DECIDED, unique_by=lambda one: one[:4]), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter_but_each_status_does(
    found: list[Decided], random: Any
) -> None:
    before = findings_hash(found)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert findings_hash(shuffled) == before
    for place, one in enumerate(found):
        status = next(status for status in Status if status is not one.status)
        changed = [*found[:place], one._replace(status=status), *found[place + 1 :]]
        assert findings_hash(changed) != before
        assert findings_hash(found[:place] + found[place + 1 :]) != before


def test_a_draft_says_which_rules_and_readings_it_was() -> None:
    strict = POLICY.under({"at-most-inclusive": "strictly-less"})
    dossier = POLICY.dossier({"ServiceProject": {"id": "P"}})
    rules = ["worker-age", "personnel-share", "worker-age"]
    made = draft(strict, dossier, DAY, strict.decide(dossier, DAY, rules=rules), rules=rules)
    assert made.rules == ("personnel-share", "worker-age")
    assert made.readings == {"at-most-inclusive": "strictly-less"}
    assert made.corpus_sha256 == strict.corpus.digest != POLICY.corpus.digest
    assert (made.corpus, made.engine) == ("jingmen-stations-2021", "compiled")
