"""What the fact models refuse, in the rule language: no dossier exists that says otherwise.

They only spare the solver facts that cannot be stated. A fact that is refused all the same is
excluded by itself when a witness is put together, so nothing rests on this list being whole; that
nothing on it excludes a fact which can be stated is tested against the models.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jingmen_facts import MODELS
from jingmen_facts.kinds import FactModels
from jingmen_policy.expression.nodes import Field, Formula
from jingmen_policy.expression.parse import parse_formula
from jingmen_policy.expression.scope import Scope
from jingmen_policy.expression.walk import nodes_of

REFUSED_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "ResidentWorker": ("born_on < hired_on",),
    "ServiceAgreement": ("starts_on <= ends_on",),
    "ServiceProject": ("personnel_cost <= total_cost",),
    "PolicyDocument": ("issued_on <= filed_on",),
    "Assessment": ("finished_on <= reported_on",),
    "Activity": ("count(media) == 0 or kind == '宣传'",),
    "Station": (
        "operator != '乡镇（街道）自行运营' or affairs_by != '承接的第三方社会组织'",
        "construction_support > 0 or construction_support_on > construction_support_on",
    ),
    "FundingYear": ("hardship_fund_purchases == 0 or '困难群众救助补助资金' in sources",),
}
"""Never false of a fact that can be stated; unknown where a field it names is not."""


def invariants(models: FactModels, kind: str) -> tuple[tuple[Formula, frozenset[str]], ...]:
    """What holds of every fact of a kind, each with the fields it names."""
    shipped = MODELS.kinds.get(kind)
    if shipped is None or models.kinds[kind].model is not shipped.model:
        return ()
    return _shipped(kind)


@cache
def _shipped(kind: str) -> tuple[tuple[Formula, frozenset[str]], ...]:
    formulas = [
        parse_formula(text, Scope(MODELS, kind)) for text in REFUSED_OTHERWISE.get(kind, ())
    ]
    return tuple(
        (one, frozenset(n.spec.name for n in nodes_of(one) if isinstance(n, Field)))
        for one in formulas
    )
