"""Who an obligation is put under: the county for its townships, else the bearer itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.judge.finding import Role, Thing
from jingmen_policy.office.belonging import owner
from jingmen_policy.office.kinds import COUNTY


@dataclass(frozen=True, slots=True)
class Bearers:
    """``only`` keeps to one bearer: a role, a county with its townships, or one of them."""

    dossier: Dossier
    only: str | None = None

    def holder(self, role: Role) -> Thing | None:
        """The one in whose calendar it stands; None where it is not known whose it is."""
        if role.of is None or role.of.id == self.only:
            return role.of
        county = owner(self.dossier, role.of, COUNTY)
        return role.of if county is None else Thing(COUNTY, county)

    def names(self, role: Role) -> list[str]:
        """Everything a bearer may be asked for by."""
        found = [role.role.zh, role.role.en]
        if role.of is not None:
            holder = owner(self.dossier, role.of, COUNTY)
            found += [role.of.id, *([] if holder is None else [holder])]
        return found

    def wanted(self, role: Role) -> bool:
        return self.only is None or self.only in self.names(role)

    def check(self, roles: Iterable[Role]) -> None:
        """Refuse a bearer there is none of."""
        if self.only is None:
            return
        known = dict.fromkeys(name for role in roles for name in self.names(role))
        if self.only not in known:
            said = unknown_name(Said("责任主体", "bearer"), self.only, list(known))
            raise Refused([Problem(said)])
