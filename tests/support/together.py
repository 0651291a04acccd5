"""Files whose tests one process works through, because what they share is dear to set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Mapping

TOGETHER: Mapping[str, str] = {
    "tests/bulk/test_bulk.py": "bulk",
    "tests/desk/test_browser.py": "proofs",
    "tests/desk/test_proofs.py": "proofs",
    "tests/prove/test_prove.py": "proofs",
    "tests/desk/test_amended.py": "amended",
    "tests/desk/test_page.py": "page",
    "tests/desk/test_signed.py": "signed",
    "tests/exports/test_docx.py": "docx",
    "tests/exports/test_matrix_csv.py": "matrices",
    "tests/exports/test_matrix_xlsx.py": "matrices",
}


class Together(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Sends every other test to whoever is free. (xdist's own groups need an older pytest.)"""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER.get(nodeid.partition("::")[0], nodeid)
