"""In which order findings are told to someone who has to act on them."""

from __future__ import annotations

from jingmen_policy.rule.status import Status

FIRST: tuple[Status, ...] = (
    Status.BREACHED,
    Status.DEPARTED,
    Status.PENDING,
    Status.UNPROVEN,
    Status.UNDETERMINED,
    Status.MET,
)
"""The statuses in the order in which people look for them; the others come after."""
