"""The twelve rules by hand in DuckDB's SQL."""

from __future__ import annotations

from typing import Any

import duckdb

from benchmarks.tables.data import DAY, DUE, EQUIPMENT, REGULATIONS

_ESTABLISHED, _LAUNCHED = f"established_on <= DATE '{DAY}'", f"established_on <= DATE '{DUE}'"
_CONTRACTED = "operator = '第三方社会组织承接'"
_EQUIPPED = f"list_has_all(equipment, {EQUIPMENT})"
_ENOUGH = (
    "CASE WHEN coalesce(least_, 0) >= 2 AND coalesce(most_, 0) <= 4 THEN true"
    " WHEN coalesce(most_, 0) < 2 OR coalesce(least_, 0) > 4 THEN false END"
)
_STAFFED = (
    "CASE WHEN coalesce(hired, false) THEN true WHEN NOT coalesce(perhaps, false) THEN false END"
)
_RULES = {
    "staffing": (_ESTABLISHED, _ENOUGH),
    "sign-displayed": (_ESTABLISHED, "sign_displayed"),
    "equipment": (_ESTABLISHED, _EQUIPPED),
    "management-rules": (_ESTABLISHED, f"list_has_all(regulations, {REGULATIONS})"),
    "services-delivered": (_ESTABLISHED, f"services_started_on <= DATE '{DAY}'"),
    "assistance-services": (_ESTABLISHED, "NULL::BOOLEAN"),
    "procedures-and-standards": (_ESTABLISHED, "NULL::BOOLEAN"),
    "launch-premises": (_LAUNCHED, _EQUIPPED),
    "launch-services": (_LAUNCHED, f"services_started_on <= DATE '{DUE}'"),
    "launch-staffed": (_LAUNCHED, f"({_CONTRACTED} OR {_STAFFED})"),
    "office-provides-premises": (_ESTABLISHED, _EQUIPPED),
    "launch-agreement": (f"({_LAUNCHED} AND {_CONTRACTED})", "NULL::BOOLEAN"),
}


def by_duckdb(stations: Any, workers: Any) -> Any:
    """From Arrow's tables to one of statuses."""
    columns = ", ".join(
        f"CASE WHEN NOT {applies} THEN 'not-applicable' WHEN {applies} IS NULL THEN 'undetermined'"
        f" WHEN {holds} THEN 'met' WHEN {holds} IS NULL THEN 'unproven' ELSE 'breached' END"
        f' AS "{name}"'
        for name, (applies, holds) in _RULES.items()
    )
    with duckdb.connect() as database:
        database.register("stations", stations)
        database.register("workers", workers)
        return database.sql(
            "WITH gathered AS (SELECT station, count(*) FILTER (in_post) AS least_,"
            " count(*) FILTER (coalesce(in_post, true)) AS most_,"
            f" bool_or(hired_on <= DATE '{DUE}') AS hired, bool_or(hired_on IS NULL) AS perhaps"
            " FROM workers GROUP BY station)"
            f" SELECT s.id, {columns} FROM stations AS s"
            " LEFT JOIN gathered AS g ON g.station = s.id"
        ).to_arrow_table()
