"""An engine that finds nothing and reads nothing, for trying the rest without one."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Gray
from .engine import Detection, LineImage, Recognition


class NullEngine:
    name = "null"
    version = "1"

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        del gray, em
        return ()

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        return tuple(Recognition("", (), ()) for _ in lines)
