"""What files of inboxes held, so that one whose time alone is new is known again."""

import sqlalchemy as sa
from alembic import op

revision = "a0003"
down_revision = "a0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "seen", sa.Column("sha256", sa.String(length=64), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("seen", "sha256")
