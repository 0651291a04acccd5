"""The metadata of an Akoma Ntoso document: what it is, its dates, who it names, its rules."""

from __future__ import annotations

from collections.abc import Iterator

from jingmen_facts.problems import Said
from jingmen_policy.exports.akn_names import SOURCE, Element, Maker
from jingmen_policy.rule.model import Citation, Party, Rule, Version

_ISSUER = "issuer"
_IN_FORCE = "in-force"
_ORIGINAL = "original"


def meta(make: Maker) -> Element:
    return make.element(
        "meta",
        identification(make),
        _lifecycle(make),
        _temporal(make),
        _references(make),
        make.element("proprietary", _rules(make), source=SOURCE),
    )


def identification(make: Maker, component: str = "main") -> Element:
    """What the document is, or one component of it."""
    edition = make.edition
    since, as_of = edition.corpus.since.isoformat(), edition.as_of.isoformat()
    expressed = make.expression.rpartition("@")[2]
    levels = (
        ("FRBRWork", make.work, since, "since"),
        ("FRBRExpression", make.expression, expressed, "since"),
        ("FRBRManifestation", f"{make.expression}.xml", as_of, "as-of"),
    )
    made = make.element("identification", source=SOURCE)
    for level, uri, day, name in levels:
        stem, dot, suffix = uri.partition(".")
        ours = level == "FRBRManifestation"
        made.append(
            make.element(
                level,
                make.element("FRBRthis", value=f"{stem}/!{component}{dot}{suffix}"),
                make.element("FRBRuri", value=uri),
                make.element("FRBRdate", date=day, name=name),
                make.element("FRBRauthor", href=SOURCE, as_="#editor")
                if ours
                else make.element("FRBRauthor", href=f"#{_ISSUER}", as_="#author"),
            )
        )
    work, expression, manifestation = made
    work.append(make.element("FRBRcountry", value="cn"))
    work.append(make.element("FRBRname", value=edition.corpus.title.zh))
    expression.append(make.element("FRBRlanguage", language="zho"))
    manifestation.append(make.element("FRBRformat", value="application/akn+xml"))
    return made


def _lifecycle(make: Maker) -> Element:
    """The days on which something began, changed or ended."""
    corpus = make.edition.corpus
    by_day = {one.since.isoformat(): one.id for one in corpus.amendments.values()}
    begun = {version.since.isoformat() for _, version in make.edition.versioned()}
    made = make.element("lifecycle", source=SOURCE)
    for day in make.days:
        kind = "generation" if day == make.changes[0] else "amendment"
        if day not in make.changes and day not in begun:
            kind = "repeal"
        cause = f"#amd_{by_day[day]}" if day in by_day else f"#{_ORIGINAL}"
        made.append(
            make.element("eventRef", eId=make.event(day), date=day, type=kind, source=cause)
        )
    return made


def _temporal(make: Maker) -> Element:
    made = make.element("temporalData", source=SOURCE)
    for (since, until), name in make.spans.items():
        interval = make.element(
            "timeInterval",
            refersTo=f"#{_IN_FORCE}",
            start=f"#{make.event(since)}",
            end=f"#{make.event(until)}" if until else "",
        )
        made.append(make.element("temporalGroup", interval, eId=name))
    return made


def _references(make: Maker) -> Element:
    corpus = make.edition.corpus
    made = make.element("references", source=SOURCE)

    def refer(name: str, id: str, href: str, shown: str) -> None:
        made.append(make.element(name, eId=id, href=href, showAs=shown))

    refer("original", _ORIGINAL, make.work, corpus.title.zh)
    for one in corpus.amendments.values():
        href = f"/akn/cn/act/{one.since.year}/{one.id}"
        refer("passiveRef", f"amd_{one.id}", href, one.title.zh)
    for number, ((zh, _), id) in enumerate(make.parties.items(), 1):
        refer("TLCRole", id, f"/akn/ontology/role/cn/{corpus.id}/{number}", zh)
    refer("TLCRole", "author", "/akn/ontology/role/author", "author")
    refer("TLCRole", "editor", "/akn/ontology/role/editor", "editor")
    refer("TLCConcept", _IN_FORCE, "/akn/ontology/concept/in-force", "施行")
    refer(
        "TLCOrganization",
        _ISSUER,
        f"/akn/ontology/organization/cn/{corpus.id}/issuer",
        "发文机关（规则库未载明）",
    )
    refer("TLCProcess", SOURCE[1:], "/akn/ontology/process/jingmen-policy", "jingmen-policy")
    return made


def _rules(make: Maker) -> Element:
    """The corpus, its rules, the readings they rest on, and what is wrong with the text."""
    edition, corpus = make.edition, make.edition.corpus
    made = make.element("jm:corpus", id=corpus.id, digest=corpus.digest, asOf=f"{edition.as_of}")
    for name, other in corpus.switched.items():
        made.append(make.element("jm:switched", reading=name, to=other))
    made.extend(_rule(make, rule) for rule in corpus.rules.values())
    for item in corpus.interpretations.values():
        reading = make.element("jm:reading", eId=f"reading_{item.id}")
        reading.extend(make.both("question", Said(item.question.zh, item.question.en)))
        reading.extend(make.both("chosen", Said(item.reading.zh, item.reading.en)))
        made.append(reading)
    for gap in corpus.discrepancies.values():
        one = make.element("jm:discrepancy", eId=f"gap_{gap.id}", kind=gap.kind)
        one.extend(make.both("title", Said(gap.title.zh, gap.title.en)))
        one.extend(make.both("effect", Said(gap.effect.zh, gap.effect.en)))
        for cite in gap.cites:
            passage = corpus.source.passage(cite.at) if cite.text is None else None
            bound = passage is not None and passage.normative
            href = f"#{passage.id}" if passage is not None and bound else ""
            one.append(make.element("jm:cite", cite.quote, at=cite.at, href=href))
        one.extend(make.element("jm:concerns", href=f"#rule_{name}") for name in gap.rules)
        made.append(one)
    return made


def _rule(make: Maker, rule: Rule) -> Element:
    review = make.edition.reviews[rule.id]
    made = make.element(
        "jm:rule",
        eId=f"rule_{rule.id}",
        id=rule.id,
        modality=rule.modality.value,
        subject=rule.subject,
        content=review.content,
    )
    made.extend(make.both("title", rule.title))
    made.append(_party(make, "bearer", rule.bearer))
    if rule.counterparty is not None:
        made.append(_party(make, "counterparty", rule.counterparty))
    made.extend(make.element("jm:yieldsTo", href=f"#rule_{name}") for name in rule.yields_to)
    if rule.evidence is not None:
        made.extend(make.both("evidence", rule.evidence))
    made.extend(_version(make, rule, version) for version in rule.versions)
    signed = "" if review.signed_on is None else review.signed_on.isoformat()
    state = make.element("jm:review", state=review.state, on=signed)
    state.extend(make.element("jm:reviewer", name) for name in review.reviewers)
    made.append(state)
    return made


def _version(make: Maker, rule: Rule, version: Version) -> Element:
    due = version.due
    month, day = due.month_day or (0, 0)
    made = make.element(
        "jm:version",
        period=make.period(version),
        due=due.kind,
        day=due.day.isoformat() if due.day else "",
        yearly=f"--{month:02}-{day:02}" if due.month_day else "",
        reason=version.reason,
    )
    made.extend(_cite(make, cite) for cite in version.cites)
    for name, written in version.written.items():
        made.append(make.element("jm:expression", written, for_=name))
    for let in version.lets:
        column = f"{let.table}/{let.column}" if let.table else ""
        printed = "、".join(let.printed)
        made.append(make.element("jm:parameter", name=let.name, printed=printed, column=column))
    made.extend(
        make.element("jm:reading", href=f"#reading_{name}")
        for name in dict.fromkeys(_readings(version))
    )
    if version.otherwise is not None:
        made.extend(make.both("otherwise", version.otherwise))
    return made


def _readings(version: Version) -> Iterator[str]:
    yield from version.readings
    yield from (words.reading for words in version.words.values() if words.reading)


def _cite(make: Maker, cite: Citation) -> Element:
    """Words quoted; those of an amendment refer to the amendment, whose text is another work."""
    href = f"#amd_{cite.text}" if cite.text else f"#{cite.passage}"
    return make.element("jm:cite", cite.quote, href=href, at=cite.address)


def _party(make: Maker, name: str, party: Party) -> Element:
    role = make.parties[party.role.zh, party.role.en]
    way = ".".join(step.name for step in party.of.steps)
    made = make.element(f"jm:{name}", href=f"#{role}", of=way)
    made.extend(make.both("role", party.role))
    return made
