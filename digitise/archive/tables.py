"""The catalogue's tables, for SQLite and PostgreSQL alike.

Times are seconds since 1970 in UTC; dates are texts, YYYY-MM-DD, empty when unknown.
Corrections add theirs to the same `metadata` (corrections/).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

titles = Table(
    "titles",
    metadata,
    Column("id", String(200), primary_key=True),  # the slug: its folder's name
    Column("name", Text, nullable=False),
    Column("cn", String(40), nullable=False, default=""),
    Column("issn", String(40), nullable=False, default=""),
)

issues = Table(
    "issues",
    metadata,
    Column("id", String(300), primary_key=True),
    Column("title_id", ForeignKey("titles.id"), nullable=False),
    Column("date", String(10), nullable=False, default=""),
    Column("edition", String(80), nullable=False, default=""),
    Column("folder", Text, nullable=False, unique=True),
    Column("current_version", Integer, nullable=False, default=0),  # 0: none is whole yet
    Column("issue_number", String(40), nullable=False, default=""),
    Column("weekday", String(20), nullable=False, default=""),
    Column("lunar_date", String(40), nullable=False, default=""),
    Column("pages", Integer, nullable=False, default=0),
    Column("articles", Integer, nullable=False, default=0),
    Column("characters", Integer, nullable=False, default=0),
    Column("confidence", Float, nullable=False, default=0.0),
    Column("complete", Boolean, nullable=False, default=True),
    Column("unresolved", Integer, nullable=False, default=0),  # jumps
    Column("added_at", Float, nullable=False, default=0.0),
    Column("changed_at", Float, nullable=False, default=0.0),
    Index("ix_issues_title_id_date", "title_id", "date"),
)

versions = Table(
    "versions",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    # "placing" while its files are being put in their place, then "whole".
    Column("state", String(20), nullable=False),
    Column("digest", String(64), nullable=False),  # of what was delivered
    Column("delivery", Integer, nullable=False),  # the folder below originals/
    Column("unit", String(40), nullable=True, unique=True),  # the ledger's unit it came from
    Column("name", Text, nullable=False, default=""),  # what the delivery was called
    Column("sketch", JSON, nullable=False),  # of its text (sketch.py)
    Column("issue_sha256", String(64), nullable=False, default=""),
    Column("software", Text, nullable=False, default=""),
    Column("added_at", Float, nullable=False, default=0.0),
)

# Pages and articles of the current version only.
pages = Table(
    "pages",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("page_id", String(20), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("label", String(80), nullable=False, default=""),
    Column("name", Text, nullable=False, default=""),
    Column("width", Integer, nullable=False, default=0),
    Column("height", Integer, nullable=False, default=0),
    Column("dpi", Integer, nullable=False, default=0),
    Column("characters", Integer, nullable=False, default=0),
    Column("confidence", Float, nullable=False, default=0.0),
    Column("error", Text, nullable=False, default=""),
    UniqueConstraint("issue_id", "number"),
)

articles = Table(
    "articles",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("issue_id", ForeignKey("issues.id"), nullable=False),
    Column("article_id", String(20), nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("kicker", Text, nullable=False, default=""),
    Column("headline", Text, nullable=False, default=""),
    Column("subheadline", Text, nullable=False, default=""),
    Column("byline", Text, nullable=False, default=""),
    Column("text", Text, nullable=False, default=""),  # paragraphs, a line each
    Column("captions", Text, nullable=False, default=""),
    Column("pages", JSON, nullable=False),  # page ids
    Column("labels", Text, nullable=False, default=""),  # " A1 A3 ", printed labels or numbers
    Column("confidence", Float, nullable=False, default=0.0),
    Column("unresolved", Integer, nullable=False, default=0),
    UniqueConstraint("issue_id", "article_id"),
    Index("ix_articles_issue_id_position", "issue_id", "position"),
)

# The printed lines of an article in reading order, for the places of hits: zlib over JSON,
# [[page id, text, x, y, x, y, ...], ...].
article_lines = Table(
    "article_lines",
    metadata,
    Column("key", ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
    Column("lines", LargeBinary, nullable=False),
)

# The ledger: a unit is a delivery that is to become a version of an issue.
units = Table(
    "units",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("sources", JSON, nullable=False),  # [[address, size, time of change in ns], ...]
    Column("source_key", String(64), nullable=False, unique=True),  # digest of `sources`
    Column("digest", String(64), nullable=True),  # of the content, once it is prepared
    Column("state", String(20), nullable=False),
    Column("resume", String(20), nullable=False, default=""),  # the state before it failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("claims", Integer, nullable=False, default=0),  # since it last went on
    Column("next_at", Float, nullable=False, default=0.0),
    Column("owner", String(120), nullable=False, default=""),
    Column("lease_until", Float, nullable=False, default=0.0),
    Column("pages", Integer, nullable=False, default=0),
    Column("issue_id", String(300), nullable=False, default=""),
    Column("version", Integer, nullable=False, default=0),
    Column("reason_code", String(40), nullable=False, default=""),
    Column("reason_en", Text, nullable=False, default=""),
    Column("reason_zh", Text, nullable=False, default=""),
    Column("facts", JSON, nullable=False),  # grows as the unit goes on
    Column("seconds", Float, nullable=False, default=0.0),
    Column("added_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    Index("ix_units_state_next_at", "state", "next_at"),
    Index("ix_units_digest", "digest"),
)

unit_pages = Table(
    "unit_pages",
    metadata,
    Column("unit_id", ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
    Column("page_id", String(20), primary_key=True),
    Column("state", String(20), nullable=False),  # waiting, read, failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("reason_code", String(40), nullable=False, default=""),
    Column("reason_en", Text, nullable=False, default=""),
    Column("reason_zh", Text, nullable=False, default=""),
)

# Which delivery had a content first: the same again is not taken in twice.
contents = Table(
    "contents",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("unit_id", String(40), nullable=False),
)

# Files seen in inboxes, so that the next look need not open them again.
seen = Table(
    "seen",
    metadata,
    Column("address", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("changed_ns", BigInteger, nullable=False),
    Column("pages", Integer, nullable=False),  # 0: none that can be read
    Column("unit_id", String(40), nullable=False, default=""),
    Column("sha256", String(64), nullable=False, server_default=""),  # once it was copied
)

events = Table(
    "events",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False),
    Column("unit_id", String(40), nullable=False, default=""),
    Column("kind", String(30), nullable=False),  # a state, or what else happened
    Column("text_en", Text, nullable=False, default=""),
    Column("text_zh", Text, nullable=False, default=""),
    Index("ix_events_at", "at"),
    Index("ix_events_unit_id", "unit_id"),
)
