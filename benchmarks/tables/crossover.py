"""From how many rows on DuckDB is quicker than generated code: what ``decide_many`` picks by."""

from __future__ import annotations

from unittest.mock import patch

from benchmarks.section import Section, in_turn
from benchmarks.tables.data import DAY, RULES, tables
from jingmen_policy import Policy
from jingmen_policy.judge import many

STATIONS = (1, 20, 100, 400, 600, 800, 1_200, 2_000)


def report() -> Section:
    policy = Policy.load()
    lines = [
        f"decide_many goes over at {many.CROSSOVER} rows",
        f"{'rows':>8}{'rules':>8}{'generated code, ms':>22}{'DuckDB, ms':>14}",
    ]
    figures: dict[str, float] = {}
    for chosen in (RULES, None):
        for number in STATIONS:
            code, duckdb = _milliseconds(policy, number, chosen)
            rules = len(policy.corpus.rules) if chosen is None else len(chosen)
            lines.append(f"{5 * number:>8}{rules:>8}{code:>22.1f}{duckdb:>14.1f}")
            if code < duckdb:
                figures[f"code is quicker up to, {rules} rules"] = 5 * number
    return Section(lines, figures)


def _milliseconds(
    policy: Policy, number: int, rules: tuple[str, ...] | None
) -> tuple[float, float]:
    stations, workers = tables(number)

    def decide(crossover: int) -> object:
        with patch.object(many, "CROSSOVER", crossover):
            return policy.decide_many(
                stations, workers=workers, complete=["ResidentWorker"], as_of=DAY, rules=rules
            )

    taken = in_turn({"code": lambda: decide(10**9), "duckdb": lambda: decide(0)}, 5)
    return taken["code"] * 1e3, taken["duckdb"] * 1e3
