"""The ladder of modalities: what follows from each where its requirement is not met."""

from __future__ import annotations

import pytest

from jingmen_policy.rule.modality import Force, Modality

FORCES = {
    "prohibition": Force.BINDING,
    "duty": Force.BINDING,
    "competence": Force.BINDING,
    "default": Force.DEFEASIBLE,
    "preference": Force.SOFT,
    "encouragement": Force.SOFT,
    "permission": Force.OPTIONAL,
    "definition": Force.STATED,
    "aim": Force.STATED,
    "principle": Force.STATED,
}


def test_the_ladder_has_these_rungs() -> None:
    assert {modality.value: modality.force for modality in Modality} == FORCES


@pytest.mark.parametrize("modality", Modality)
def test_every_modality_is_named_in_both_languages(modality: Modality) -> None:
    assert modality.label.zh
    assert modality.label.en
    same = [other for other in Modality if other.label == modality.label]
    assert same == [modality]
