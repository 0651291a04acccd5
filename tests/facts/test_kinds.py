"""Models that could mean two things, or nothing, are refused when they are described."""

from __future__ import annotations

from typing import Annotated, ClassVar

import pytest

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.kinds import FactModels
from jingmen_facts.reading.names import names_of
from jingmen_facts.scalars import Name


class Hall(Fact):
    id: Annotated[Name, Label("编号", "id")]


class Stall(Fact):
    id: Annotated[Name, Label("编号", "id")]
    hall: Annotated[Name | None, Label("大厅", "hall"), Refers("Hall", inverse="stalls")] = None


class Kiosk(Fact):
    id: Annotated[Name, Label("编号", "id")]
    hall: Annotated[Name | None, Label("大厅", "hall"), Refers("Hall", inverse="stalls")] = None


class Floating(Fact):
    id: Annotated[Name, Label("编号", "id")]
    share: float | None = None


class Keyless(Fact):
    KEY: ClassVar[tuple[str, ...]] = ("number",)

    id: Annotated[Name, Label("编号", "id")]


class Twice(Fact):
    id: Annotated[Name, Label("编号", "id")]
    number: Annotated[Name | None, Label("编号", "number")] = None


@pytest.mark.parametrize(
    ("models", "said"),
    [
        ((Hall, Hall), "two fact models are called Hall"),
        ((Stall,), "Stall.hall refers to no kind: Hall"),
        ((Hall, Stall, Kiosk), "two relations of Hall are called stalls"),
        ((Floating,), "Floating.share has a type no expression can use"),
        ((Keyless,), "Keyless.KEY names no field: number"),
    ],
)
def test_models_that_do_not_fit_together_are_refused(
    models: tuple[type[Fact], ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        FactModels(models)


def test_a_label_may_not_name_two_fields() -> None:
    with pytest.raises(ValueError, match="two names of Twice are both spelt 编号"):
        names_of(FactModels((Twice,)))
