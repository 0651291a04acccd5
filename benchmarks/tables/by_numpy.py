"""The twelve rules by hand in NumPy: a truth is two arrays, where it is true and where false."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.tables.data import DAY, DUE, EQUIPMENT, REGULATIONS

pc: Any = import_module("pyarrow.compute")
Array = Any
Truth = tuple[Array, Array]
STATUSES = np.array(["not-applicable", "undetermined", "met", "unproven", "breached"])


def by_numpy(stations: Any, workers: Any) -> dict[str, Array]:
    """From Arrow's tables to arrays of statuses, as codes into ``STATUSES``."""
    number = len(stations)
    established, launched = (
        _until(stations, "established_on", DAY),
        _until(stations, "established_on", DUE),
    )
    started = "services_started_on"
    operator = stations.column("operator").combine_chunks()
    contracted = _of(pc.equal(operator, "第三方社会组织承接"))
    equipped = _holds_all(stations, "equipment", EQUIPMENT)
    unknown = (np.zeros(number, bool), np.zeros(number, bool))
    enough, staffed = _of_workers(stations, workers)
    rules = {
        "staffing": (established, enough),
        "sign-displayed": (established, _of(stations.column("sign_displayed").combine_chunks())),
        "equipment": (established, equipped),
        "management-rules": (established, _holds_all(stations, "regulations", REGULATIONS)),
        "services-delivered": (established, _until(stations, started, DAY)),
        "assistance-services": (established, unknown),
        "procedures-and-standards": (established, unknown),
        "launch-premises": (launched, equipped),
        "launch-services": (launched, _until(stations, started, DUE)),
        "launch-staffed": (
            launched,
            (contracted[0] | staffed[0], contracted[1] & staffed[1]),
        ),
        "office-provides-premises": (established, equipped),
        "launch-agreement": (
            (launched[0] & contracted[0], launched[1] | contracted[1]),
            unknown,
        ),
    }
    return {name: _status(*rule) for name, rule in rules.items()}


def _status(applies: Truth, holds: Truth) -> Array:
    codes = np.where(holds[0], 2, np.where(holds[1], 4, 3)).astype(np.int8)
    codes[~applies[0]] = 1
    codes[applies[1]] = 0
    return codes


def _of(flags: Any) -> Truth:
    known = pc.is_valid(flags).to_numpy(zero_copy_only=False)
    true = pc.fill_null(flags, False).to_numpy(zero_copy_only=False)
    return true, known & ~true


def _days(table: Any, name: str) -> tuple[Array, Array]:
    column = table.column(name).combine_chunks()
    known = pc.is_valid(column).to_numpy(zero_copy_only=False)
    return pc.fill_null(column.cast(pa.int32()), 0).to_numpy(), known


def _until(table: Any, name: str, last: Any) -> Truth:
    days, known = _days(table, name)
    within = days <= _number(last)
    return known & within, known & ~within


def _number(day: Any) -> int:
    return int(pa.scalar(day).cast(pa.int32()).as_py())


def _holds_all(table: Any, name: str, wanted: list[str]) -> Truth:
    lists = table.column(name).combine_chunks()
    known = pc.is_valid(lists).to_numpy(zero_copy_only=False)
    coded = pc.dictionary_encode(lists.values)
    codes, words = coded.indices.to_numpy(), coded.dictionary.to_pylist()
    offsets = lists.offsets.to_numpy()
    sought = np.array([word in wanted for word in words], bool)
    # No list has a word twice, so it holds all that are wanted if it holds so many of them.
    before = np.concatenate([[0], np.cumsum(sought[codes])])
    held = (before[offsets[1:]] - before[offsets[:-1]]) == len(wanted)
    return known & held, known & ~held


def _of_workers(stations: Any, workers: Any) -> tuple[Truth, Truth]:
    number = len(stations)
    place = pc.index_in(
        workers.column("station").combine_chunks(),
        stations.column("id").combine_chunks(),
    ).to_numpy()
    post, no_post = _of(workers.column("in_post").combine_chunks())
    least = np.bincount(place[post], minlength=number)
    most = np.bincount(place[~no_post], minlength=number)
    hired, later = _until(workers, "hired_on", DUE)
    any_hired = np.bincount(place[hired], minlength=number) > 0
    perhaps = np.bincount(place[~hired & ~later], minlength=number) > 0
    enough = ((least >= 2) & (most <= 4), (most < 2) | (least > 4))
    return enough, (any_hired, ~any_hired & ~perhaps)
