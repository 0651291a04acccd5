"""``python -m benchmarks [SECTION...]``: measures, prints, and writes README.md.

All sections, or those named. ``--print`` leaves README.md alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

from benchmarks import document
from benchmarks.section import Section


def _engines() -> Section:
    from benchmarks.engines import report

    return report()


def _embedding() -> Section:
    from benchmarks.embedding import report

    return report()


def _peers() -> Section:
    from benchmarks.peers import report

    return report()


def _memory() -> Section:
    from benchmarks.tables.memory import report

    return report()


def _files() -> Section:
    from benchmarks.tables.files import twelve

    return twelve()


def _growing() -> Section:
    from benchmarks.tables.files import growing

    return growing()


def _crossover() -> Section:
    from benchmarks.tables.crossover import report

    return report()


def _log() -> Section:
    from benchmarks.decisions_log import report

    return report()


def _service() -> Section:
    from benchmarks.service import report

    return report()


SECTIONS: dict[str, Callable[[], Section]] = {
    "engines": _engines,
    "embedding": _embedding,
    "peers": _peers,
    "memory": _memory,
    "files": _files,
    "growing": _growing,
    "crossover": _crossover,
    "log": _log,
    "service": _service,
}


def main() -> None:
    named = [name for name in sys.argv[1:] if name != "--print"]
    if unknown := sorted({*named} - {*SECTIONS}):
        sys.exit(f"no such section: {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    print(document.machine())
    for name in named or SECTIONS:
        section = SECTIONS[name]()
        print(f"\n== {name}\n" + "\n".join(section.lines), flush=True)
        if "--print" not in sys.argv:
            document.record({name: section}, date.today())


if __name__ == "__main__":
    main()
