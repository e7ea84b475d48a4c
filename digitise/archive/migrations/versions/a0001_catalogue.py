"""Titles, issues, versions, pages, articles, and the ledger of ingest."""

from alembic import op
from sqlalchemy import MetaData

from digitise.archive import tables

revision = "a0001"
down_revision = None
branch_labels = ("archive",)
depends_on = None

_NAMES = (
    "titles", "issues", "versions", "pages", "articles", "units", "unit_pages", "contents", "seen",
    "events",
)  # fmt: skip


def upgrade() -> None:
    tables.metadata.create_all(op.get_bind(), tables=[tables.metadata.tables[n] for n in _NAMES])


def downgrade() -> None:
    there: MetaData = tables.metadata
    there.drop_all(op.get_bind(), tables=[there.tables[n] for n in reversed(_NAMES)])
