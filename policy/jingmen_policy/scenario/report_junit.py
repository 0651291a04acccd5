"""What running scenarios came to, as JUnit XML: one suite a file, one test a case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from jingmen_policy.judge.text import Teller
from jingmen_policy.scenario.model import Outcome, Ran
from jingmen_policy.scenario.report_text import difference

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(ran: Sequence[Ran], teller: Teller) -> str:
    """The whole document. Cases with nothing to compare are skipped tests."""
    outcomes = [outcome for one in ran for outcome in one.outcomes]
    root = Xml.Element("testsuites", {"name": "jingmen", **_counts(outcomes)})
    for one in ran:
        name = _clean(one.scenario.source)
        suite = Xml.SubElement(root, "testsuite", {"name": name, **_counts(one.outcomes)})
        for outcome in one.outcomes:
            _test(suite, one.scenario.source, outcome, teller)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _test(suite: Xml.Element, source: str, outcome: Outcome, teller: Teller) -> None:
    case = outcome.case
    test = Xml.SubElement(
        suite,
        "testcase",
        classname=_clean(source),
        name=_clean(case.name),
        time=f"{outcome.seconds:.6f}",
    )
    if case.line is not None:
        test.set("line", str(case.line))
    if outcome.result == "different":
        said = "\n".join(difference(found, teller) for found in outcome.differences)
        failure = Xml.SubElement(test, "failure", message=_clean(said.split("\n")[0]))
        failure.text = _clean(said)
    elif outcome.result == "shown":
        Xml.SubElement(test, "skipped")


def _counts(outcomes: Sequence[Outcome]) -> dict[str, str]:
    results = [outcome.result for outcome in outcomes]
    return {
        "tests": str(len(results)),
        "failures": str(results.count("different")),
        "errors": "0",
        "skipped": str(results.count("shown")),
        "time": f"{sum(outcome.seconds for outcome in outcomes):.6f}",
    }


def _clean(text: str) -> str:
    """A text without the characters XML cannot carry."""
    return _NOT_XML.sub("\ufffd", text)
