"""A whole run as the operator sees it: ingest, report, metrics, exit code."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ...errors import DigitiseError, UsageError
from ...formats.write import check_writable
from .. import places
from ..library import Archive, open_archive
from ..report.facts import Facts, last_report
from ..report.metrics import write_metrics
from ..report.writing import write_report
from ..settings import Settings, load_settings
from ..texts import say
from . import ledger, states
from .context import Listener
from .log import JsonLog
from .run import Plan, Tally, ingest

LOOK = 20
"""Exit code when somebody must look at the report."""


@dataclass(frozen=True, slots=True)
class Night:
    """`changes`: options given for this run, over those of archive.toml."""

    archive: str
    plan: Plan
    catalogue: str = ""
    watch: bool = False
    report_at: dt.time | None = None
    formats: tuple[str, ...] = ()
    log: Path | None = None
    metrics: Path | None = None
    patience: float = 300.0
    changes: Mapping[str, Any] = field(default_factory=dict)


def night(wanted: Night, show: Listener) -> int:
    """Ingests, writes the report, and gives the exit code: 0, or LOOK when somebody must look.

    Raises what keeps the run from going on: OutputUnwritable, CatalogueUnavailable, InputMissing,
    UsageError. The report is then written all the same if that can be done.
    """
    archive = open_archive(
        wanted.archive, wanted.catalogue, create=True, patience=min(wanted.patience, 30.0)
    )
    if archive.store.root is not None:
        check_writable(archive.store.root)
    archive = replace(
        archive,
        catalogue=replace(archive.catalogue, patience=wanted.patience, waiting=_waiting(show)),
    )
    _refuse_lost_catalogue(archive)
    settings = _settings(archive, wanted)
    log = JsonLog(_log_file(archive, wanted))
    complaints: list[str] = []

    def tell(name: str, facts: Mapping[str, Any]) -> None:
        log(name, facts)
        if name == "complaint":
            complaints.append(name)
        if name == "fault":
            error = facts["error"]
            facts = {"text": both("p.fault", error.text("en"), error.text("zh"), "error")}
        show(name, facts)

    since = ledger.last_event(archive.catalogue)
    waiting = ledger.list_units(archive.catalogue, (*states.WORKING, states.FAILED))
    tell("open", {"count": len(waiting)})
    daily = Daily(archive, settings, wanted, tell)
    fault: DigitiseError | None = None
    tally = Tally()
    try:
        tally = ingest(
            archive, wanted.plan, settings=settings, watch=wanted.watch, tell=tell,
            nightly=daily.now,
        )  # fmt: skip
    except UsageError:
        raise
    except DigitiseError as error:
        fault = error
        log("fault", {"error": error})  # whoever called us shows it
    facts = _report(archive, settings, tally, tell, fault)
    _end(archive, since, tell)
    # A report that could not be sent is one that nobody reads.
    look = bool(complaints) or (facts is not None and facts.look)
    code = fault.exit_code if fault else LOOK if look else 0
    _metrics(archive, settings, wanted, tell, code)
    if fault is not None:
        raise fault
    return code


def _settings(archive: Archive, wanted: Night) -> Settings:
    from ...exporting import check_names

    settings = load_settings(archive.store)
    changes = dict(wanted.changes)
    options = {
        name: changes.pop(name)
        for name in ("engine", "lang", "text_layer", "max_pixels") if name in changes
    }  # fmt: skip
    if "page_memory" in changes:
        changes["page_memory"] = int(changes["page_memory"]) << 20
    settings = replace(settings, options=replace(settings.options, **options), **changes)
    formats = tuple(dict.fromkeys((*settings.formats, *wanted.formats)))
    check_names(formats)
    return replace(settings, formats=formats)


def _refuse_lost_catalogue(archive: Archive) -> None:
    """A catalogue that knows nothing of a full archive would take everything in once more."""
    from sqlalchemy import select

    from .. import tables

    there = archive.catalogue.query(
        lambda c: c.execute(select(tables.issues.c.id).limit(1)).first()
    )
    if there is not None:
        return
    for title in archive.store.names():
        if not places.is_title(title) or "." in title:
            continue
        if any(key.endswith(f"/{places.VERSION}") for key in archive.store.keys(title)):
            raise UsageError(
                (
                    "The catalogue is empty, but the archive is not.",
                    "目录库为空，但档案库中已有内容。",
                ),
                (
                    "Run `digitise archive rebuild` first, or name the right catalogue.",
                    "请先运行 digitise archive rebuild，或指定正确的目录库。",
                ),
            )


def _log_file(archive: Archive, wanted: Night) -> Path | None:
    if wanted.log is not None or archive.store.root is None:
        return wanted.log
    month = dt.date.today().strftime("%Y-%m")
    return archive.store.root / places.LOGS / f"ingest-{month}.jsonl"


class Daily:
    """With `--watch`: the report once a day at its time."""

    def __init__(self, archive: Archive, settings: Settings, wanted: Night, tell: Listener) -> None:
        self._archive, self._settings, self._wanted, self._tell = archive, settings, wanted, tell
        self._measured = 0.0

    def now(self) -> None:
        if time.monotonic() - self._measured > 60:
            self._measured = time.monotonic()
            _metrics(self._archive, self._settings, self._wanted, self._tell, None)
        at = self._wanted.report_at
        if at is None:
            return
        clock = dt.datetime.fromtimestamp(self._archive.catalogue.now())
        due = clock.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        if due > clock:
            due -= dt.timedelta(days=1)
        last = last_report(self._archive).at
        # One of a time to come was written while the clock was wrong.
        if last < due.timestamp() or last > clock.timestamp():
            _report(self._archive, self._settings, Tally(), self._tell, None)


def _report(
    archive: Archive, settings: Settings, tally: Tally, tell: Listener, fault: DigitiseError | None
) -> Facts | None:
    text = (fault.text("en"), fault.text("zh")) if fault else ("", "")
    waiting = tally.looks[-1].waiting if tally.looks else ()
    # After a fault the database may well be away: it is not waited for a second time.
    if fault is not None:
        archive = replace(archive, catalogue=replace(archive.catalogue, patience=1.0))
    try:
        facts, key = write_report(
            archive, settings, waiting=waiting, fault=text,
            complain=lambda pair: tell("complaint", {"text": pair}),
        )  # fmt: skip
    except DigitiseError as error:
        if fault is None:
            raise
        if error.text("en") != fault.text("en"):
            tell("complaint", {"text": (error.text("en"), error.text("zh"))})
        return None
    place = f"{archive.store.address}/{key}/"
    tell("report", {"text": both("p.report", place, place, "place"), "look": facts.look})
    return facts


def _end(archive: Archive, since: int, tell: Listener) -> None:
    try:
        catalogue = replace(archive.catalogue, patience=1.0)
        query = ledger.at_rest_since(since)
        those = catalogue.query(lambda c: {str(row.unit_id) for row in c.execute(query)})
        ended = [u for u in ledger.list_units(catalogue) if u.id in those]
    except DigitiseError:
        return
    counts = {
        "issues": sum(u.state == states.DONE for u in ended),
        "quarantined": sum(u.state == states.QUARANTINED for u in ended),
        "failed": sum(u.state == states.FAILED for u in ended),
        "others": sum(u.state in (states.DUPLICATE, states.VANISHED, states.SPLIT) for u in ended),
    }
    if any(counts.values()):
        text = say("p.end", "en", **counts), say("p.end", "zh", **counts)
    else:
        text = say("p.nothing", "en"), say("p.nothing", "zh")
    tell("end", {"text": text, **counts})


def _metrics(
    archive: Archive, settings: Settings, wanted: Night, tell: Listener, code: int | None
) -> None:
    path = wanted.metrics or (Path(settings.metrics) if settings.metrics else None)
    if path is None:
        return
    try:
        write_metrics(archive, path, exit_code=code)
    except DigitiseError as error:
        tell("complaint", {"text": (error.text("en"), error.text("zh"))})


def _waiting(show: Listener) -> Any:
    last = [0.0]

    def waiting(why: str, seconds: float) -> None:
        if time.monotonic() - last[0] > 5:
            last[0] = time.monotonic()
            show("waiting", {"text": both("p.db", why, why, "why"), "seconds": seconds})

    return waiting


def both(key: str, english: str, chinese: str, name: str) -> tuple[str, str]:
    return say(key, "en", **{name: english}), say(key, "zh", **{name: chinese})
