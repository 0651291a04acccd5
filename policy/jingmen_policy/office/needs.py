"""What has to be installed beside the package before something can be written."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said


def needed(module: str, what: Said) -> Any:
    """A module of the ``office`` extra. Raises Refused, saying what to install, without it."""
    try:
        return import_module(module)
    except ImportError as error:
        wanted = "pip install 'jingmen-policy[office]'"
        said = Said(
            f"{what.zh}需要另装 {error.name}：{wanted}", f"{what.en} needs {error.name}: {wanted}"
        )
        raise Refused([Problem(said)]) from None
