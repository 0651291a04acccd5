"""Every engine gives the reference's decisions, leaf by leaf, on any corpus and any dossier."""

from __future__ import annotations

from hypothesis import given, settings

from jingmen_facts.dossier import Dossier
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.durable.engine import Durable
from jingmen_policy.engines.protocol import cases
from jingmen_policy.engines.reference import Reference
from support.synthetic import AS_OF, corpora, dossiers


@given(corpora(), dossiers())
@settings(max_examples=300)
def test_durable_decides_as_the_reference_does(corpus: Corpus, dossier: Dossier) -> None:
    asked = list(cases(corpus, dossier, AS_OF))
    durable = Durable(corpus)
    try:
        assert durable.decide(asked, dossier, AS_OF) == Reference(corpus).decide(
            asked, dossier, AS_OF
        )
    finally:
        durable.close()
