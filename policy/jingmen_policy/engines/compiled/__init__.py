"""Generated Python: for embedding in hot paths."""

from __future__ import annotations

from jingmen_policy.engines.compiled.engine import Compiled, Decided

__all__ = ["Compiled", "Decided"]
