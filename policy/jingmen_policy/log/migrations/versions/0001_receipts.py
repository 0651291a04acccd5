"""The log's mark and its receipts; nothing in either is changed or taken away again.

The database itself sees to it that a receipt comes next and is chained to the last, and that what
is there stays. Whoever may change the schema can undo that; the chain of hashes shows it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE = (
    *(
        f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'a decision log is append-only'); END"""
        for table in ("jingmen_log", "jingmen_receipts")
        for verb in ("update", "delete")
    ),
    """CREATE TRIGGER jingmen_log_one BEFORE INSERT ON jingmen_log
    WHEN EXISTS (SELECT * FROM jingmen_log)
    BEGIN SELECT RAISE(ABORT, 'a decision log has one mark'); END""",
    """CREATE TRIGGER jingmen_receipts_next BEFORE INSERT ON jingmen_receipts
    WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM jingmen_receipts)
      OR (NEW.number > 1 AND NEW.previous IS NOT
          (SELECT hash FROM jingmen_receipts WHERE number = NEW.number - 1))
    BEGIN SELECT RAISE(ABORT, 'not the next receipt of the log'); END""",
)

_POSTGRES = (
    """CREATE FUNCTION jingmen_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a decision log is append-only'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION jingmen_append_only()"""
        for table in ("jingmen_log", "jingmen_receipts")
    ),
    """CREATE FUNCTION jingmen_next_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last record;
    BEGIN
        SELECT number, hash INTO last FROM jingmen_receipts ORDER BY number DESC LIMIT 1;
        IF NEW.number IS DISTINCT FROM coalesce(last.number, 0) + 1
           OR (NEW.number > 1 AND NEW.previous IS DISTINCT FROM last.hash) THEN
            RAISE EXCEPTION 'not the next receipt of the log';
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER jingmen_receipts_next BEFORE INSERT ON jingmen_receipts
    FOR EACH ROW EXECUTE FUNCTION jingmen_next_receipt()""",
)


def upgrade() -> None:
    op.create_table(
        "jingmen_log",
        sa.Column(
            "one", sa.Integer, sa.CheckConstraint("one = 1"), primary_key=True, autoincrement=False
        ),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("created", _TEXT, nullable=False),
    )
    op.create_table(
        "jingmen_receipts",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        *(
            sa.Column(name, _TEXT, nullable=name == "rules")
            for name in (
                "time",
                "previous",
                "corpus",
                "corpus_sha256",
                "readings",
                "as_of",
                "rules",
                "input_sha256",
                "findings_sha256",
                "engine",
                "package",
                "hash",
            )
        ),
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)
