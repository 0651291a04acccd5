"""What a run is cut into."""

from __future__ import annotations

from dataclasses import dataclass

from jingmen_policy.engines.columnar.tables import Share


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the subjects of one kind."""

    kind: str
    number: int
    parts: int

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.number:05}.parquet"

    @property
    def share(self) -> Share | None:
        return None if self.parts == 1 else Share(self.kind, self.number, self.parts)
