"""An engine that breaks on demand, for testing what happens to the other pages.

Its name says how: `faulty` or `faulty:detect` fails when looking for lines,
`faulty:recognise` when reading them, `faulty:crash` kills the process that runs it,
`faulty:hang` does not come back for an hour, `faulty:memory` takes all the memory it can get. A
number after a further colon lets that many
calls pass first: `faulty:detect:1` breaks on the second page.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from ..errors import EngineFailed, UsageError
from ..model import Gray
from .engine import Detection, LineImage, Recognition

FAULTS = ("detect", "recognise", "crash", "hang", "memory")


class FaultyEngine:
    version = "1"

    def __init__(self, name: str = "faulty") -> None:
        fault, _, patience = name.partition(":")[2].partition(":")
        if (fault or "detect") not in FAULTS or (patience and not patience.isdecimal()):
            raise UsageError(
                (f"There is no engine named {name}.", f"没有名为 {name} 的引擎。"),
                (
                    "Known faults: " + ", ".join(f"faulty:{f}" for f in FAULTS) + ".",
                    "可用的故障：" + "、".join(f"faulty:{f}" for f in FAULTS) + "。",
                ),
            )
        self.name = name
        self._fault = fault or "detect"
        self._patience = int(patience or 0)

    def detect(self, gray: Gray, em: float | None = None) -> tuple[Detection, ...]:
        del em
        if self._fault != "recognise":
            self._break()
        height, width = gray.shape
        corners = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)))
        return (Detection((*corners, (0.0, float(height))), 1.0),)

    def recognise(self, lines: Sequence[LineImage]) -> tuple[Recognition, ...]:
        if self._fault == "recognise":
            self._break()
        return tuple(Recognition("", (), ()) for _ in lines)

    def _break(self) -> None:
        if self._patience > 0:
            self._patience -= 1
            return
        if self._fault == "crash":
            os._exit(70)
        if self._fault == "hang":
            time.sleep(3600)
        if self._fault == "memory":
            hoard = []
            while True:
                hoard.append(b"x" * (64 << 20))
        raise EngineFailed(
            (
                f"The engine {self.name} failed, as it was asked to.",
                f"引擎 {self.name} 按要求发生故障。",
            ),
            ("Choose another engine.", "请选用其他引擎。"),
        )
