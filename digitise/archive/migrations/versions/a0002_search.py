"""The search index, in each database's own way, and the printed lines of each article."""

from alembic import op

from digitise.archive import tables

revision = "a0002"
down_revision = "a0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    tables.article_lines.create(bind)
    if bind.dialect.name == "postgresql":
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
    tables.article_lines.drop(op.get_bind())
