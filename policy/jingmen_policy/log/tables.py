"""The tables of a log, as its newest version has them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

from jingmen_policy.log.receipt import Row

METADATA = MetaData()
# Compared and ordered by their bytes, whatever the database's locale.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")

MARK = Table(
    "jingmen_log",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("id", TEXT, nullable=False),
    Column("created", TEXT, nullable=False),
)
"""One row: what tells this log from any other."""

RECEIPTS = Table(
    "jingmen_receipts",
    METADATA,
    *(
        Column(name, NUMBER, primary_key=True, autoincrement=False)
        if name == "number"
        else Column(name, TEXT, nullable=name == "rules")
        for name in Row._fields
    ),
    Column("hash", TEXT, nullable=False),
)

GUARDS = {
    "sqlite": {
        *(f"{table.name}_no_{verb}" for table in (MARK, RECEIPTS) for verb in ("update", "delete")),
        "jingmen_log_one",
        "jingmen_receipts_next",
    },
    "postgresql": {
        "jingmen_log_append_only",
        "jingmen_receipts_append_only",
        "jingmen_receipts_next",
    },
}
"""The triggers that keep it as it is, by what the database is."""
