"""The ten statuses of a finding."""

from __future__ import annotations

from enum import Enum

from jingmen_facts.problems import Said


class Status(Enum):
    """How a rule stands for a subject on a day. Different answers stay different."""

    NOT_IN_FORCE = "not-in-force"
    NOT_APPLICABLE = "not-applicable"
    UNDETERMINED = "undetermined"
    PENDING = "pending"
    MET = "met"
    BREACHED = "breached"
    DEPARTED = "departed"
    UNPROVEN = "unproven"
    AVAILABLE = "available"
    NOTED = "noted"

    @property
    def label(self) -> Said:
        return _LABEL[self]

    @property
    def decided(self) -> bool:
        """Whether no further fact can change it."""
        return self in _DECIDED

    @property
    def applies(self) -> bool:
        """Whether the rule applies to the subject, met or not."""
        return self not in _APART


_LABEL = {
    Status.NOT_IN_FORCE: Said("未施行", "not in force"),
    Status.NOT_APPLICABLE: Said("不适用", "not applicable"),
    Status.UNDETERMINED: Said("适用待定", "undetermined"),
    Status.PENDING: Said("未到期", "pending"),
    Status.MET: Said("符合", "met"),
    Status.BREACHED: Said("未达标", "breached"),
    Status.DEPARTED: Said("待说明", "departed"),
    Status.UNPROVEN: Said("无法判定", "unproven"),
    Status.AVAILABLE: Said("可选用", "available"),
    Status.NOTED: Said("已记录", "noted"),
}
_DECIDED = (Status.MET, Status.BREACHED, Status.NOT_APPLICABLE, Status.NOT_IN_FORCE)
_APART = (Status.NOT_IN_FORCE, Status.NOT_APPLICABLE, Status.UNDETERMINED)
