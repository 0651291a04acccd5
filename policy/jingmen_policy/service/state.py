"""What the routes share: policies, limits, the log, and whether requests are still taken."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol
from weakref import WeakKeyDictionary

from jingmen_policy.judge.policy import Policy
from jingmen_policy.log.draft import Draft
from jingmen_policy.log.receipt import Receipt
from jingmen_policy.service.brief import Briefs
from jingmen_policy.service.corpora import Corpora
from jingmen_policy.service.metrics import Metrics
from jingmen_policy.service.settings import Settings
from jingmen_policy.service.work import Work


class Keeps(Protocol):
    """The log, as far as a service needs one."""

    def submit(self, draft: Draft, /) -> Future[Receipt]: ...
    def get(self, identity: str, /) -> Receipt: ...
    def close(self) -> None: ...


@dataclass
class State:
    """One for each app. ``ready`` goes false before the service stops."""

    settings: Settings
    corpora: Corpora
    log: Keeps | None
    work: Work
    metrics: Metrics
    openapi: Callable[[], bytes]
    """The description of the service, as it is sent."""
    ready: bool = False
    _briefs: WeakKeyDictionary[Policy, Briefs] = field(default_factory=WeakKeyDictionary)

    def briefs(self, policy: Policy) -> Briefs:
        """The brief findings of a policy, whose parts are made once."""
        known = self._briefs.get(policy)
        if known is None:
            known = self._briefs[policy] = Briefs()
        return known
