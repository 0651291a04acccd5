"""Figures for Prometheus, in a registry of the app's own."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """What is counted. No label holds anything that was sent: routes, methods, statuses, kinds."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "jingmen_requests",
            "Requests answered",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "jingmen_request_seconds",
            "Seconds from a request's first byte to its answer",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.troubles = Counter(
            "jingmen_problems", "Problems answered, by kind", ("kind",), registry=self.registry
        )
        self.dossiers = Counter("jingmen_dossiers", "Dossiers judged", registry=self.registry)
        self.under_way = Gauge(
            "jingmen_requests_under_way", "Requests not yet answered", registry=self.registry
        )
        self._made: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def watch(self, name: str, about: str, read: Callable[[], float]) -> None:
        """A figure that is read when it is asked for."""
        Gauge(name, about, registry=self.registry).set_function(read)

    def answered(self, method: str, route: str, status: int, took: float, trouble: str) -> None:
        key = (method, route, status)
        known = self._made.get(key)
        if known is None:
            known = self._made[key] = (
                self.requests.labels(method, route, str(status)),
                self.seconds.labels(route),
            )
        counter, histogram = known
        counter.inc()
        histogram.observe(took)
        if trouble:
            self.troubles.labels(trouble).inc()

    def text(self) -> bytes:
        return generate_latest(self.registry)
