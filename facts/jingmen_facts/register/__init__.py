"""The register of townships: the 60 the plan counts, and those there have been since."""

from __future__ import annotations

from jingmen_facts.register.load import (
    BACKGROUNDS,
    RegisterRow,
    live_register,
    plan_register,
    register_rows,
)

__all__ = ["BACKGROUNDS", "RegisterRow", "live_register", "plan_register", "register_rows"]
