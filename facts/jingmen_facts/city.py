"""The city whose plan it is."""

from __future__ import annotations

from typing import Annotated, ClassVar

from jingmen_facts.base import Fact, Label
from jingmen_facts.scalars import Name


class City(Fact):
    """A city, of which section 一 asks its targets as a whole.

    >>> City(name="荆门市").identity
    '荆门市'
    """

    KEY: ClassVar[tuple[str, ...]] = ("name",)
    LABEL: ClassVar[Label] = Label("市", "city")

    name: Annotated[Name, Label("市名称", "name of the city")]
