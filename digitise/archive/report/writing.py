"""The report's files, and its way to people."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from email.message import EmailMessage

from sqlalchemy import Connection

from ...errors import DigitiseError
from ...messages import Language
from .. import places
from ..ingest.ledger import note
from ..library import Archive
from ..settings import Settings
from ..texts import say
from .facts import Facts, gather, last_report
from .html import report_html
from .text import report_text, verdict


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
    for send in (_mail, _webhook):
        try:
            send(settings, facts)
        except (OSError, smtplib.SMTPException, ValueError, DigitiseError) as error:
            why = " ".join(str(error).split())[:200] or type(error).__name__
            complain((f"The report could not be sent: {why}.", f"报告未能发出：{why}。"))
    return facts, key


def report_json(facts: Facts) -> bytes:
    """The facts without the pictures and without those of earlier nights."""
    value = asdict(facts) | {"look": facts.look}
    del value["nights"]
    for page in value["worst_pages"]:
        del page["thumbnail"]
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _subject(facts: Facts, language: Language) -> str:
    date = datetime.fromtimestamp(facts.until).astimezone().strftime("%Y-%m-%d")
    title = say("r.title", language)
    return say("r.subject", language, title=title, date=date, verdict=verdict(facts, language))


def report_mail(settings: Settings, facts: Facts) -> EmailMessage:
    """The mail: text, and the HTML beside it."""
    language: Language = "en" if settings.language == "en" else "zh"
    message = EmailMessage()
    message["Subject"] = _subject(facts, language)
    message["From"] = settings.mail.sender or "digitise@localhost"
    message["To"] = ", ".join(settings.mail.to)
    message.set_content(report_text(facts, language))
    message.add_alternative(report_html(facts, language), subtype="html")
    return message


def _mail(settings: Settings, facts: Facts) -> None:
    mail = settings.mail
    if not mail.to:
        return
    kind = smtplib.SMTP_SSL if mail.security == "tls" else smtplib.SMTP
    with kind(mail.host, mail.port, timeout=60) as server:
        if mail.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if mail.user:
            server.login(mail.user, os.environ.get("DIGITISE_SMTP_PASSWORD", ""))
        server.send_message(report_mail(settings, facts))


def _webhook(settings: Settings, facts: Facts) -> None:
    """POSTs the facts as JSON; "text" holds the report in the set language, as chat programs
    want it."""
    if not settings.webhook:
        return
    if not settings.webhook.startswith(("http://", "https://")):
        raise ValueError(f"not a web address: {settings.webhook}")
    language: Language = "en" if settings.language == "en" else "zh"
    value = json.loads(report_json(facts))
    body = {"text": report_text(facts, language), "look": facts.look, "report": value}
    request = urllib.request.Request(  # noqa: S310 - the kind of address is checked above
        settings.webhook,
        data=json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
        headers={"Content-Type": "application/json; charset=utf-8"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        answer.read(1)
