"""Alembic runs this file. The connection comes from catalogue.upgrade, in a transaction."""

from alembic import context

from digitise.archive.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
# No transaction of its own: catalogue.upgrade commits, or nothing has happened.
context.run_migrations()
