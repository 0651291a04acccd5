"""Which status a decision comes to."""

from __future__ import annotations

from datetime import date

from jingmen_policy.engines.protocol import Decision
from jingmen_policy.expression.values import Truth
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.status import Status


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
