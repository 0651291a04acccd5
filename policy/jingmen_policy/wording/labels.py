"""What fields, relations and kinds are called in a sentence: their labels, made to stand in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jingmen_facts.kinds import FactModels, FieldSpec, Relation
from jingmen_facts.problems import Lang

_ASKS = "是否"
_ASKING = "whether "


@dataclass(frozen=True)
class Labels:
    """Two things of one kind never share a name: those that would get their code's beside it."""

    models: FactModels
    lang: Lang

    def kind(self, name: str) -> str:
        label = self.models.kinds[name].label
        return label.en if self.lang == "en" else label.zh

    def field(self, spec: FieldSpec) -> str:
        """A field that is no yes or no, as a noun."""
        fields = self.models.kinds[spec.kind].fields.values()
        return self._told(spec.name, self._plain(spec), map(self._plain, fields))

    def flag(self, spec: FieldSpec) -> str:
        """A yes or no as the statement it is the answer to: 是否设置标识 becomes 设置标识.

        >>> from jingmen_facts import MODELS
        >>> spec = MODELS.kinds["County"].fields["on_agenda"]
        >>> Labels(MODELS, "zh").flag(spec), Labels(MODELS, "en").flag(spec)
        ('民政部门列入重要议事日程', "it is on the department's agenda")
        """
        fields = self.models.kinds[spec.kind].fields.values()
        return self._told(spec.name, self._statement(spec), map(self._statement, fields))

    def step(self, step: Relation) -> str:
        """A relation: to one by the field that says so, to many by what there is many of."""
        relations = self.models.relations[step.source].values()
        alike = [other for other in relations if other.many is step.many]
        label = self._related(step)
        if not step.many and [self._related(other) for other in alike].count(label) > 1:
            return f"{label} (“{self.field(self.models.kinds[step.source].fields[step.field])}”)"
        return self._told(step.name, label, map(self._related, alike))

    def _related(self, step: Relation) -> str:
        if self.lang == "en":
            return step.label.en if step.many else self.kind(step.target)
        return step.label.zh

    def _plain(self, spec: FieldSpec) -> str:
        """The label; an English one without the section before the colon."""
        if self.lang == "zh":
            return spec.label.zh
        place, colon, rest = spec.label.en.partition(": ")
        return rest if colon else place

    def _statement(self, spec: FieldSpec) -> str:
        label = self._plain(spec)
        return label.replace(_ASKS, "", 1) if self.lang == "zh" else label.removeprefix(_ASKING)

    @staticmethod
    def _told(name: str, label: str, among: Iterable[str]) -> str:
        return label if Counter(among)[label] == 1 else f"{label}（{name}）"
