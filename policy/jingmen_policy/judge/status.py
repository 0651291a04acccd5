"""The ten statuses of a finding, and which one a decision comes to."""

from __future__ import annotations

from datetime import date
from enum import Enum

from jingmen_facts.problems import Said
from jingmen_policy.engines.protocol import Decision
from jingmen_policy.expression.values import Truth
from jingmen_policy.rule.modality import Force


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


def status_of(decision: Decision, as_of: date) -> Status:
    """The status a decision comes to at the close of a day."""
    if decision.applies.truth is Truth.FALSE:
        return Status.NOT_APPLICABLE
    if decision.applies.truth is Truth.UNKNOWN:
        return Status.UNDETERMINED
    force = decision.case.rule.modality.force
    if decision.holds is None:
        return Status.AVAILABLE if force is Force.OPTIONAL else Status.NOTED
    if decision.used is not None and decision.used.truth is not Truth.TRUE:
        unused = decision.used.truth is Truth.FALSE
        return Status.AVAILABLE if unused else Status.UNDETERMINED
    if decision.holds.truth is Truth.TRUE:
        return Status.MET
    if _still_open(decision, as_of):
        return Status.PENDING
    if decision.holds.truth is Truth.UNKNOWN:
        return Status.UNPROVEN
    if force is Force.DEFEASIBLE:
        return Status.NOTED if reason_of(decision) else Status.DEPARTED
    return Status.NOTED if force is Force.SOFT else Status.BREACHED


def reason_of(decision: Decision) -> str:
    """The reason on record for departing from a default; '' where there is none."""
    name = decision.case.version.reason
    return (getattr(decision.case.subject, name) or "") if name else ""


def _still_open(decision: Decision, as_of: date) -> bool:
    """Whether there is still time: the due day has not closed, or the text names none."""
    if decision.case.due is not None:
        return as_of < decision.case.due
    return decision.case.version.due.kind == "unstated"
