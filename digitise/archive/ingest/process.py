"""One unit taken as far as it goes, whatever happens on the way."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping

from ...errors import DigitiseError, InputMissing
from ...formats.write import unwritable
from ...jobs import unforeseen
from ..store import remove_tree
from . import ledger, states, steps
from .context import Context, Interrupted, PlaceFault
from .ledger import MAX_CLAIMS, LeaseLost, Unit
from .quarantine import quarantine

_STEPS: Mapping[str, Callable[[Context, Unit], Unit]] = {
    states.RECEIVED: steps.prepare,
    states.PREPARED: steps.recognise,
    states.RECOGNISED: steps.assemble,
    states.ASSEMBLED: steps.export,
    states.EXPORTED: steps.finish,
}


def process(run: Context, unit: Unit) -> None:
    """Takes a unit that is ours to its end, or puts it off. Raises PlaceFault when nothing can
    be written; the unit then stays as it is."""
    try:
        if unit.claims > MAX_CLAIMS:
            quarantine(run, unit, "Deadly", _deadly(unit))
            return
        while unit.state in states.WORKING:
            if run.stop.is_set():
                return
            run.tell("step", {"unit": unit.id, "name": unit.name, "state": unit.state})
            unit = _step(run, unit)
        run.tell(
            "ended",
            {"unit": unit.id, "name": unit.name, "state": unit.state, "issue": unit.issue_id,
             "version": unit.version, "pages": unit.pages, "reason": unit.reason},
        )  # fmt: skip
        safe = unit.state in (states.DONE, states.DUPLICATE)
        if run.remove and safe and not unit.facts.get("again"):
            _clear(run, unit)
    except (LeaseLost, Interrupted, KeyError):
        return
    except DigitiseError as error:
        raise PlaceFault(error) from error


def _step(run: Context, unit: Unit) -> Unit:
    try:
        return _STEPS[unit.state](run, unit)
    except steps.WorkLost:
        remove_tree(run.folder(unit) / "made")
        return ledger.advance(
            run.archive.catalogue,
            unit,
            states.RECEIVED,
            ("work under way was lost", "进行中的工作文件已丢失"),
        )
    except steps.InputChanged as error:
        return _let_go(run, unit, states.SUPERSEDED, "Changed", _changed(str(error)))
    except steps.AllPagesFailed as error:
        return quarantine(run, unit, error.entry.reason_code, error.entry.reason)
    except (LeaseLost, Interrupted):
        raise
    except DigitiseError as error:
        return _faulty(run, unit, error)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ESTALE) and not _still_ours(run, unit):
            raise LeaseLost(unit.id) from error
        raise PlaceFault(unwritable(run.folder(unit), error)) from error
    except Exception as error:
        if not _still_ours(run, unit):
            raise LeaseLost(unit.id) from error
        return _faulty(run, unit, unforeseen(error))


def _faulty(run: Context, unit: Unit, error: DigitiseError) -> Unit:
    fault = states.fault_of(error)
    if fault == "place":
        if not _still_ours(run, unit):
            raise LeaseLost(unit.id)
        raise PlaceFault(error)
    if isinstance(error, InputMissing) and unit.state == states.RECEIVED and _all_gone(run, unit):
        reason = error.text("en"), error.text("zh")
        return _let_go(run, unit, states.VANISHED, "InputMissing", reason)
    code = type(error).__name__
    if fault == "input":
        return quarantine(run, unit, code, (error.text("en"), error.text("zh")))
    # Pages count their own tries (pagebook); anything else may be tried so often.
    by_page = unit.state == states.PREPARED
    if not by_page and unit.attempts + 1 >= run.settings.attempts:
        return quarantine(run, unit, code, _tried(error, unit.attempts + 1))
    return ledger.put_off(run.archive.catalogue, unit, error, run.settings.back_off)


def _all_gone(run: Context, unit: Unit) -> bool:
    try:
        box = run.inbox(unit)
    except DigitiseError:
        return False
    return any(box.look(source.name) is None for source in unit.sources)


def _let_go(run: Context, unit: Unit, state: str, code: str, reason: tuple[str, str]) -> Unit:
    remove_tree(run.folder(unit))
    return ledger.advance(
        run.archive.catalogue, unit, state, reason,
        reason_code=code, reason_en=reason[0], reason_zh=reason[1],
    )  # fmt: skip


def _still_ours(run: Context, unit: Unit) -> bool:
    return ledger.find(run.archive.catalogue, unit.id).owner == run.owner


def _clear(run: Context, unit: Unit) -> None:
    box = run.inbox(unit)
    for source in unit.sources:
        box.remove(source)


def _changed(name: str) -> tuple[str, str]:
    return (
        f"{name} was written to while it was copied; it will be taken in when it is whole.",
        f"复制 {name} 时它仍在变化，待写完后再收入。",
    )


def _tried(error: DigitiseError, times: int) -> tuple[str, str]:
    return (
        f"Given up after {times} tries. {error.text('en')}",
        f"尝试 {times} 次后放弃。{error.text('zh')}",
    )


def _deadly(unit: Unit) -> tuple[str, str]:
    return (
        f"The program was ended {unit.claims} times while it worked on this (state {unit.state}).",
        f"处理此单元时程序已中止 {unit.claims} 次（状态 {unit.state}）。",
    )
