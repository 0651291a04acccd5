"""Every rule about every subject as one function, whose answers stand in the order of ``judge``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.protocol import governing


def in_order(corpus: Corpus, as_of: date, names: Mapping[str, str]) -> str:
    """Its source: the function of each kind over its facts by identity, then the answers sorted.

    ``names`` has the function of each kind. Rules about one kind that follow each other in the text
    are one slice of what that kind's function gave.
    """
    counts: dict[str, list[int]] = {kind: [] for kind in names}
    runs: list[tuple[str, int, int]] = []
    for rule in corpus.rules.values():
        kind = rule.subject
        start = sum(counts[kind])
        counts[kind].append(len(list(governing(rule, as_of))) or 1)
        end = sum(counts[kind])
        if runs and runs[-1][0] == kind:
            start = runs.pop()[1]
        runs.append((kind, start, end))
    lines = [
        "def answers(d):",
        '    """All there is to decide: by rule, then subject, then year."""',
    ]
    for kind, name in names.items():
        each = f"{name}(facts[identity], d)"
        if counts[kind] == [1]:
            found = f"[{each}[0] for identity in sorted(facts)]"
        elif set(counts[kind]) == {1}:
            found = f"[one for of in zip(*[{each} for identity in sorted(facts)]) for one in of]"
        else:
            found = f"by_rule([{each} for identity in sorted(facts)], {tuple(counts[kind])!r})"
        lines += [
            f"    facts = d.kinds[{kind!r}]",
            f"    n_{kind} = len(facts)",
            f"    if n_{kind} == 1:",
            "        [fact] = facts.values()",
            f"        {kind} = {name}(fact, d)",
            "    else:",
            f"        {kind} = {found} if facts else ()",
        ]
    slices = [
        f"*{kind}" if end - start == sum(counts[kind]) else _slice(kind, start, end)
        for kind, start, end in runs
    ]
    return "\n".join([*lines, "    return (", *(f"        {one}," for one in slices), "    )"])


def _slice(kind: str, start: int, end: int) -> str:
    first = f"{start} * n_{kind}" if start else ""
    return f"*{kind}[{first}:{end} * n_{kind}]"
