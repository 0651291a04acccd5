"""The ledger of a county, or of the whole city, as a workbook on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.background import Backgrounds
from jingmen_facts.register.ledger import begun
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.office.form import Form, Owner, Values, form
from jingmen_policy.office.kinds import COUNTY
from jingmen_policy.office.put import put
from jingmen_policy.office.write import workbook


def write_ledger(
    corpus: Corpus,
    backgrounds: Backgrounds,
    out: Path,
    *,
    use: str,
    county: str = "",
    stated: Dossier | None = None,
    as_of: date | None = None,
) -> Form:
    """Write the workbook of one county, or of all; what a dossier states is filled in.

    Raises Refused for a register or a county there is none of.
    """
    if use not in backgrounds:
        said = unknown_name(Said("背景事实", "background"), use, list(backgrounds))
        raise Refused([Problem(said)])
    made = form(
        corpus.models,
        background=backgrounds[use](),
        use=use,
        stated=stated,
        owner=county,
        owned_by=COUNTY,
        prefill=_begun,
        as_of=as_of,
    )
    put(workbook(corpus, made, tuple(backgrounds)), out, as_of or corpus_day(corpus))
    return made


def corpus_day(corpus: Corpus) -> date:
    """A day for a file that names none: the first on which a rule was in force."""
    return min(version.since for rule in corpus.rules.values() for version in rule.versions)


def _begun(known: Dossier, owner: Owner | None) -> Mapping[str, Iterable[Values]]:
    return begun(known, None if owner is None else owner.identity)
