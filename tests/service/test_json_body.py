"""A body is read as a file of facts would be, by a quicker decoder."""

from __future__ import annotations

import pytest

from jingmen_facts.problems import Refused
from jingmen_facts.reading.located import MAX_DEPTH
from jingmen_policy.service.json_body import parsed


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 500, 5_000])
@pytest.mark.parametrize("inside", ["", "1"])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_it_goes_as_deep_as_files_may(depth: int, inside: str, opens: str, closes: str) -> None:
    """Whatever Python's own decoder would take: that differs between versions."""
    text = opens * depth + (inside or "[]") + closes * depth
    deep = depth + (not inside) > MAX_DEPTH
    if not deep:
        assert isinstance(parsed(text.encode()), list | dict)
        return
    with pytest.raises(Refused, match=f"超过 {MAX_DEPTH} 层"):
        parsed(text.encode())
