"""What a case expects: ``rule: answer``, where the answer is

- a status: every finding of the rule has it;
- ``{subject: answer}`` for some subjects only;
- ``{year: answer}`` for some years of a yearly rule, below a subject or at once;
- ``{not: status}``: any status but that one;
- ``{status: .., due: .., missing: [..], bearer: .., modality: ..}``, a status with what else is
  compared: the day it falls due, exactly which facts are missing, as ``Station/S1.area``, the role
  that bears it and whose, as ``乡镇（街道）`` or ``乡镇（街道） 沙洋县/沙洋镇``, and the modality.

Keys of four digits are years where the rule is yearly; the names of details are never subjects.
In a file that names its rule, a bare status is that rule's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter, ValidationError

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Problem, Said, spelt, unknown_name
from jingmen_facts.reading.located import Located
from jingmen_facts.scalars import Day
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.model import Rule
from jingmen_policy.rule.status import Status
from jingmen_policy.scenario.model import Expected

DETAIL = ("status", "not", "due", "missing", "bearer", "modality")
_YEAR = re.compile(r"\d{4}")
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_RULE = Said("规则", "rule")
_STATUS = Said("状态", "status")


@dataclass
class ExpectReader:
    """Reads the expectations of one file; what is wrong is collected in ``problems``."""

    corpus: Corpus
    file: Located
    problems: list[Problem]

    def read(
        self, path: Sequence[str | int], own: str | None, dossier: Dossier | None
    ) -> tuple[Expected, ...]:
        """What stands at a path. Subjects are looked up where there is a dossier to look in."""
        case = self.file.at(*path[:-1]).value
        written = case.get(path[-1])
        if written is None:
            return ()
        if isinstance(written, str):
            if own is None:
                self._wrong(
                    path,
                    "须写明是哪条规则：{规则: 状态}",
                    "say of which rule: {rule: status}",
                )
                return ()
            return self._rule(own, path, written, dossier)
        if not isinstance(written, Mapping):
            self._wrong(path, "应为“规则: 状态”", "expected rules with their statuses")
            return ()
        return tuple(
            expected
            for name, answer in written.items()
            for expected in self._rule(name, (*path, name), answer, dossier)
        )

    def _rule(
        self, name: str, path: Sequence[str | int], answer: object, dossier: Dossier | None
    ) -> tuple[Expected, ...]:
        rule = self.corpus.rules.get(name)
        if rule is None:
            self._say(path, unknown_name(_RULE, name, list(self.corpus.rules)))
            return ()
        if dossier is not None and not dossier.of_kind(rule.subject):
            label = self.corpus.models.kinds[rule.subject].label
            self._wrong(
                path,
                f"案例中没有{label.zh}，“{name}”无从判断",
                f"there is no {label.en} in the case, so '{name}' has nothing to be judged of",
            )
            return ()
        start = Expected(name, Status.NOTED, line=self.file.line(path))
        return tuple(self._answers(start, rule, path, answer, dossier))

    def _answers(
        self,
        so_far: Expected,
        rule: Rule,
        path: Sequence[str | int],
        answer: object,
        dossier: Dossier | None,
    ) -> Iterator[Expected]:
        if isinstance(answer, str):
            status = self._status(path, answer)
            if status is not None:
                yield replace(so_far, status=status)
        elif not isinstance(answer, Mapping) or not answer:
            self._wrong(path, "应为状态", "expected a status")
        elif any(key in DETAIL for key in answer):
            yield from self._detail(so_far, path, answer)
        else:
            for key, below in answer.items():
                at = (*path, key)
                narrowed = self._narrowed(
                    replace(so_far, line=self.file.line(at)), rule, key, dossier
                )
                if isinstance(narrowed, Said):
                    self._say(at, narrowed)
                else:
                    yield from self._answers(narrowed, rule, at, below, dossier)

    def _narrowed(
        self, so_far: Expected, rule: Rule, key: str, dossier: Dossier | None
    ) -> Expected | Said:
        """An expectation of one year or one subject only; or what is wrong with the key."""
        yearly = any(version.due.kind == "yearly" for version in rule.versions)
        if yearly and _YEAR.fullmatch(key) and so_far.year is None:
            return replace(so_far, year=int(key))
        if so_far.subject is not None or so_far.year is not None:
            return Said(f"此处不应有“{key}”", f"'{key}' does not belong here")
        if dossier is not None and key not in dossier.of_kind(rule.subject):
            label = self.corpus.models.kinds[rule.subject].label
            return unknown_name(Said(label.zh, label.en), key, list(dossier.of_kind(rule.subject)))
        return replace(so_far, subject=key)

    def _detail(
        self, so_far: Expected, path: Sequence[str | int], answer: Mapping[str, object]
    ) -> Iterator[Expected]:
        for key in answer:
            if key not in DETAIL:
                self._say((*path, key), unknown_name(Said("键", "key"), key, DETAIL))
        denied = "not" in answer
        key = "not" if denied else "status"
        written = answer.get(key)
        if denied and "status" in answer:
            self._wrong(path, "status 与 not 只能写一项", "'status' or 'not', not both")
            return
        if not isinstance(written, str):
            self._wrong(path, f"缺少 {key}", f"'{key}' is required")
            return
        status = self._status((*path, key), written)
        if status is None:
            return
        due = self._due((*path, "due"), answer["due"]) if "due" in answer else None
        missing = (
            self._missing((*path, "missing"), answer["missing"]) if "missing" in answer else None
        )
        bearer, modality = answer.get("bearer"), answer.get("modality")
        if bearer is not None and not isinstance(bearer, str):
            self._wrong((*path, "bearer"), "应为文字", "expected a text")
            return
        if modality is not None and modality not in {one.value for one in Modality}:
            known = [one.value for one in Modality]
            said = unknown_name(Said("性质", "modality"), str(modality), known)
            self._say((*path, "modality"), said)
            return
        yield replace(
            so_far,
            status=status,
            denied=denied,
            due=due,
            missing=missing,
            bearer=bearer,
            modality=None if modality is None else Modality(modality),
        )

    def _status(self, path: Sequence[str | int], written: str) -> Status | None:
        for status in Status:
            if written in (status.value, status.label.zh):
                return status
        self._say(path, unknown_name(_STATUS, written, [status.value for status in Status]))
        return None

    def _due(self, path: Sequence[str | int], written: object) -> date | None:
        try:
            return _DAY.validate_python(written)
        except ValidationError as error:
            context = error.errors()[0].get("ctx", {})
            self._wrong(path, context["zh"], context["en"])
            return None

    def _missing(self, path: Sequence[str | int], written: object) -> frozenset[str]:
        listed = written if isinstance(written, list) else [] if written is None else [written]
        for position, name in enumerate(listed):
            at = (*path, position) if isinstance(written, list) else path
            kind, _, rest = str(name).partition("/")
            if kind not in self.corpus.models.kinds:
                known = list(self.corpus.models.kinds)
                self._say(at, unknown_name(Said("事实类型", "kind of fact"), kind, known))
                continue
            field = rest.rpartition(".")[2]
            known = [*self.corpus.models.kinds[kind].fields, *self.corpus.models.relations[kind]]
            if field not in known:
                self._say(at, unknown_name(Said("字段", "field"), field, known))
        return frozenset(str(name) for name in listed)

    def _wrong(self, path: Sequence[str | int], zh: str, en: str) -> None:
        self._say(path, Said(zh, en))

    def _say(self, path: Sequence[str | int], said: Said) -> None:
        line = self.file.line(path)
        self.problems.append(Problem(said, self.file.source, line, spelt(path)))
