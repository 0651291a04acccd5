"""Alembic's way in: it is given a connection, in a transaction, and migrates what it leads to."""

from __future__ import annotations

from alembic import context

from jingmen_policy.log.schema import VERSION_TABLE
from jingmen_policy.log.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
)
context.run_migrations()
