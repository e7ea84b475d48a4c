"""Managing users from the command line."""

from __future__ import annotations

from typing import Any

from ..archive import open_archive
from ..archive.corrections import people
from ..archive.corrections.people import User
from ..errors import DataInvalid
from . import passwords
from .problems import Problem


def users(archive: str, catalogue: str) -> tuple[User, ...]:
    """Raises InputMissing and others of open_archive."""
    return people.list_users(open_archive(archive, catalogue))


def add_user(
    archive: str, catalogue: str, name: str, display: str, role: str, password: str
) -> None:
    """Raises DataInvalid for a name that is taken or a password that is too short."""
    place = open_archive(archive, catalogue)
    name = name.strip()
    if not name or "/" in name or len(name) > 60:
        raise DataInvalid(
            ("name: must be a short name without slashes.", "name：应为不含斜杠的简短名称。")
        )
    people.add_user(place, User(name, display, role, True, _hashed(password)))
    people.note(place, "", "", "user-added", f"{name} {role}")


def change_user(
    archive: str,
    catalogue: str,
    name: str,
    display: str | None,
    role: str | None,
    active: bool | None,
    password: str | None,
) -> None:
    """Raises DataInvalid when there is no such user."""
    place = open_archive(archive, catalogue)
    values: dict[str, Any] = {"display": display, "role": role, "active": active}
    values = {key: value for key, value in values.items() if value is not None}
    if password is not None:
        values["password"] = _hashed(password)
    if people.find_user(place, name) is None:
        raise DataInvalid((f"There is no user {name}.", f"没有用户 {name}。"))
    people.change_user(place, name, **values)
    people.note(place, "", "", "user-changed", f"{name} {' '.join(sorted(values))}")


def _hashed(password: str) -> str:
    try:
        return passwords.hashed(password)
    except Problem as problem:
        raise DataInvalid(problem.texts) from problem
