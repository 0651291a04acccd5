"""The text and its rules as Akoma Ntoso 3.0.

The text that binds stands in the body with its own headings and numbers; every ``eId`` is the id
its passage has everywhere else. What the rules say of it is metadata, in a namespace of our own.
"""

from __future__ import annotations

from lxml import etree

from jingmen_policy.exports.akn_meta import meta
from jingmen_policy.exports.akn_names import Maker
from jingmen_policy.exports.akn_text import annexes, body, preamble, preface
from jingmen_policy.exports.edition import Edition


def export(edition: Edition) -> bytes:
    make = Maker(edition)
    act = make.element("act", meta(make), name=edition.corpus.id, contains="singleVersion")
    act.extend(part for part in (preface(make), preamble(make)) if part is not None)
    act.append(body(make))
    attachments = annexes(make)
    if attachments is not None:
        act.append(attachments)
    root = make.element("akomaNtoso", act)
    written: bytes = etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=False
    )
    return written + b"\n"


def dangling(document: bytes) -> tuple[str, ...]:
    """References that lead nowhere: ``#id`` in any attribute, where no element has that eId."""
    root = etree.fromstring(document)
    known = {element.get("eId") for element in root.iter() if element.get("eId")}
    return tuple(
        f"{etree.QName(element).localname}/@{name}: {part}"
        for element in root.iter(etree.Element)
        for name, value in element.attrib.items()
        for part in str(value).split()
        if part.startswith("#") and part[1:] not in known and name in REFERRING
    )


REFERRING = frozenset({"href", "source", "refersTo", "start", "end", "as", "period", "for"})
"""Attributes in which a part that begins with # refers."""
