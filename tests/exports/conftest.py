"""The shipped plan, and others, as editions of one day."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_policy import Policy
from jingmen_policy.exports import matrix_csv, matrix_xlsx
from jingmen_policy.exports.edition import Edition
from support.editions import edition_of
from support.hostile import hostile
from support.once import once
from support.outside import all_converted


@pytest.fixture(scope="session")
def plan() -> Edition:
    return edition_of(Policy.load())


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition_of(hostile(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="session")
def saved(plan: Edition, nasty: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The matrices of both, plan.xlsx, nasty.xlsx and nasty-table.xlsx (which was the CSV), as
    LibreOffice opens, works out and saves them."""

    def save(to: Path) -> None:
        to.mkdir()
        given = tmp_path_factory.mktemp("matrices")
        (given / "plan.xlsx").write_bytes(matrix_xlsx.export(plan))
        (given / "nasty.xlsx").write_bytes(matrix_xlsx.export(nasty))
        (given / "nasty-table.csv").write_bytes(matrix_csv.export(nasty))
        all_converted(sorted(given.iterdir()), "xlsx", to)

    return once(tmp_path_factory, "saved-by-libreoffice", save)
