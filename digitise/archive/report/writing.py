"""The report's files, and its way to people."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection

from .. import places
from ..ingest.ledger import note
from ..library import Archive
from ..settings import Settings
from .facts import Facts, gather, last_report
from .html import report_html
from .text import report_text


def write_report(
    archive: Archive,
    settings: Settings,
    *,
    waiting: Sequence[str] = (),
    fault: tuple[str, str] = ("", ""),
    complain: Callable[[tuple[str, str]], None] = lambda _text: None,
) -> tuple[Facts, str]:
    """Writes the report of the time since the last one to reports/<date-time>/, in both
    languages, sends it where the settings say, and gives its facts and its key.

    What cannot be sent is told to `complain`: a report that lies in the archive is not to fail
    for a mail server. Raises OutputUnwritable, CatalogueUnavailable.
    """
    until = archive.catalogue.now()
    facts = gather(archive, last_report(archive), until, waiting=waiting, fault=fault)
    stamp = datetime.fromtimestamp(until).astimezone().strftime("%Y-%m-%dT%H%M%S")
    key = f"{places.REPORTS}/{stamp}"
    for language in ("zh", "en"):
        for name, base in ((f"{key}/report", "../../"), (f"{places.REPORTS}/latest", "../")):
            html = report_html(facts, language, base).encode("utf-8", "replace")
            archive.store.put(f"{name}.{language}.html", html)
        text = report_text(facts, language).encode("utf-8", "replace")
        archive.store.put(f"{key}/report.{language}.txt", text)
    archive.store.put(f"{key}/report.json", report_json(facts))

    def enter(connection: Connection) -> None:
        note(connection, until, "", "report", (key, key))

    archive.catalogue.transact(enter)
    if settings.mail.to or settings.webhook:
        from .sending import send

        send(settings, facts, complain)
    return facts, key


def report_json(facts: Facts) -> bytes:
    """The facts without the pictures and without those of earlier nights."""
    value = asdict(facts) | {"look": facts.look}
    del value["nights"]
    for page in value["worst_pages"]:
        del page["thumbnail"]
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
