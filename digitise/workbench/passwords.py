"""Passwords as Argon2id hashes (RFC 9106; the library's defaults are its low-memory profile)."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from .problems import invalid

SHORTEST = 10
LONGEST = 200
_hasher = PasswordHasher()
# Each takes 64 MB and a core for a while: a few at once, however many ask.
_turn = threading.BoundedSemaphore(2)


def hashed(password: str) -> str:
    """Raises Problem 422 for a password too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise invalid(
            "password",
            f"must have {SHORTEST} to {LONGEST} characters",
            f"应为 {SHORTEST} 至 {LONGEST} 个字符",
        )
    with _turn:
        return _hasher.hash(password)


def fits(password: str, known: str) -> bool:
    """Whether a password is that of the hash. Takes as long when `known` is empty: how quickly
    the answer comes tells nobody which names there are."""
    with _turn:
        try:
            right = _hasher.verify(known or _nobody(), password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return right and bool(known)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
