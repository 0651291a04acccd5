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
            text = f"d.{step.target}[{to}]"
            guards = [name] if unknown else []
            if (step.source, step.field) not in self.always:
                guards.append(to)
                unknown = True
            if guards:
                text = f"None if {' or '.join(f'{one} is None' for one in guards)} else {text}"
            name = self._looked_up((path.root, path.steps[:number]), text)
        return Spelt(name, (name,) if unknown else ())

    @contextmanager
    def _each(
        self, way: Members, var: str, whole: str | None = None
    ) -> Iterator[tuple[str | None, str]]:
        """A loop over members: the name that says whether each surely is one (None: all are), and
        the name that says whether there can be no others.
        """
        start = self.follow(way.start)
        whole = whole or self.fresh("w")
        fact, sure = self.fresh(f"{ascii_name(var)}_"), self.fresh("y")
        if len(way.steps) == 1 and way.steps[0].many:
            self._one_step(way.steps[0], start, whole)
            items = f"pairs{whole}"
        else:
            steps = "".join(
                f"({st.many}, {st.source!r}, {st.field!r}, {st.target!r}, {relation_name(st)}), "
                for st in way.steps
            )
            items = f"pairs{whole}"
            self.say(f"{items}, {whole} = members(d, {start.text}, ({steps}))")
        outer = self.variables
        self.variables = {**outer, var: fact}
        with self.inside(f"for {fact}, {sure} in {items}:"):
            yield sure, whole
        self.variables = outer

    def _one_step(self, step: Relation, start: Spelt, whole: str) -> None:
        relation = relation_name(step)
        found = f"d.of({relation}, {start.text})"
        lists = f"d.lists_all({relation}, {start.text})"
        if start.guards:
            found = f"() if {start.text} is None else {found}"
            lists = f"{start.text} is not None and {lists}"
        self.say(f"pairs{whole} = {found}")
        self.say(f"{whole} = {lists}")
