"""Web Annotations: each anchor, set again in the text the collection carries, finds its words."""

from __future__ import annotations

import hashlib
import json
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from jingmen_policy.exports.annotations import export
from jingmen_policy.exports.edition import Edition
from support.outside import package


@pytest.fixture(scope="module")
def collection(plan: Edition) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(export(plan))
    return read


@pytest.fixture(scope="module")
def items(collection: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = collection["first"]["items"]
    return found


def texts(collection: dict[str, Any]) -> dict[str, str]:
    return {one["id"]: one["value"] for one in collection["jm:texts"]}


def selectors(item: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    quote, position = item["target"]["selector"]
    assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    return quote, position


def test_every_place_holds_the_words_quoted(
    collection: dict[str, Any], items: list[dict[str, Any]]
) -> None:
    known = texts(collection)
    for item in items:
        quote, position = selectors(item)
        text = known[item["target"]["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"], item["id"]


def test_every_quote_is_found_once_by_what_stands_around_it(
    collection: dict[str, Any], items: list[dict[str, Any]]
) -> None:
    known = texts(collection)
    for item in items:
        quote, position = selectors(item)
        whole = quote["prefix"] + quote["exact"] + quote["suffix"]
        text = known[item["target"]["source"]]
        assert text.count(whole) == 1, item["id"]
        assert text.index(whole) + len(quote["prefix"]) == position["start"]


def test_the_words_stand_in_the_passage_named(items: list[dict[str, Any]], plan: Edition) -> None:
    for item in items:
        quote, _ = selectors(item)
        assert quote["exact"] in plan.corpus.source.passage(item["target"]["jm:passage"]).text


def test_every_field_that_rests_on_words_has_them(
    items: list[dict[str, Any]], plan: Edition
) -> None:
    rule = plan.corpus.rules["personnel-share"]
    found = {
        (item["jm:field"], selectors(item)[0]["exact"])
        for item in items
        if item["jm:rule"] == rule.id
    }
    assert found == {
        ("cites", "社工站人员经费不得超过项目总经费的70%"),
        ("modality", "不得"),
        ("operator", "不得超过"),
        ("ceiling", "70%"),
        ("require", "人员经费"),
        ("require", "项目总经费"),
    }
    marks = sum(
        len(words.marks) for _, version in plan.versioned() for words in version.words.values()
    )
    quotes = sum(len(version.cites) for _, version in plan.versioned())
    assert len(items) == marks + quotes


def wrong(page: dict[str, Any]) -> list[str]:
    """Where a page of annotations is not as the models of the IIIF community have it, which follow
    the Web Annotation Data Model; what stands in a namespace of its own they let be."""
    models = package("iiif_prezi3", "iiif-prezi3")
    try:
        models.AnnotationPage.model_validate(page)
    except ValidationError as refused:
        return [".".join(map(str, one["loc"])) for one in refused.errors()]
    return []


def test_it_is_as_the_data_model_has_it(collection: dict[str, Any], nasty: Edition) -> None:
    for one in (collection, json.loads(export(nasty))):
        assert wrong(one["first"]) == []


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (["type"], "Note"),
        (["target"], 7),
        (["target", "source"], None),
        (["target", "selector", 0, "exact"], 7),
        (["target", "selector", 1, "start"], "first"),
        (["target", "selector", 0, "type"], "QuoteSelector"),
        (["body", 1, "type"], "Text"),
        (["body", 1, "format"], "plain"),
    ],
)
def test_what_the_data_model_does_not_have_is_noticed(
    collection: dict[str, Any], way: list[Any], value: object
) -> None:
    page = deepcopy(collection["first"])
    page["items"] = page["items"][:3]
    place: Any = page["items"][2]
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    assert any(one.startswith("items.2.") for one in wrong(page))


def test_it_is_a_collection_as_the_vocabulary_has_it(
    collection: dict[str, Any], items: list[dict[str, Any]]
) -> None:
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert collection["first"]["partOf"] == collection["id"]
    assert collection["total"] == len(items) == len({item["id"] for item in items})
    assert {item["type"] for item in items} == {"Annotation"}
    assert {item["motivation"] for item in items} == {"linking", "classifying"}


def test_a_text_that_changed_is_noticed(collection: dict[str, Any], plan: Edition) -> None:
    [one] = collection["jm:texts"]
    assert one["value"] == plan.corpus.source.plain
    assert one["jm:sha256"] == hashlib.sha256(plan.corpus.source.plain.encode()).hexdigest()
