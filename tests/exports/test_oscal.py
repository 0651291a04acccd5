"""OSCAL catalog and mapping against the structure NIST documents for version 1.2.

The schemas are not published as a package. What is here is the part of them that we use, closed: a
key that is not in it is an error.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jingmen_policy.docs.coverage import trace
from jingmen_policy.exports.edition import Edition
from jingmen_policy.exports.oscal import RELATIONSHIPS, export
from support.editions import edition_of
from support.library import library

UUID = "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$"
TOKEN = r"^[_\p{L}][_\p{L}0-9.\-]*$".replace(r"\p{L}", "A-Za-z\u3001-\ud7ff")
STRING = r"^\S(.*\S)?$"
MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$"


def text(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern}


def closed(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    named = {key.replace("_", "-"): value for key, value in optional.items()}
    return {
        "type": "object",
        "properties": required | named,
        "required": list(required),
        "additionalProperties": False,
    }


def some(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": items}


PROPS = some(
    closed({"name": text(TOKEN), "value": text(STRING)}, ns=text("^[a-z]+:"), uuid=text(UUID))
)
LINKS = some(closed({"href": text(r"^\S+$")}, rel=text(TOKEN), text=text(r"^[^\n]+$")))
TITLE = text(r"^[^\n]+$")
METADATA = closed(
    {
        "title": TITLE,
        "last-modified": text(MOMENT),
        "version": text(STRING),
        "oscal-version": {"const": "1.2.1"},
    },
    props=PROPS,
)
PART = closed(
    {"name": text(TOKEN)}, id=text(TOKEN), props=PROPS, prose={"type": "string"}, title=TITLE
)
CONTROL = closed({"id": text(TOKEN), "title": TITLE}, props=PROPS, links=LINKS, parts=some(PART))
CONTROL["properties"]["class"] = text(TOKEN)
GROUP = closed({"title": TITLE, "controls": some(CONTROL)}, id=text(TOKEN))
GROUP["properties"]["class"] = text(TOKEN)
RESOURCES = closed({"resources": some(closed({"uuid": text(UUID)}, title=TITLE, props=PROPS))})
CATALOG = closed(
    {
        "catalog": closed(
            {"uuid": text(UUID), "metadata": METADATA}, groups=some(GROUP), back_matter=RESOURCES
        )
    }
)
ITEM = closed({"type": {"enum": ["control", "statement"]}, "id-ref": text(STRING)}, props=PROPS)
RATIONALE = {"enum": ["syntactic", "semantic", "functional"]}
MAP = closed(
    {
        "uuid": text(UUID),
        "relationship": {"enum": sorted(RELATIONSHIPS)},
        "sources": some(ITEM),
        "targets": some(ITEM),
    },
    matching_rationale=RATIONALE,
    props=PROPS,
    remarks={"type": "string"},
)
RESOURCE = closed({"type": {"enum": ["catalog", "profile"]}, "href": text(r"^\S+$")})
GAP = closed(
    {
        "uuid": text(UUID),
        "unmapped-controls": some(closed({}, with_ids=some(text(TOKEN)))),
    }
)
MAPPING = closed(
    {
        "mapping-collection": closed(
            {
                "uuid": text(UUID),
                "metadata": METADATA,
                "provenance": closed(
                    {
                        "method": {"enum": ["human", "automation", "hybrid"]},
                        "matching-rationale": RATIONALE,
                        "status": {
                            "enum": [
                                "complete",
                                "not-complete",
                                "draft",
                                "deprecated",
                                "superseded",
                            ]
                        },
                        "mapping-description": {"type": "string"},
                    }
                ),
                "mappings": some(
                    closed(
                        {
                            "uuid": text(UUID),
                            "source-resource": RESOURCE,
                            "target-resource": RESOURCE,
                            "maps": some(MAP),
                        },
                        source_gap_summary=GAP,
                    )
                ),
            }
        )
    }
)


def both(edition: Edition) -> tuple[dict[str, Any], dict[str, Any]]:
    catalog, mapping = export(edition, "plan.json").values()
    return json.loads(catalog), json.loads(mapping)


def wrong(schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(document)]


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


def test_both_are_of_the_documented_structure(plan: Edition, nasty: Edition) -> None:
    for edition in (plan, nasty, edition_of(library())):
        one, other = both(edition)
        assert wrong(CATALOG, one) == []
        assert wrong(MAPPING, other) == []


def test_a_relation_of_another_name_is_an_error(plan: Edition) -> None:
    _, document = both(plan)
    [one] = document["mapping-collection"]["mappings"]
    one["maps"][3]["relationship"] = "implements"
    assert wrong(MAPPING, document) == ["$['mapping-collection'].mappings[0].maps[3].relationship"]


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
