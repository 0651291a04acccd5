"""Twelve rules of the plan in ours and in what one might pick instead: answers first, then time."""

from __future__ import annotations

from benchmarks.peers.report import report

__all__ = ["report"]
