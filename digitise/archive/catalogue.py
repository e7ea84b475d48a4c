"""The catalogue: opening it, keeping its tables up to date, transactions that wait their turn.

SQLite in WAL mode beside the files, or PostgreSQL by URL.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from ..errors import CatalogueUnavailable, UsageError

BUSY_SECONDS = 60.0
"""How long one process waits while another writes."""

REVISIONS = frozenset({"a0003", "c0001"})
"""The last migration of each line there is."""

_Answer = TypeVar("_Answer")
_LOCK = 7305210011  # PostgreSQL advisory lock of those who change tables


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`patience`: seconds a transaction waits for a database that is away before it gives up."""

    engine: Engine
    patience: float = 300.0
    waiting: Callable[[str, float], None] = lambda _why, _seconds: None

    @property
    def postgres(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with, everything as of one moment."""
        with self.engine.connect() as connection:
            if self.postgres:
                # Else each statement there sees what was agreed upon just before it.
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it happens, or nothing. In SQLite it holds the one
        lock there is from its beginning, so that it never has to be given up half-way."""
        with (
            self.engine.connect().execution_options(digitise_writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def transact(self, work: Callable[[Connection], _Answer]) -> _Answer:
        """`work` in a transaction of its own, tried again while the database is away.

        It may run twice, when the database went away just after it had agreed: `work` must see
        to that. Raises CatalogueUnavailable when `patience` is at its end.
        """
        return self._patiently(lambda: self._once(work))

    def query(self, work: Callable[[Connection], _Answer]) -> _Answer:
        """The same for reading."""

        def once() -> _Answer:
            with self.reading() as connection:
                return work(connection)

        return self._patiently(once)

    def _once(self, work: Callable[[Connection], _Answer]) -> _Answer:
        with self.writing() as connection:
            return work(connection)

    def _patiently(self, work: Callable[[], _Answer]) -> _Answer:
        start = time.monotonic()
        pause = 0.1
        while True:
            try:
                return work()
            except DBAPIError as error:
                if "readonly" in str(error.orig):
                    raise unavailable(self.engine, error) from error
                if not _passing(error):
                    raise
                waited = time.monotonic() - start
                if waited + pause > self.patience:
                    raise unavailable(self.engine, error) from error
                self.waiting(_why(error), waited)
                self.engine.dispose()
            time.sleep(pause)
            pause = min(5.0, 2 * pause)

    def now(self) -> float:
        """Seconds since 1970 by the clock all processes share: the database's own where it is a
        server, this machine's otherwise."""
        if not self.postgres:
            return time.time()
        return float(
            self.query(
                lambda c: (
                    c.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar() or 0.0
                )
            )
        )


def open_catalogue(
    url: str, *, patience: float = 300.0, create: bool = True, migrate: bool = True
) -> Catalogue:
    """The catalogue at a SQLAlchemy URL ("sqlite:////srv/a/catalogue.sqlite3",
    "postgresql://user@host/name"), its tables made or brought up to date.

    Raises UsageError for a URL that is not understood, CatalogueUnavailable when it cannot be
    opened.
    """
    engine = _engine(url, create)
    catalogue = Catalogue(engine, patience)
    if migrate:
        try:
            upgrade(catalogue)
        except DBAPIError as error:
            raise unavailable(engine, error) from error
    return catalogue


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def upgrade(catalogue: Catalogue) -> None:
    """Brings the tables to what this version of the program knows."""
    if catalogue.query(is_current):
        return
    from alembic import command

    from .migrating import config

    def work(connection: Connection) -> None:
        if catalogue.postgres:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if not is_current(connection):
            command.upgrade(config(connection), "heads")

    catalogue.transact(work)


def is_current(connection: Connection) -> bool:
    """Whether the tables are what this version of the program knows."""
    # Not asked of Alembic: to load it takes as long as the rest of opening an archive.
    if not inspect(connection).has_table("alembic_version"):
        return False
    there = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
    return set(there) == REVISIONS


def _engine(url: str, create: bool) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _not_a_url(url) from error
    kind = parsed.get_backend_name()
    if kind == "postgresql":
        try:
            engine = create_engine(
                # One for each thread that asks: with many workers these are many.
                parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=4,
                max_overflow=-1,
            )  # fmt: skip
        except ImportError as error:
            raise UsageError(
                (
                    "PostgreSQL needs the package psycopg, which is not installed.",
                    "使用 PostgreSQL 需要 psycopg，尚未安装。",
                ),
                (
                    "Run: pip install 'digitise[postgres]'",
                    "请运行：pip install 'digitise[postgres]'",
                ),
            ) from error
        return engine
    if kind != "sqlite":
        raise _not_a_url(url)
    return _sqlite(url, parsed.database or "", create)


def _sqlite(url: str, path: str, create: bool) -> Engine:
    place = Path(path)
    if create:
        from ..formats.write import unwritable

        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(place, error) from error
    # A connection a transaction: a kept one would hold on to a file that was put aside.
    kept: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    read_only = place.is_file() and not os.access(place.parent, os.W_OK)
    if read_only:
        # Nobody writes there, and the files that SQLite keeps beside its own cannot be made.
        address = f"file:{quote(str(place))}?mode=ro" + ("" if _has_log(place) else "&immutable=1")
        engine = create_engine(
            url, poolclass=NullPool, creator=lambda: sqlite3.connect(address, uri=True, **kept)
        )
    else:
        engine = create_engine(url, poolclass=NullPool, connect_args=kept)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # Transactions are begun below, not by the driver, which begins them too late.
        connection.isolation_level = None
        cursor = connection.cursor()
        if not read_only:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("digitise_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _has_log(place: Path) -> bool:
    """Whether something was agreed upon that is not in the catalogue's own file yet."""
    try:
        return place.with_name(f"{place.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _passing(error: DBAPIError) -> bool:
    """Whether the fault is the database's absence rather than a wrong question."""
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    if not isinstance(error.orig, sqlite3.Error):
        return True  # of a server only what became of it itself ("no such file": its socket)
    # SQLite says the same of a question that is wrong.
    words = str(error.orig).lower()
    return "no such" not in words and "syntax error" not in words


def _why(error: DBAPIError) -> str:
    return (str(error.orig).strip().splitlines() or [type(error).__name__])[0][:200]


def unavailable(engine: Engine, error: DBAPIError) -> CatalogueUnavailable:
    where = engine.url.render_as_string(hide_password=True)
    why = _why(error)
    return CatalogueUnavailable(
        (f"The catalogue {where} cannot be used: {why}.", f"无法使用目录库 {where}：{why}。"),
        (
            "See that the database runs and its disk is neither full nor read-only, then run the "
            "same command again: nothing is lost.",
            "请确认数据库在运行、磁盘未满且可写，然后重新运行同一命令，不会丢失任何内容。",
        ),
    )


def _not_a_url(url: str) -> UsageError:
    return UsageError(
        (f"{url!r} is not the address of a catalogue.", f"{url!r} 不是目录库地址。"),
        (
            "Give sqlite:///PATH or postgresql://USER@HOST/NAME.",
            "请给出 sqlite:///路径 或 postgresql://用户@主机/库名。",
        ),
    )
