"""The search index, in each database's own way, and the printed lines of each article."""

import sqlalchemy as sa
from alembic import op

revision = "a0002"
down_revision = "a0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_lines",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"], ["articles.key"], name=op.f("fk_article_lines_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_article_lines")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE article_search ("
            "key integer PRIMARY KEY REFERENCES articles (key) ON DELETE CASCADE, "
            "words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_article_search_words ON article_search USING gin (words)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE article_search USING fts5("
            'head, body, tokenize = "unicode61 remove_diacritics 0")'
        )


def downgrade() -> None:
    op.execute("DROP TABLE article_search")
    op.drop_table("article_lines")
