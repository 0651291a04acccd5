"""What a decision was made of, before it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from jingmen_facts.dossier import Dossier
from jingmen_policy.log.hashes import findings_hash, input_hash

if TYPE_CHECKING:
    from jingmen_policy.engines.compiled import Decided
    from jingmen_policy.judge.finding import Finding
    from jingmen_policy.judge.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision, told by what it was made of and by what came of it.

    ``corpus_sha256`` is the corpus's own digest: over all its files and the alternatives in force,
    which ``readings`` names. ``rules`` are those that were asked for, None where all were.
    ``input_sha256`` and ``findings_sha256`` are ``hashes.input_hash`` and ``findings_hash``.
    """

    corpus: str
    corpus_sha256: str
    readings: Mapping[str, str] = field(default_factory=dict)
    as_of: date
    rules: tuple[str, ...] | None = None
    input_sha256: str
    findings_sha256: str
    engine: str
    package: str
    """The version of jingmen-policy."""


def draft(
    policy: Policy,
    dossier: Dossier,
    as_of: date,
    found: Iterable[Decided | Finding],
    *,
    rules: Iterable[str] | None = None,
    engine: str = "compiled",
) -> Draft:
    """The draft of a decision: ``found`` is all that ``judge`` or ``decide`` gave for this dossier,
    day and ``rules``.

    >>> from jingmen_policy import Policy
    >>> policy, day = Policy.load(), date(2022, 6, 30)
    >>> one = policy.dossier({"ServiceProject": {"id": "P-1", "total_cost": "10万元"}})
    >>> two = policy.dossier({"服务项目": {"项目编号": "P-1", "项目总经费": "100000.00"}})
    >>> a = draft(policy, one, day, policy.decide(one, day))
    >>> b = draft(policy, two, day, policy.judge(two, day, engine="reference"))
    >>> a == b, a.input_sha256[:16], a.rules
    (True, '...', None)
    """
    return drafted(policy, dossier, as_of, findings_hash(found), rules=rules, engine=engine)


def drafted(
    policy: Policy,
    dossier: Dossier,
    as_of: date,
    findings_sha256: str,
    *,
    rules: Iterable[str] | None = None,
    engine: str = "compiled",
) -> Draft:
    """``draft`` where the hash of the findings is known already."""
    corpus = policy.corpus
    return Draft(
        corpus=corpus.id,
        corpus_sha256=corpus.digest,
        readings=dict(sorted(corpus.switched.items())),
        as_of=as_of,
        rules=None if rules is None else tuple(sorted(set(rules))),
        input_sha256=input_hash(dossier),
        findings_sha256=findings_sha256,
        engine=engine,
        package=package_version(),
    )


@cache
def package_version() -> str:
    """The version installed; "" where the package runs without being installed."""
    try:
        return version("jingmen-policy")
    except PackageNotFoundError:
        return ""
