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
            if certain:
                sure = None
            else:
                sure = f"({self._strays(step)} is None or {fact}.{step.field} is not None)"
        else:
            steps = "".join(
                f"({st.many}, {st.source!r}, {st.field!r}, {st.target!r}, {relation_name(st)}), "
                for st in way.steps
            )
            reached = self._looked_up(
                ("reached", way.start.root, way.start.steps, way.steps),
                f"members(d, {start.text}, ({steps}))",
                direct=not way.start.root and not way.start.steps,
            )
            whole, sure = f"{reached}[1]", self.fresh("y")
            loop = f"for {fact}, {sure} in {reached}[0]:"
        outer = self.variables
        self.variables = {**outer, var: fact}
        with self.inside(loop):
            yield sure, whole
        self.variables = outer

    def _strays(self, step: Relation) -> str:
        """The name of the members that do not say to whom they belong: None if there are none."""
        text = f"d.found(({step.target!r}, {step.field!r}, None))"
        name = f"strays_{step.target}_{step.field}"
        return self._looked_up(("strays", name), text, direct=True, name=name)

    def _one_step(self, step: Relation, path: Path, start: Spelt) -> tuple[str, str]:
        """The names of the members, strays among them, and of whether there are no others."""
        key = f"{step.target!r}, {step.field!r}"
        strays = self._strays(step)
        found = f"d.found(({key}, {start.text}.identity), ())"
        found = f"{found} if {strays} is None else {found} + {strays}"
        lists = f"d.lists_all({relation_name(step)}, {start.text})"
        lists = f"{step.target!r} in d.complete or {lists}"
        if start.guards:
            found = f"() if {start.text} is None else ({found})"
            lists = f"{start.text} is not None and ({lists})"
        way = (path.root, path.steps, step)
        direct = not path.root and not path.steps
        return (
            self._looked_up(("members", *way), found, direct=direct),
            self._looked_up(("all", *way), lists, direct=direct),
        )
