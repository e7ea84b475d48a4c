"""What every step of a run needs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...errors import DigitiseError
from ..library import Archive
from ..settings import Settings
from ..store import LocalStore, Store
from ..titles import Profile
from .crew import Crew
from .inbox import Inbox, open_inbox
from .ledger import Unit

Listener = Callable[[str, Mapping[str, Any]], None]
"""Called with the name of what happened and its facts; from several threads."""


@dataclass(frozen=True, slots=True)
class Context:
    """`work`: a folder of this machine for work under way; `remove`: take deliveries away from
    the inbox once they are safe; `stop`: set when the run is to end."""

    archive: Archive
    settings: Settings
    profiles: tuple[Profile, ...]
    crew: Crew
    work: Path
    owner: str
    remove: bool = False
    tell: Listener = lambda _name, _facts: None
    stop: threading.Event = field(default_factory=threading.Event)

    def inbox(self, unit: Unit) -> Inbox:
        """The inbox a unit came through. Raises InputMissing when it is not there."""
        return open_inbox(unit.inbox)

    def folder(self, unit: Unit) -> Path:
        return self.work / "units" / unit.id

    @property
    def quarantine(self) -> Store:
        return self.archive.store


class Interrupted(Exception):
    """The run is ending; the unit stays as it is."""


class PlaceFault(Exception):
    """Nothing can be written now; the unit stays as it is."""

    def __init__(self, error: DigitiseError) -> None:
        super().__init__(str(error))
        self.error = error


__all__ = ["Context", "Interrupted", "Listener", "LocalStore", "PlaceFault"]
