"""What every fact model is: frozen, closed, labelled, with an identity and its relations.

Nothing here knows Jingmen; any corpus may bring models built on ``Fact``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from jingmen_facts.problems import refuse


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a field for people, Chinese and English, and what it counts in."""

    zh: str
    en: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        described = handler(schema)
        return {**described, "title": self.zh, "description": self.en}


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a text field as the identity of another fact; ``inverse`` names the collection there.

    ``station: Annotated[Name, Refers("Station", inverse="workers")]`` lets an expression say
    ``station.area`` about a worker and ``count(workers)`` about a station.
    """

    kind: str
    inverse: str
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Marks a Literal field whose choices stand in ascending order, so that < and >= apply."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Marks a field whose value another kind of fact states as well: a form need not ask twice."""

    kind: str
    field: str


class Fact(BaseModel):
    """One thing stated about the world. ``None`` in a field means: not known.

    A subclass names its identity in ``KEY``; two facts of a kind with one identity are a mistake.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    KEY: ClassVar[tuple[str, ...]] = ("id",)
    LABEL: ClassVar[Label] = Label("事实", "fact")
    UNIT: ClassVar[str] = "个"
    """What a count of such facts counts in: 人 for workers, 个 for stations."""
    LEDGER: ClassVar[str] = ""
    """What a table of such facts is called where it is not called by its label: 社工站台账."""

    @model_validator(mode="after")
    def _key_is_unambiguous(self) -> Self:
        """Refuse a '/' inside one of several key fields: two identities could be spelt alike."""
        if len(self.KEY) > 1:
            for part in (str(getattr(self, name)) for name in self.KEY):
                if "/" in part:
                    raise refuse(f"“{part}”中不能有“/”", f"'{part}' may not hold a '/'")
        return self

    @cached_property
    def identity(self) -> str:
        """The key fields joined by '/', e.g. ``东宝区/漳河镇``."""
        return "/".join([str(getattr(self, name)) for name in self.KEY])

    def __copy__(self) -> Self:
        """A copy works out its identity anew: ``model_copy`` may change a key field."""
        copied = super().__copy__()
        vars(copied).pop("identity", None)
        return copied
