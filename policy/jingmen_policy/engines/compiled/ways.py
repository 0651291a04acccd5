"""Ways through the dossier: references followed, members gone through one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jingmen_facts.kinds import Relation
from jingmen_policy.engines.compiled.lines import SUBJECT, Lines, Spelt, ascii_name, relation_name
from jingmen_policy.expression.nodes import Members, Path


class Ways(Lines):
    def follow(self, path: Path) -> Spelt:
        """The name of the fact a path leads to; None where a reference is not known."""
        name, unknown = self.variables[path.root] if path.root else SUBJECT, False
        for number, step in enumerate(path.steps, 1):
            to = f"{name}.{step.field}"
            text = f"d.kinds[{step.target!r}][{to}]"
            guards = [name] if unknown else []
            if (step.source, step.field) not in self.always:
                guards.append(to)
                unknown = True
            if guards:
                text = f"None if {' or '.join(f'{one} is None' for one in guards)} else {text}"
            name = self._looked_up((path.root, path.steps[:number]), text)
        return Spelt(name, (name,) if unknown else ())

    @contextmanager
    def _each(self, way: Members, var: str) -> Iterator[tuple[str | None, str]]:
        """A loop over members: what says whether each surely is one (None: all are), and the name
        that says whether there can be no others.
        """
        start = self.follow(way.start)
        fact = self.fresh(f"{ascii_name(var)}_")
        sure: str | None
        if len(way.steps) == 1 and way.steps[0].many:
            [step] = way.steps
            items, whole = self._one_step(step, way.start, start)
            loop = f"for {fact} in {items}:"
            certain = (step.target, step.field) in self.always
            sure = None if certain else f"{fact}.{step.field} is not None"
        else:
            steps = "".join(
                f"({st.many}, {st.source!r}, {st.field!r}, {st.target!r}, {relation_name(st)}), "
                for st in way.steps
            )
            items, whole, sure = self.fresh("m"), self.fresh("w"), self.fresh("y")
            self.say(f"{items}, {whole} = members(d, {start.text}, ({steps}))")
            loop = f"for {fact}, {sure} in {items}:"
        outer = self.variables
        self.variables = {**outer, var: fact}
        with self.inside(loop):
            yield sure, whole
        self.variables = outer

    def _one_step(self, step: Relation, path: Path, start: Spelt) -> tuple[str, str]:
        """The names of the members, strays among them, and of whether there are no others."""
        found = f"d.of({step.target!r}, {step.field!r}, {start.text})"
        lists = f"d.lists_all({relation_name(step)}, {start.text})"
        lists = f"{step.target!r} in d.complete or {lists}"
        if start.guards:
            found = f"() if {start.text} is None else {found}"
            lists = f"{start.text} is not None and ({lists})"
        key = (path.root, path.steps, step)
        return (
            self._looked_up(("members", *key), found),
            self._looked_up(("all", *key), lists),
        )
