"""Getting in: the one-time token, names and passwords, the session cookie."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time

from starlette.requests import Request
from starlette.responses import Response

from ..archive import Archive
from ..archive.corrections import people
from ..archive.corrections.people import Session, User
from . import passwords
from .problems import Problem
from .settings import Settings

COOKIE = "digitise_session"
MOST_FAILURES = 5
MOST_FROM_ADDRESS = 30
WINDOW = 900.0


class Tokens:
    """The one-time token: it opens once."""

    def __init__(self, token: str) -> None:
        self._digest = _digest(token) if token else ""
        self._lock = threading.Lock()

    def spend(self, token: str) -> bool:
        with self._lock:
            good = bool(self._digest) and hmac.compare_digest(_digest(token), self._digest)
            if good:
                self._digest = ""
            return good


class Attempts:
    """Failed sign-ins of the last quarter of an hour, by name and by address: after so many, the
    name or address has to wait, longer with each further one."""

    def __init__(self) -> None:
        self._failed: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def check(self, *keys: str) -> None:
        """Raises Problem 429."""
        now = time.monotonic()
        with self._lock:
            wait = max((self._wait(key, now) for key in keys), default=0.0)
        if wait > 0:
            seconds = int(wait) + 1
            raise Problem(
                429,
                "too-many-attempts",
                (
                    f"Too many attempts. Try again in {seconds} seconds.",
                    f"尝试次数过多，请 {seconds} 秒后再试。",
                ),
                headers={"Retry-After": str(seconds)},
            )

    def _wait(self, key: str, now: float) -> float:
        times = [t for t in self._failed.get(key, ()) if now - t < WINDOW]
        if times:
            self._failed[key] = times
        else:
            self._failed.pop(key, None)
        # One address may serve a whole reading room: it is given more room than a name.
        over = len(times) - (MOST_FROM_ADDRESS if key.startswith("address ") else MOST_FAILURES)
        return times[-1] + min(WINDOW, 30.0 * 2.0**over) - now if over >= 0 else 0.0

    def failed(self, *keys: str) -> None:
        now = time.monotonic()
        with self._lock:
            if len(self._failed) > 10_000:
                self._failed = {k: v for k, v in self._failed.items() if v and now - v[-1] < WINDOW}
            for key in keys:
                self._failed.setdefault(key, []).append(now)

    def forget(self, *keys: str) -> None:
        with self._lock:
            for key in keys:
                self._failed.pop(key, None)


def sign_in(
    archive: Archive, attempts: Attempts, name: str, password: str, address: str
) -> tuple[str, Session]:
    """(what goes into the cookie, the session). Raises Problem 401 or 429."""
    keys = (f"name {name}", f"address {address}")
    attempts.check(*keys)
    user = people.find_user(archive, name)
    if not passwords.fits(password, user.password if user and user.active else ""):
        attempts.failed(*keys)
        people.note(archive, name[:80], address, "sign-in-failed")
        raise Problem(
            401, "sign-in-failed", ("Name or password are not right.", "用户名或密码不正确。")
        )
    assert user is not None
    attempts.forget(*keys)
    people.note(archive, name, address, "sign-in")
    return opened(archive, user)


def opened(archive: Archive, user: User) -> tuple[str, Session]:
    """A new session of that user."""
    secret = secrets.token_urlsafe(32)
    csrf = secrets.token_urlsafe(24)
    people.open_session(archive, _digest(secret), user.name, csrf)
    return secret, Session(user, csrf, time.time() + people.SESSION_SECONDS)


class Sessions:
    """The sessions of the catalogue, each looked up again after a few seconds: what is taken from
    a user elsewhere he loses that much later."""

    SECONDS = 3.0

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known: dict[str, tuple[float, Session]] = {}
        self._lock = threading.Lock()

    def find(self, request: Request) -> Session | None:
        secret = request.cookies.get(COOKIE, "")
        if not secret:
            return None
        key, now = _digest(secret), time.monotonic()
        with self._lock:
            seen = self._known.get(key)
        if seen is not None and now - seen[0] < self.SECONDS:
            return seen[1]
        found = people.find_session(self._archive, key)
        with self._lock:
            if len(self._known) > 1000:
                self._known.clear()
            if found is None:
                self._known.pop(key, None)
            else:
                self._known[key] = (now, found)
        return found

    def close(self, request: Request) -> None:
        secret = request.cookies.get(COOKIE, "")
        if secret:
            people.close_session(self._archive, _digest(secret))
            self.forget()

    def forget(self) -> None:
        """To be called when a user or a session was changed."""
        with self._lock:
            self._known.clear()


def set_cookie(response: Response, secret: str, settings: Settings) -> None:
    response.set_cookie(
        COOKIE, secret, max_age=int(people.SESSION_SECONDS), path="/",
        secure=settings.secure, httponly=True, samesite="lax",
    )  # fmt: skip


def clear_cookie(response: Response, settings: Settings) -> None:
    response.delete_cookie(COOKIE, path="/", secure=settings.secure, httponly=True, samesite="lax")


def csrf_fits(session: Session, given: str) -> bool:
    return hmac.compare_digest(session.csrf.encode(), given.encode("utf-8", "replace"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
