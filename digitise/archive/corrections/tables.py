"""The tables of corrections and of the people who make them, beside the catalogue's own.

Times are seconds since 1970 in UTC, as there.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ..tables import metadata

# Nothing in here is ever changed or removed.
journal = Table(
    "corrections",
    metadata,
    Column("issue_id", String(300), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("id", String(64), nullable=False),  # the sender's
    Column("version", Integer, nullable=False),  # of the machine's result it was made over
    Column("origin", Integer, nullable=False, default=0),  # seq it repeats over a newer result
    Column("page", String(80), nullable=False, default=""),
    Column("image", String(64), nullable=False, default=""),  # digest of that page's picture
    Column("operation", JSON, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("issue_id", "id"),
    Index("ix_corrections_at", "at"),
)

# One row an issue: whoever writes to its journal holds this row.
heads = Table(
    "correction_heads",
    metadata,
    Column("issue_id", String(300), primary_key=True),
    Column("seq", Integer, nullable=False, default=0),
    Column("version", Integer, nullable=False, default=0),
    Column("changed_at", Float, nullable=False, default=0.0),
    Column("indexed_seq", Integer, nullable=False, default=0),  # what the search knows of
    Column("queued_seq", Integer, nullable=False, default=-1),  # what the queue knows of
    Column("queued_version", Integer, nullable=False, default=0),
)

# What wants looking at, worst first. Worked out anew when an issue has changed.
queue = Table(
    "queue_items",
    metadata,
    Column("issue_id", String(300), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("target", String(80), primary_key=True),
    Column("title_id", String(200), nullable=False),
    Column("date", String(10), nullable=False, default=""),
    Column("page", String(80), nullable=False, default=""),
    Column("label", Text, nullable=False, default=""),
    Column("score", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("lines", Integer, nullable=False, default=0),
    Column("doubtful", Integer, nullable=False, default=0),
    Column("reasons", JSON, nullable=False),  # [{code, en, zh}, ...]
    Column("status", String(20), nullable=False, default="open"),
    Index("ix_queue_items_score", "score"),
)

# What was measured on a page's picture.
images = Table(
    "page_images",
    metadata,
    Column("issue_id", String(300), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("page", String(80), primary_key=True),
    Column("stray", Float, nullable=False, default=0.0),  # share of the ink outside all regions
)

disagreements = Table(
    "correction_disagreements",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("issue_id", String(300), nullable=False),
    Column("version", Integer, nullable=False),
    Column("line", String(80), nullable=False),
    Column("page", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("machine_old", Text, nullable=False, default=""),
    Column("machine_new", Text, nullable=False, default=""),
    Column("human", Text, nullable=False, default=""),
    Column("resolved", Boolean, nullable=False, default=False),
    Index("ix_correction_disagreements_issue_id", "issue_id"),
)

# What people's corrections teach about the recogniser, for each issue.
confusions = Table(
    "correction_confusions",
    metadata,
    Column("issue_id", String(300), primary_key=True),
    Column("read", String(20), primary_key=True),
    Column("right", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)

risks = Table(
    "correction_risks",
    metadata,
    Column("issue_id", String(300), primary_key=True),
    Column("percent", Integer, primary_key=True),  # confidence, rounded down
    Column("characters", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("display", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("password", String(400), nullable=False, default=""),  # a hash; empty: cannot sign in
    Column("active", Boolean, nullable=False, default=True),
    Column("added_at", Float, nullable=False),
    Column("last_at", Float, nullable=False, default=0.0),
)

sessions = Table(
    "sessions",
    metadata,
    Column("key", String(64), primary_key=True),  # SHA-256 of what the cookie holds
    Column("user", String(80), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("until", Float, nullable=False),
    Index("ix_sessions_user", "user"),
)

audit = Table(
    "audit",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("at", Float, nullable=False),
    Column("by", String(80), nullable=False, default=""),
    Column("address", String(80), nullable=False, default=""),
    Column("action", String(60), nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Index("ix_audit_at", "at"),
)

claims = Table(
    "claims",
    metadata,
    Column("issue_id", String(300), primary_key=True),
    Column("target", String(80), primary_key=True),
    Column("by", String(80), nullable=False),
    Column("until", Float, nullable=False),
)

glossary = Table(
    "glossary",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=True),
    Column("title", String(200), nullable=False, default=""),  # a title's id; empty: all of them
    Column("term", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("by", String(80), nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("title", "term"),
)

samples = Table(
    "acceptance_samples",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("issue_id", String(300), nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Float, nullable=False),
    Column("seq", Integer, nullable=False),  # of the journal when it was drawn
    Column("seed", Integer, nullable=False),
    Column("level", Float, nullable=False),
    Column("wanted", Float, nullable=False),
    Column("lines", JSON, nullable=False),  # [{line, page, text, errors, note, marks}, ...]
    Column("decision", String(20), nullable=False, default=""),
    Column("decided_by", String(80), nullable=False, default=""),
    Column("decided_at", Float, nullable=False, default=0.0),
    Column("note", Text, nullable=False, default=""),
    Index("ix_acceptance_samples_issue_id", "issue_id"),
)

keying = Table(
    "double_keying",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("issue_id", String(300), nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", Float, nullable=False),
    Column("keyers", JSON, nullable=False),
    Column("lines", JSON, nullable=False),  # line ids
)

keyed = Table(
    "double_keying_texts",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("line", String(80), primary_key=True),
    Column("by", String(80), primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Float, nullable=False),
)

NAMES = (
    "corrections", "correction_heads", "correction_disagreements", "queue_items", "page_images",
    "correction_confusions", "correction_risks",
    "users", "sessions", "audit", "claims", "glossary", "acceptance_samples", "double_keying",
    "double_keying_texts",
)  # fmt: skip
