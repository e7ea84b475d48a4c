"""The journal of corrections, people, claims, glossary, samples."""

from alembic import op

from digitise.archive.corrections import tables
from digitise.archive.tables import metadata

revision = "c0001"
down_revision = None
branch_labels = ("corrections",)
depends_on = "a0001"


def upgrade() -> None:
    wanted = [metadata.tables[name] for name in tables.NAMES]
    metadata.create_all(op.get_bind(), tables=wanted)


def downgrade() -> None:
    wanted = [metadata.tables[name] for name in reversed(tables.NAMES)]
    metadata.drop_all(op.get_bind(), tables=wanted)
