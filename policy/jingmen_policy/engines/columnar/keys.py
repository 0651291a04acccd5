"""What holds between rows of tables: no identity is there twice, each reference leads to one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from jingmen_facts.kinds import FactModels, Kind
from jingmen_facts.problems import Problem, Said
from jingmen_policy.engines.columnar.reading import DUCKDB, untidy
from jingmen_policy.engines.columnar.tables import snake


@dataclass(frozen=True)
class Keys:
    """Checks the tables of a database, and notes what is wrong."""

    models: FactModels
    database: Any
    problems: list[Problem]

    def identities(self, name: str, assumed: Collection[str] = ()) -> bool:
        """Notes rows without an identity, and identities that two rows have.

        False, and nothing noted, where a column that was assumed to have no blanks around it has.
        """
        kind = self.models.kinds[name]
        view = DUCKDB.quoted(snake(name))
        keys = [DUCKDB.quoted(key) for key in kind.model.KEY]
        blank = " OR ".join(f"{key} IS NULL" for key in keys)
        listed = ", ".join(keys)
        blanks = [untidy(DUCKDB.quoted(key), "VARCHAR") for key in kind.model.KEY if key in assumed]
        # Hashes that all differ are of identities that do, and take far less room to tell.
        rows, empty, different, wide = self.database.execute(
            f"SELECT count(*), count(*) FILTER ({blank}), count(DISTINCT hash({listed})),"
            f" count(*) FILTER ({' OR '.join(blanks) or 'FALSE'}) FROM {view}"
        ).fetchall()[0]
        if wide:
            return False
        if empty:
            said = Said(f"{empty} 行缺少必填的标识", f"{empty} rows have no identity")
            self.problems.append(Problem(said, source=name, field=", ".join(kind.model.KEY)))
        if rows == different:
            return True
        twice = self.database.execute(
            f"SELECT {listed}, count(*) FROM {view} GROUP BY {listed} HAVING count(*) > 1 LIMIT 3"
        ).fetchall()
        for row in twice:
            identity = "/".join(map(str, row[:-1]))
            said = Said(
                f"“{identity}”重复出现 {row[-1]} 次", f"'{identity}' occurs {row[-1]} times"
            )
            self.problems.append(Problem(said, source=name, field=", ".join(kind.model.KEY)))
        return True

    def lost(self, name: str, reference: str, named: str) -> bool:
        """Whether a reference names what is not there. ``named``: where all that it names is."""
        column = DUCKDB.quoted(reference)
        rows = f"SELECT {column} AS owner FROM {DUCKDB.quoted(snake(name))}"
        return bool(
            self.database.execute(
                f"SELECT 1 FROM {named or f'({rows})'} WHERE owner IS NOT NULL"
                f" AND owner NOT IN ({self._identities(name, reference)}) LIMIT 1"
            ).fetchall()
        )

    def reference(self, name: str, reference: str) -> None:
        """Notes how many rows name what is not there."""
        column = DUCKDB.quoted(reference)
        row = self.database.execute(
            f"SELECT count(*), any_value({column}) FROM {DUCKDB.quoted(snake(name))}"
            f" WHERE {column} IS NOT NULL AND {column} NOT IN ({self._identities(name, reference)})"
        ).fetchall()[0]
        if row[0]:
            label = self.models.kinds[self._target(name, reference)].label
            said = Said(
                f"{row[0]} 行所指的{label.zh}不存在，如“{row[1]}”",
                f"{row[0]} rows refer to a {label.en} not there, such as '{row[1]}'",
            )
            self.problems.append(Problem(said, source=name, field=reference))

    def _target(self, name: str, reference: str) -> str:
        return self.models.kinds[name].references[reference].kind

    def _identities(self, name: str, reference: str) -> str:
        """The identities a reference may name."""
        target = self._target(name, reference)
        spelt = spelt_identity(self.models.kinds[target])
        return f"SELECT {spelt} FROM {DUCKDB.quoted(snake(target))}"


def spelt_identity(kind: Kind) -> str:
    """An identity, from the columns of its key."""
    return " || '/' || ".join(f"CAST({DUCKDB.quoted(key)} AS VARCHAR)" for key in kind.model.KEY)
