"""A self-check as a file of facts, and back: what ``jingmen judge`` reads and says the same of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, Literal

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.assemble import DossierFile, build_dossier
from jingmen_facts.reading.json_text import read_json
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_policy.compare.facts import as_yaml
from jingmen_policy.judge.policy import Policy
from jingmen_policy.selfcheck.check import SelfCheck

As = Literal["json", "yaml"]
_READERS: dict[str, Callable[[str, str], Located]] = {
    ".json": read_json,
    ".yaml": read_yaml,
    ".yml": read_yaml,
}


def facts_of(check: SelfCheck) -> dict[str, Any]:
    """Everything answered, as ``Policy.dossier`` takes it. What was skipped is not in it."""
    return check.apart.written(check.apart.atoms)


def exported(check: SelfCheck, form: As) -> str:
    """The file of facts, with the day it was judged on."""
    facts = facts_of(check)
    head: dict[str, Any] = {key: facts.pop(key) for key in ("use", "complete") if key in facts}
    whole = {**head, "as_of": check.as_of.isoformat(), **facts}
    if form == "yaml":
        return as_yaml(whole)
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def opened(policy: Policy, name: str, text: str) -> DossierFile:
    """What a file that was chosen states.

    Raises Refused with everything wrong in it, each with its line.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in _READERS:
        said = Said(
            f"不认识的文件类型“{suffix}”，应为 {'、'.join(_READERS)}",
            f"unknown kind of file '{suffix}'; expected {', '.join(_READERS)}",
        )
        raise Refused([Problem(said, name)])
    located = _READERS[suffix](text, name)
    return build_dossier(located, models=policy.models, backgrounds=policy.backgrounds)
