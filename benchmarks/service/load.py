"""A steady load from a process of its own: ``python -m benchmarks.service.load PORT RATE SECONDS``.

Requests begin when their time has come, whether or not others are answered; an answer's time counts
from when its request was due. Receipts are written to standard output as they come, what was
measured to standard error at the end, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field

from benchmarks.service.bodies import body
from benchmarks.service.wire import Wire

BODIES = 200
IDLE = 5.0


@dataclass
class Load:
    port: int
    bodies: list[bytes]
    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    free: list[tuple[float, Wire]] = field(default_factory=list)

    async def ask(self, number: int, due: float) -> None:
        try:
            wire = await self.wire()
            status, answer = await wire.post("/v1/judge", self.bodies[number % BODIES])
        except (OSError, asyncio.IncompleteReadError) as error:
            self.failed.append(type(error).__name__)
            return
        self.took.append(time.perf_counter() - due)
        self.free.append((time.perf_counter(), wire))
        if status == 200:
            print(answer[:60].split(b'"')[3].decode(), flush=True)
        else:
            self.failed.append(str(status))

    async def wire(self) -> Wire:
        """A connection that was in use a moment ago, as HTTP clients have it, or a new one."""
        while self.free:
            since, wire = self.free.pop()
            if time.perf_counter() - since < IDLE:
                return wire
            wire.close()
        return await Wire.to(self.port)

    async def hold(self, rate: float, seconds: float) -> None:
        start = time.perf_counter()
        asked = []
        for number in range(int(rate * seconds)):
            due = start + number / rate
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            asked.append(asyncio.ensure_future(self.ask(number, due)))
        await asyncio.gather(*asked)


def main() -> None:
    port, rate, seconds = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    load = Load(port, [body(number) for number in range(BODIES)])
    asyncio.run(load.hold(rate, seconds))
    took = sorted(load.took)

    def at(share: float) -> float:
        return took[min(len(took) - 1, int(len(took) * share))] * 1000 if took else 0.0

    told = {"answers": len(took), "failed": load.failed[:20], "failures": len(load.failed)}
    print(json.dumps({**told, "p50": at(0.5), "p99": at(0.99), "most": at(1)}), file=sys.stderr)


if __name__ == "__main__":
    main()
