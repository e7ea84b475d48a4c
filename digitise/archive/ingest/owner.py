"""Who works on a unit, and whether they still live."""

from __future__ import annotations

import contextlib
import os
import platform
from pathlib import Path


def this_process() -> str:
    """A name no other process has, now or later: machine, process id, when it was started."""
    return f"{_machine()}/{os.getpid()}/{_started(os.getpid())}"


def is_dead(owner: str) -> bool:
    """True when the owner was a process of this machine that has ended. Of other machines
    nothing is known: False."""
    machine, _, rest = owner.partition("/")
    pid, _, started = rest.partition("/")
    if machine != _machine() or not pid.isdecimal():
        return False
    return _started(int(pid)) != started


def _machine() -> str:
    """Host, boot and process namespace: process ids only mean something within these."""
    boot = space = ""
    with contextlib.suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()[:8]
        space = str(Path("/proc/self/ns/pid").readlink()).strip("pid:[]")
    return f"{platform.node()[:40]}-{boot}-{space}".replace("/", "_")


def _started(pid: int) -> str:
    """When a process was started, in the system's ticks; "" when there is none, or it has ended
    and only its parent has not noticed."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        if Path("/proc/self/stat").exists():
            return ""
        return _asked(pid)
    fields = status.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]


def _asked(pid: int) -> str:
    """The same where there is no /proc: whether it is there is all that can be told."""
    if os.name != "posix":
        return "0"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        pass
    return "0"
