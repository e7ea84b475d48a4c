"""The structured log: a JSON object a line, with the ids of run, unit and page."""

from __future__ import annotations

import contextlib
import json
import secrets
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...errors import DigitiseError


class JsonLog:
    """Appends to `path`. A log that cannot be written does not stop the run: `broken` says so."""

    def __init__(self, path: Path | None) -> None:
        self.run = secrets.token_hex(4)
        self.broken = False
        self._path = path
        self._lock = threading.Lock()

    def __call__(self, name: str, facts: Mapping[str, Any]) -> None:
        if self._path is None:
            return
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "run": self.run,
            "event": name,
            **{key: _plain(value) for key, value in facts.items()},
        }
        text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
        with self._lock, contextlib.suppress(OSError):
            self.broken = True
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # One write of one line: lines of several processes do not mix.
            with self._path.open("ab", buffering=0) as file:
                file.write(text.encode("utf-8", "replace"))
            self.broken = False


def _plain(value: Any) -> Any:
    if isinstance(value, DigitiseError):
        return {"kind": type(value).__name__, "en": value.text("en"), "zh": value.text("zh")}
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
