"""``python -m benchmarks.service [SECONDS]``: measures and prints; the load is held so long."""

from __future__ import annotations

import sys

from benchmarks import document
from benchmarks.service.report import report

if __name__ == "__main__":
    print(document.machine())
    print("\n".join(report(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0).lines))
