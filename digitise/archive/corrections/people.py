"""Who may do what: users, their sessions, the audit log, claims."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, delete, insert, select, update

from ...errors import DataInvalid
from ..library import Archive
from . import tables

Role = Literal["reader", "corrector", "editor", "administrator"]
ROLES: tuple[str, ...] = get_args(Role)
Right = Literal["read", "correct", "review", "administer"]
RIGHTS: tuple[Right, ...] = get_args(Right)
SESSION_SECONDS = 14 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class User:
    """`password` is a hash, empty for one who cannot sign in with one."""

    name: str
    display: str
    role: str
    active: bool = True
    password: str = ""
    last_at: float = 0.0

    @property
    def rights(self) -> tuple[Right, ...]:
        """Each role may do all that the ones before it may."""
        return RIGHTS[: ROLES.index(self.role) + 1] if self.role in ROLES and self.active else ()


@dataclass(frozen=True, slots=True)
class Session:
    user: User
    csrf: str
    until: float


@dataclass(frozen=True, slots=True)
class Claim:
    issue: str
    target: str
    by: str
    until: float


def find_user(archive: Archive, name: str) -> User | None:
    query = select(tables.users).where(tables.users.c.name == name)
    row = archive.catalogue.query(lambda c: c.execute(query).mappings().first())
    return None if row is None else _user(row)


def list_users(archive: Archive) -> tuple[User, ...]:
    query = select(tables.users).order_by(tables.users.c.name)
    return archive.catalogue.query(
        lambda c: tuple(_user(row) for row in c.execute(query).mappings())
    )


def add_user(archive: Archive, user: User) -> None:
    """Raises DataInvalid when the name is taken."""

    def work(connection: Connection) -> bool:
        table = tables.users
        if connection.execute(select(table.c.name).where(table.c.name == user.name)).first():
            return False
        connection.execute(
            insert(table).values(
                name=user.name, display=user.display, role=user.role, password=user.password,
                active=user.active, added_at=time.time(), last_at=0.0,
            )
        )  # fmt: skip
        return True

    if not archive.catalogue.transact(work):
        raise DataInvalid(
            (f"There is a user {user.name} already.", f"已有用户 {user.name}。"),
            ("Choose another name.", "请另选名称。"),
        )


def change_user(archive: Archive, name: str, **values: Any) -> User | None:
    """Changes display, role, active or password. One who is made inactive, gets another role or
    another password is signed out everywhere. None when there is no such user."""

    def work(connection: Connection) -> None:
        if values:
            connection.execute(
                update(tables.users).where(tables.users.c.name == name).values(**values)
            )
        if set(values) & {"role", "active", "password"}:
            connection.execute(delete(tables.sessions).where(tables.sessions.c.user == name))

    archive.catalogue.transact(work)
    return find_user(archive, name)


def _user(row: Mapping[Any, Any]) -> User:
    return User(
        str(row["name"]), str(row["display"]), str(row["role"]), bool(row["active"]),
        str(row["password"]), float(row["last_at"]),
    )  # fmt: skip


def open_session(archive: Archive, key: str, name: str, csrf: str) -> None:
    """`key`: the digest of what the cookie holds."""
    now = time.time()

    def work(connection: Connection) -> None:
        connection.execute(delete(tables.sessions).where(tables.sessions.c.until < now))
        row = {"key": key, "user": name, "csrf": csrf, "until": now + SESSION_SECONDS}
        connection.execute(insert(tables.sessions).values(**row))
        connection.execute(
            update(tables.users).where(tables.users.c.name == name).values(last_at=now)
        )

    archive.catalogue.transact(work)


def find_session(archive: Archive, key: str) -> Session | None:
    """The session, when it has not run out and its user is active."""
    sessions, users = tables.sessions, tables.users
    query = (
        select(users, sessions.c.csrf, sessions.c.until)
        .join(sessions, sessions.c.user == users.c.name)
        .where(sessions.c.key == key, sessions.c.until > time.time(), users.c.active)
    )
    row = archive.catalogue.query(lambda c: c.execute(query).mappings().first())
    return None if row is None else Session(_user(row), str(row["csrf"]), float(row["until"]))


def close_session(archive: Archive, key: str) -> None:
    query = delete(tables.sessions).where(tables.sessions.c.key == key)
    archive.catalogue.transact(lambda c: c.execute(query) and None)


def note(archive: Archive, by: str, address: str, action: str, detail: str = "") -> None:
    """An entry in the audit log."""
    row = {"at": time.time(), "by": by, "address": address, "action": action, "detail": detail}
    archive.catalogue.transact(lambda c: c.execute(insert(tables.audit).values(**row)) and None)


def list_audit(archive: Archive, limit: int, before: int = 0) -> tuple[Mapping[str, Any], ...]:
    """The newest entries first, those before entry `before` when it is not 0."""
    query = select(tables.audit).order_by(tables.audit.c.key.desc()).limit(limit)
    if before:
        query = query.where(tables.audit.c.key < before)
    return archive.catalogue.query(
        lambda c: tuple(dict(row) for row in c.execute(query).mappings())
    )


def claim(
    archive: Archive, issue: str, target: str, by: str, seconds: float, *, take: bool = False
) -> Claim:
    """Claims or prolongs. Gives the claim that holds now: somebody else's when he was first and
    his has not run out, unless `take`."""
    now = time.time()
    table = tables.claims
    mine = (table.c.issue_id == issue) & (table.c.target == target)

    def work(connection: Connection) -> Claim:
        row = connection.execute(select(table).where(mine).with_for_update()).mappings().first()
        if row is None:
            values = {"issue_id": issue, "target": target, "by": by, "until": now + seconds}
            if connection.dialect.name == "postgresql":
                from sqlalchemy.dialects.postgresql import insert as upsert

                done = connection.execute(
                    upsert(table).values(**values).on_conflict_do_nothing().returning(table.c.by)
                ).first()
                if done is None:
                    other = connection.execute(select(table).where(mine)).mappings().one()
                    return Claim(issue, target, str(other["by"]), float(other["until"]))
            else:
                connection.execute(insert(table).values(**values))
            return Claim(issue, target, by, now + seconds)
        if row["by"] != by and row["until"] > now and not take:
            return Claim(issue, target, str(row["by"]), float(row["until"]))
        connection.execute(update(table).where(mine).values(by=by, until=now + seconds))
        return Claim(issue, target, by, now + seconds)

    return archive.catalogue.transact(work)


def release(archive: Archive, issue: str, target: str, by: str) -> None:
    table = tables.claims
    query = delete(table).where(
        table.c.issue_id == issue, table.c.target == target, table.c.by == by
    )
    archive.catalogue.transact(lambda c: c.execute(query) and None)


def prolong(archive: Archive, issue: str, by: str, seconds: float) -> None:
    """Prolongs all that `by` holds of an issue and that has not run out."""
    now = time.time()
    table = tables.claims
    query = (
        update(table)
        .where(table.c.issue_id == issue, table.c.by == by, table.c.until > now)
        .values(until=now + seconds)
    )
    archive.catalogue.transact(lambda c: c.execute(query) and None)


def list_claims(archive: Archive, issue: str = "") -> tuple[Claim, ...]:
    """Claims that have not run out."""
    table = tables.claims
    query = select(table).where(table.c.until > time.time())
    if issue:
        query = query.where(table.c.issue_id == issue)
    query = query.order_by(table.c.issue_id, table.c.target)

    def work(connection: Connection) -> tuple[Claim, ...]:
        return tuple(
            Claim(str(r["issue_id"]), str(r["target"]), str(r["by"]), float(r["until"]))
            for r in connection.execute(query).mappings()
        )

    return archive.catalogue.query(work)
