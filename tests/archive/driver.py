"""Runs `digitise ingest` and kills its own process at a given point, as `kill -9` would.

    driver.py POINT arguments of ingest

POINT: "step:STATE:N" when a unit in that state is taken up for the Nth time; "place:N" after the
Nth file was put in its place; "put:N"; "commit:N" after the Nth transaction that writes,
"before:N" within it; "none".
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from typing import Any

from digitise.archive import catalogue, store
from digitise.archive.ingest import process
from digitise.cli import call


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(point: str) -> None:
    kind, _, rest = point.partition(":")
    counter = itertools.count(1)
    if kind == "step":
        state, _, number = rest.partition(":")
        steps: dict[str, Any] = process._STEPS  # type: ignore[assignment]
        step = steps[state]

        def stepping(run: Any, unit: Any) -> Any:
            if next(counter) == int(number):
                die()
            return step(run, unit)

        steps[state] = stepping
    elif kind in ("place", "put"):
        method = getattr(store.LocalStore, kind)

        def doing(self: Any, *given: Any) -> None:
            method(self, *given)
            if next(counter) == int(rest):
                die()

        setattr(store.LocalStore, kind, doing)
    elif kind in ("commit", "before"):
        once = catalogue.Catalogue._once

        def committing(self: Any, work: Any) -> Any:
            number = next(counter)

            def inside(connection: Any) -> Any:
                answer = work(connection)
                if kind == "before" and number == int(rest):
                    die()
                return answer

            answer = once(self, inside)
            if kind == "commit" and number == int(rest):
                die()
            return answer

        catalogue.Catalogue._once = committing  # type: ignore[method-assign]


if __name__ == "__main__":
    arm(sys.argv[1])
    sys.exit(call(sys.argv[2:]))
