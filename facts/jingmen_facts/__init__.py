"""Facts about township social work stations in Jingmen: typed, closed, in Chinese and English.

``None`` in a field means that it is not known; what contradicts itself is refused.
"""

from __future__ import annotations

from jingmen_facts.activity import Activity
from jingmen_facts.assessment import Assessment
from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.city import City
from jingmen_facts.county import County
from jingmen_facts.dossier import Dossier
from jingmen_facts.funding_year import FundingYear
from jingmen_facts.kinds import FactModels
from jingmen_facts.policy_document import PolicyDocument
from jingmen_facts.problems import Problem, Refused
from jingmen_facts.reading.assemble import DossierFile, build_dossier
from jingmen_facts.reading.background import Background
from jingmen_facts.reading.dossier_file import read_dossier
from jingmen_facts.register import BACKGROUNDS, live_register, plan_register
from jingmen_facts.resident_worker import ResidentWorker
from jingmen_facts.scalars import Fen
from jingmen_facts.service_agreement import ServiceAgreement
from jingmen_facts.service_project import ServiceProject
from jingmen_facts.station import Station
from jingmen_facts.township import Township
from jingmen_facts.volunteer_team import VolunteerTeam

MODELS = FactModels(
    (
        City,
        County,
        Township,
        Station,
        ResidentWorker,
        VolunteerTeam,
        ServiceProject,
        ServiceAgreement,
        Assessment,
        PolicyDocument,
        FundingYear,
        Activity,
    )
)
"""Every kind of fact the plan speaks of."""

__all__ = [
    "BACKGROUNDS",
    "MODELS",
    "Activity",
    "Assessment",
    "Background",
    "City",
    "County",
    "Dossier",
    "DossierFile",
    "Fact",
    "FactModels",
    "Fen",
    "FundingYear",
    "Label",
    "PolicyDocument",
    "Problem",
    "Refers",
    "Refused",
    "ResidentWorker",
    "ServiceAgreement",
    "ServiceProject",
    "Station",
    "Township",
    "VolunteerTeam",
    "build_dossier",
    "live_register",
    "plan_register",
    "read_dossier",
]
