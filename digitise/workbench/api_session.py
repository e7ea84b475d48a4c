"""Who am I, signing in and out, users, the audit log."""

from __future__ import annotations

from typing import Any

from starlette.routing import Route

from .. import __version__
from ..archive.corrections import operations as ops
from ..archive.corrections import people
from ..archive.corrections.journal import stamp
from ..archive.corrections.people import ROLES, Session, User
from ..archive.corrections.standing import DOUBTFUL, DOUBTFUL_MARK
from ..formats.exports.registry import FORMATS
from . import passwords, problems, signing
from .calls import Call, Json, route
from .desk import engines
from .problems import Problem

_NAME = 60


def routes() -> list[Route]:
    return [
        route("GET", "/api/session", session),
        route("POST", "/api/sign-in", sign_in, None),
        route("POST", "/api/sign-out", sign_out),
        route("POST", "/api/password", password),
        route("GET", "/api/people", everybody),
        route("GET", "/api/users", users, "administer"),
        route("POST", "/api/users", add_user, "administer"),
        route("POST", "/api/users/{name}", change_user, "administer"),
        route("GET", "/api/audit", audit, "administer"),
    ]


def session(call: Call) -> Any:
    assert call.session is not None
    return _session(call, call.session)


def _session(call: Call, found: Session) -> dict[str, Any]:
    settings = call.desk.settings
    import time

    return {
        "user": _brief(found.user),
        "can": list(found.user.rights),
        "csrf": found.csrf,
        "language": settings.language,
        "demo": settings.demo,
        "version": __version__,
        "time": stamp(time.time()),
        "engines": [{"name": name, "usable": usable} for name, usable in engines()],
        "formats": [
            {"name": f.name, "title": {"en": f.summary[0], "zh": f.summary[1]}}
            for f in FORMATS.values()
        ],
        "kinds": {
            "region": list(ops.REGION_KINDS),
            "article": list(ops.ARTICLE_KINDS),
            "writing_mode": list(ops.WRITING_MODES),
        },
        "limits": {
            "body": settings.body,
            "text": 2000,
            "operations": 200,
            "claim_seconds": settings.claim_seconds,
            "doubtful": DOUBTFUL,
            "doubtful_mark": DOUBTFUL_MARK,
        },
    }


def sign_in(call: Call) -> Any:
    name = call.body.text("name", longest=_NAME)
    secret, found = signing.sign_in(
        call.desk.archive, call.desk.attempts, name, call.body.text("password"), call.address
    )
    answer = Json(_session(call, found))
    signing.set_cookie(answer, secret, call.desk.settings)
    return answer


def sign_out(call: Call) -> Any:
    call.desk.sessions.close(call.request)
    answer = Json({})
    signing.clear_cookie(answer, call.desk.settings)
    return answer


def password(call: Call) -> Any:
    key = f"name {call.user.name}"
    call.desk.attempts.check(key)
    if not passwords.fits(call.body.text("old"), call.user.password):
        call.desk.attempts.failed(key)
        raise Problem(401, "sign-in-failed", ("The old password is not right.", "旧密码不正确。"))
    new = passwords.hashed(call.body.text("new"))
    people.change_user(call.desk.archive, call.user.name, password=new)
    call.desk.sessions.forget()
    _note(call, "password-changed", call.user.name)
    secret, _ = signing.opened(call.desk.archive, call.user)
    answer = Json({})
    signing.set_cookie(answer, secret, call.desk.settings)
    return answer


def everybody(call: Call) -> Any:
    return {"people": [_brief(u) for u in people.list_users(call.desk.archive) if u.active]}


def users(call: Call) -> Any:
    return {"users": [_whole(user) for user in people.list_users(call.desk.archive)]}


def add_user(call: Call) -> Any:
    name = call.body.text("name", longest=_NAME).strip()
    if not name or "/" in name:
        raise problems.invalid("name", "must be a name without slashes", "应为不含斜杠的名称")
    user = User(
        name,
        call.body.text("display", name, 120),
        call.body.choice("role", ROLES),
        True,
        passwords.hashed(call.body.text("password")),
    )
    people.add_user(call.desk.archive, user)
    _note(call, "user-added", f"{name} {user.role}")
    return {"user": _whole(user)}


def change_user(call: Call) -> Any:
    name = call.path["name"]
    if people.find_user(call.desk.archive, name) is None:
        raise problems.unknown(name)
    values: dict[str, Any] = {}
    if call.body.has("display"):
        values["display"] = call.body.text("display", longest=120)
    if call.body.has("role"):
        values["role"] = call.body.choice("role", ROLES)
    if call.body.has("active"):
        values["active"] = call.body.flag("active")
    if name == call.user.name and ("role" in values or values.get("active") is False):
        raise Problem(
            403,
            "not-allowed",
            ("Nobody takes his own rights away.", "不能更改自己的权限。"),
        )
    if call.body.has("password"):
        values["password"] = passwords.hashed(call.body.text("password"))
    user = people.change_user(call.desk.archive, name, **values)
    call.desk.sessions.forget()
    assert user is not None
    _note(call, "user-changed", f"{name} {' '.join(sorted(values))}")
    return {"user": _whole(user)}


def audit(call: Call) -> Any:
    limit = call.query.whole("limit", 200, 1, 1000)
    entries = people.list_audit(call.desk.archive, limit, call.query.whole("before", 0, 0, 2**53))
    return {
        "entries": [
            {
                "id": entry["key"],
                "at": stamp(entry["at"]),
                "by": entry["by"],
                "address": entry["address"],
                "action": entry["action"],
                "detail": entry["detail"],
            }
            for entry in entries
        ]
    }


def _note(call: Call, action: str, detail: str) -> None:
    people.note(call.desk.archive, call.user.name, call.address, action, detail)


def _brief(user: User) -> dict[str, Any]:
    return {"name": user.name, "display": user.display, "role": user.role}


def _whole(user: User) -> dict[str, Any]:
    last = stamp(user.last_at) if user.last_at else ""
    return {**_brief(user), "active": user.active, "last": last}
