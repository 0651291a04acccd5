"""The service against a bare FastAPI route, under a steady load, and killed: real processes."""

from __future__ import annotations

from benchmarks.service.report import report

__all__ = ["report"]
