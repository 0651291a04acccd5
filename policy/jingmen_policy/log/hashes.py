"""What a receipt's hashes are over, spelt one way: no fact is kept, only these.

Both are SHA-256 of a first line naming the form and of JSON as ``json.dumps`` writes it with sorted
keys, no spaces and ASCII only, so that anyone can work them out again without this package.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Any

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels, Kind, Sort
from jingmen_policy.judge.verdict_rows import Asked, Row, Subjects, VerdictRows
from jingmen_policy.rule.status import Status

if TYPE_CHECKING:
    from jingmen_policy.engines.compiled import Decided
    from jingmen_policy.judge.finding import Finding

INPUT = "jingmen-input/1"
FINDINGS = "jingmen-findings-hash/1"
_QUOTED: Callable[[str], str] = encode_basestring_ascii
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def input_hash(dossier: Dossier) -> str:
    """Over every fact stated, by kind and identity, and over which lists are complete.

    It does not depend on the order of the facts, nor of the texts in a list, nor on how a value was
    written: 10万元 is 100000元 is 10000000分, 300 is 300.0平方米, 2021年6月1日 is 2021-06-01. What
    is not known is left out, like a field that is not there. ``Station@沙洋县`` says nothing more
    where all of ``Station`` is complete. Letters are taken as they are: no Unicode form is changed.
    """
    members = _members_of(dossier.models)
    kinds = []
    for name, known in sorted(dossier.by_kind.items()):
        if known:
            spell = members[name]
            facts = [f"{_QUOTED(identity)}:{spell(known[identity])}" for identity in sorted(known)]
            kinds.append(f"{_QUOTED(name)}:{{{','.join(facts)}}}")
    whole = dossier.complete
    complete = [entry for entry in whole if entry.partition("@")[0] not in whole - {entry}]
    return _sha256(INPUT, f'{{"complete":{_list(complete)},"facts":{{{",".join(kinds)}}}}}')


def findings_hash(found: Iterable[Decided | Finding]) -> str:
    """Over the status of every rule for every subject and year (0 where the rule is not yearly).

    These are what every engine must agree on, so it is the same from ``judge`` and ``decide``, and
    in whatever order. Clauses, reasons and days due are not in it: they follow from the facts, the
    corpus, the readings and the day, which a receipt has hashes of.
    """
    rows = [_row(one) for one in found]
    rows.sort()
    return _sha256(FINDINGS, _JSON.encode(rows))


def _row(one: Decided | Finding) -> tuple[str, str, str, int, str]:
    if isinstance(one, tuple):  # as decide gives them: some 150 for one station
        rule, kind, subject, year, status = one
        return rule, kind, subject, year or 0, status._value_
    return one.rule, one.subject.kind, one.subject.id, one.year or 0, one.status.value


class VerdictsHash:
    """``findings_hash`` of what ``Policy.verdicts`` gives: worked out from rows made once."""

    def __init__(self, asked: Asked) -> None:
        self._rows = VerdictRows(asked, _spelt, by_name=True)

    def __call__(self, subjects: Subjects, verdicts: Sequence[int]) -> str:
        spelt = [_QUOTED(identity).encode("ascii") for identity in subjects.identities]
        rows = self._rows.filled(subjects.counts, spelt, verdicts)
        return hashlib.sha256(b"%b\n[%b]" % (FINDINGS.encode(), rows[1:])).hexdigest()


def _spelt(rule: str, kind: str, year: int | None) -> Row:
    before = f",[{_QUOTED(rule)},{_QUOTED(kind)},"
    after = [f',{year or 0},"{status.value}"]' for status in Status]
    return Row(before.encode("ascii"), tuple(one.encode("ascii") for one in after))


def _sha256(form: str, written: str) -> str:
    return hashlib.sha256(f"{form}\n{written}".encode("ascii")).hexdigest()


Members = Callable[[Fact], str]


@lru_cache(maxsize=16)
def _members_of(models: FactModels) -> dict[str, Members]:
    return {name: _stated(kind) for name, kind in models.kinds.items()}


def _stated(kind: Kind) -> Members:
    """How a fact of a kind is spelt: the fields that are known, by name."""
    spelt = [
        (name, f"{_QUOTED(name)}:", _SPELT[spec.sort]) for name, spec in sorted(kind.fields.items())
    ]

    def members(fact: Fact) -> str:
        stated = vars(fact)
        known = [
            before + spell(value)
            for name, before, spell in spelt
            if (value := stated[name]) is not None
        ]
        return f"{{{','.join(known)}}}"

    return members


def _number(value: int | Decimal) -> str:
    """A number's shortest spelling, whichever type it has.

    >>> _number(Decimal("300.00")), _number(300), _number(Decimal("-0.0")), _number(Decimal("1E+2"))
    ('300', '300', '0', '100')
    """
    if isinstance(value, int):
        return int.__repr__(value)
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _list(texts: Iterable[str]) -> str:
    return f"[{','.join([_QUOTED(text) for text in sorted(texts)])}]"


_SPELT: dict[Sort, Callable[[Any], str]] = {
    Sort.FLAG: lambda value: "true" if value else "false",
    Sort.NUMBER: lambda value: f'"{_number(value)}"',
    Sort.MONEY: lambda value: f'"{int.__repr__(value)}\\u5206"',  # 分
    Sort.DAY: lambda value: f'"{value.isoformat()}"',
    Sort.TEXT: encode_basestring_ascii,
    Sort.TEXTS: _list,
}
"""Each kind of value as JSON."""
