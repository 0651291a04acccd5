"""Which clauses ask for a field: those of the rules that read it, or reach their facts by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.docs.deciding import deciding
from jingmen_policy.rule.model import Citation

Asked = Mapping[tuple[str, str], tuple[Citation, ...]]
"""By kind and field, in the order of the text."""


def asked(corpus: Corpus) -> Asked:
    """The citations of the rules that need a field. A field that is not here, no rule reads.

    A rule that reads the list of a station's workers needs to know of each whose it is, and one
    that may be departed from for a reason needs the reason.
    """
    found: dict[tuple[str, str], dict[Citation, None]] = {}
    for rule in corpus.rules.values():
        needs = [(rule.subject, version.reason) for version in rule.versions if version.reason]
        for one in deciding(corpus, rule):
            relation = corpus.models.relations[one.kind].get(one.name)
            if relation is not None and relation.many:
                needs.append((relation.target, relation.field))
            else:
                needs.append((one.kind, one.name))
        for need in needs:
            found.setdefault(need, {}).update(dict.fromkeys(rule.cited))
    return {need: in_order(citations) for need, citations in found.items()}


def in_order(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Citations as the text has them, each once; those of amendments after the plan's."""
    return tuple(sorted(dict.fromkeys(citations), key=lambda one: (one.text, one.start)))
