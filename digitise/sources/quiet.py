"""Keeping native libraries from writing their complaints on the user's terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_STDERR = 2


@contextmanager
def native_silence() -> Iterator[None]:
    """While it holds, what C code prints on file descriptor 2 is dropped.

    libtiff reports every oddity of a damaged file there; the one sentence that counts is the
    error raised. Without a usable descriptor nothing is changed.
    """
    with _LOCK:
        try:
            saved = os.dup(_STDERR)
        except OSError:
            yield
            return
        try:
            sink = os.open(os.devnull, os.O_WRONLY)
            os.dup2(sink, _STDERR)
            os.close(sink)
            yield
        finally:
            os.dup2(saved, _STDERR)
            os.close(saved)
