"""The ladder of modalities the plan's words express, and what each does to a finding."""

from __future__ import annotations

from enum import Enum

from jingmen_facts.problems import Said


class Force(Enum):
    """What follows where a requirement is not met."""

    BINDING = "binding"
    """A shortfall."""
    DEFEASIBLE = "defeasible"
    """A departure, which needs a reason on record."""
    SOFT = "soft"
    """Nothing: it is noted."""
    OPTIONAL = "optional"
    """A shortfall, but only where the option is used."""
    STATED = "stated"
    """Nothing is required: the words are noted."""


class Modality(Enum):
    """From 不得 down to aims: the ladder of the words, not of their weight."""

    PROHIBITION = "prohibition"
    DUTY = "duty"
    DEFAULT = "default"
    PREFERENCE = "preference"
    ENCOURAGEMENT = "encouragement"
    PERMISSION = "permission"
    COMPETENCE = "competence"
    DEFINITION = "definition"
    AIM = "aim"
    PRINCIPLE = "principle"

    @property
    def force(self) -> Force:
        return _FORCE[self]

    @property
    def label(self) -> Said:
        return _LABEL[self]


_FORCE = {
    Modality.PROHIBITION: Force.BINDING,
    Modality.DUTY: Force.BINDING,
    Modality.COMPETENCE: Force.BINDING,
    Modality.DEFAULT: Force.DEFEASIBLE,
    Modality.PREFERENCE: Force.SOFT,
    Modality.ENCOURAGEMENT: Force.SOFT,
    Modality.PERMISSION: Force.OPTIONAL,
    Modality.DEFINITION: Force.STATED,
    Modality.AIM: Force.STATED,
    Modality.PRINCIPLE: Force.STATED,
}

_LABEL = {
    Modality.PROHIBITION: Said("禁止", "prohibition"),
    Modality.DUTY: Said("义务", "duty"),
    Modality.COMPETENCE: Said("职责", "competence"),
    Modality.DEFAULT: Said("一般要求", "default"),
    Modality.PREFERENCE: Said("优先", "preference"),
    Modality.ENCOURAGEMENT: Said("鼓励引导", "encouragement"),
    Modality.PERMISSION: Said("可选", "permission"),
    Modality.DEFINITION: Said("界定", "definition"),
    Modality.AIM: Said("目标", "aim"),
    Modality.PRINCIPLE: Said("原则", "principle"),
}
