"""``python -m benchmarks.service [SECONDS]``: measures and prints; the load is held so long.

``python -m benchmarks.service turns`` only puts the service beside the bare route.
"""

from __future__ import annotations

import sys

from benchmarks import document
from benchmarks.service.report import report, turns

if __name__ == "__main__":
    print(document.machine())
    if sys.argv[1:] == ["turns"]:
        print("\n".join(turns()))
    else:
        print("\n".join(report(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0).lines))
