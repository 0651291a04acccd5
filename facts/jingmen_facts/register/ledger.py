"""What a ledger names before anyone fills it in: a station for each township, rows for its facts.

Naming states nothing: a row in which nothing else is filled in is no fact.
"""

from __future__ import annotations

from collections.abc import Iterable

from jingmen_facts.dossier import Dossier
from jingmen_facts.register.load import CITY
from jingmen_facts.township import Township

WORKERS = 4
"""Rows on the roll for each station; more may be added below."""
LOOSE = 10
"""Rows for what belongs to no one station."""


def begun(known: Dossier, county: str | None) -> dict[str, list[dict[str, object]]]:
    """The rows to begin with, by kind, for one of the annex's units or the whole city.

    Identities are unique in the city, so that the ledgers of several units can be judged together.
    """
    townships = [
        fact
        for fact in known.of_kind("Township").values()
        if isinstance(fact, Township) and county in (None, fact.county)
    ]
    stations = {f"{township.name}社工站": township.identity for township in townships}
    rows: dict[str, list[dict[str, object]]] = {
        "Station": [{"id": station, "township": at} for station, at in stations.items()],
        "ResidentWorker": _each(stations, "社工", WORKERS),
        "VolunteerTeam": _each(stations, "志愿队", 1),
        "ServiceProject": _each(stations, "项目", 1),
        "ServiceAgreement": _each(stations, "协议", 1),
    }
    whose = county or CITY
    for kind, word in (("Assessment", "评估"), ("PolicyDocument", "文件"), ("Activity", "活动")):
        rows[kind] = [{"id": f"{whose}{word}{number}"} for number in range(1, LOOSE + 1)]
    return rows


def _each(stations: Iterable[str], word: str, count: int) -> list[dict[str, object]]:
    return [
        {"id": f"{station}{word}{number}", "station": station}
        for station in stations
        for number in range(1, count + 1)
    ]
