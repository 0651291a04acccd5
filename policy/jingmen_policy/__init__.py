"""The Jingmen plan for township social work stations as rules: facts in, findings out.

Load a policy, state facts, judge them; every finding names its clause, what was compared and
what is still missing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

try:
    import durable_rules_engine as _engine  # noqa: F401
except ImportError as error:  # a broken build is found out here, not in the middle of a run
    raise ImportError(
        "durable_rules 2.0.28 无法导入，请重装 / cannot be imported; reinstall it with: "
        'CPPFLAGS="-O2 -DPyEval_CallObject=PyObject_CallObject" '
        f"pip install --force-reinstall --no-cache-dir durable-rules==2.0.28 ({error})"
    ) from error

if TYPE_CHECKING:
    from jingmen_facts import Dossier, Refused
    from jingmen_policy.engines.compiled import Decided
    from jingmen_policy.judge.finding import Finding
    from jingmen_policy.judge.policy import Policy
    from jingmen_policy.rule.status import Status

__all__ = ["Decided", "Dossier", "Finding", "Policy", "Refused", "Status"]

_HOMES = {
    "Decided": "jingmen_policy.engines.compiled",
    "Dossier": "jingmen_facts",
    "Finding": "jingmen_policy.judge.finding",
    "Policy": "jingmen_policy.judge.policy",
    "Refused": "jingmen_facts",
    "Status": "jingmen_policy.rule.status",
}


def __getattr__(name: str) -> Any:
    """The public names, each imported when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
