"""OSCAL catalog and mapping against the schema of NIST, and whether they say what they should.

The schema is that of ``oscal-bindings``, whose models are generated from NIST's JSON Schema: a key
that is not in it is an error. It leaves the relations of a mapping open; those are checked here.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from jingmen_policy.docs.coverage import trace
from jingmen_policy.exports.edition import Edition
from jingmen_policy.exports.oscal import RELATIONSHIPS, export
from support.editions import edition_of
from support.library import library
from support.outside import package


def both(edition: Edition) -> tuple[dict[str, Any], dict[str, Any]]:
    catalog, mapping = export(edition, "plan.json").values()
    return json.loads(catalog), json.loads(mapping)


def wrong(kind: str, document: dict[str, Any]) -> list[str]:
    """Where a document is not as the schema has it."""
    models = package("oscal_bindings.v1.models", "oscal-bindings")
    try:
        getattr(models, kind).model_validate(document)
    except ValidationError as refused:
        return sorted({".".join(map(str, one["loc"])) for one in refused.errors()})
    return []


@pytest.fixture(scope="module")
def catalog(plan: Edition) -> dict[str, Any]:
    found: dict[str, Any] = both(plan)[0]["catalog"]
    return found


@pytest.fixture(scope="module")
def mapping(plan: Edition) -> dict[str, Any]:
    found: dict[str, Any] = both(plan)[1]["mapping-collection"]
    return found


def controls(catalog: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for group in catalog["groups"] for one in group["controls"]}


def pairs(mapping: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    [one] = mapping["mappings"]
    return {(m["sources"][0]["id-ref"], m["targets"][0]["id-ref"]): m for m in one["maps"]}


def test_both_are_as_the_schema_has_them(plan: Edition, nasty: Edition) -> None:
    for edition in (plan, nasty, edition_of(library())):
        one, other = both(edition)
        assert wrong("CatalogDocument", one) == []
        assert wrong("MappingCollectionDocument", other) == []


def test_what_the_schema_does_not_have_is_noticed(plan: Edition) -> None:
    one, other = both(plan)
    one["catalog"]["groups"][0]["controls"][0]["statement"] = "?"
    assert any(where.endswith("controls.0.statement") for where in wrong("CatalogDocument", one))
    del other["mapping-collection"]["provenance"]["status"]
    other["mapping-collection"]["mappings"][0]["maps"][3]["uuid"] = "not one"
    found = wrong("MappingCollectionDocument", other)
    assert "mapping-collection.provenance.status" in found
    assert any(where.endswith("maps.3.uuid") for where in found)


def test_every_relation_is_one_that_oscal_names(plan: Edition, nasty: Edition) -> None:
    for edition in (plan, nasty, edition_of(library())):
        _, document = both(edition)
        [one] = document["mapping-collection"]["mappings"]
        assert {found["relationship"] for found in one["maps"]} <= RELATIONSHIPS


def test_every_sentence_and_rule_is_a_control_once(catalog: dict[str, Any], plan: Edition) -> None:
    found = [one["id"] for group in catalog["groups"] for one in group["controls"]]
    assert found == [
        *(f"text-{one.passage.id}" for one in trace(plan.corpus)),
        *(f"rule-{name}" for name in plan.corpus.rules),
    ]


def test_what_is_mapped_is_in_the_catalog_it_names(
    catalog: dict[str, Any], mapping: dict[str, Any]
) -> None:
    known = controls(catalog)
    [one] = mapping["mappings"]
    assert one["source-resource"]["href"] == one["target-resource"]["href"] == "plan.json"
    for source, target in pairs(mapping):
        assert source in known
        assert target in known
    gap = one["source-gap-summary"]["unmapped-controls"][0]["with-ids"]
    mapped = {source for source, _ in pairs(mapping)}
    clauses = {name for name in known if name.startswith("text-")}
    assert set(gap) == clauses - mapped == {"text-annex__r_7"}


def test_links_lead_to_controls(catalog: dict[str, Any]) -> None:
    known = controls(catalog)
    links = [link["href"] for one in known.values() for link in one.get("links", ())]
    assert links
    assert {href[1:] for href in links} <= set(known)


def test_relations_are_those_of_the_words(mapping: dict[str, Any]) -> None:
    found = {pair: one["relationship"] for pair, one in pairs(mapping).items()}
    share = ("text-sec_4__item_4__s_2", "rule-personnel-share")
    assert found[share] == "equal-to"  # the whole sentence but its full stop
    assert found["text-sec_4__item_3__s_4", "rule-worker-age"] == "superset-of"
    assert found["text-sec_5__item_2__s_1", "rule-launch-staffed"] == "superset-of"
    assert set(found.values()) <= RELATIONSHIPS - {"no-relationship", "equivalent-to"}
    looked_up = pairs(mapping)["text-annex__r_1", "rule-annex-task-2021"]
    assert looked_up["matching-rationale"] == "functional"


def test_rules_carry_modality_review_and_hash(catalog: dict[str, Any], plan: Edition) -> None:
    one = controls(catalog)["rule-personnel-share"]
    props = {prop["name"]: prop["value"] for prop in one["props"]}
    assert props["modality"] == "prohibition"
    assert props["review"] == "unreviewed"
    assert props["content"] == plan.reviews["personnel-share"].content


def test_a_mapping_of_unreviewed_rules_is_a_draft(mapping: dict[str, Any]) -> None:
    assert mapping["provenance"]["status"] == "draft"
