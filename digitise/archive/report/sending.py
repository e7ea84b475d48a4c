"""The report's way to people: by mail, and to a web address."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import urllib.request
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

from ...errors import DigitiseError
from ...messages import Language
from ..settings import Settings
from ..texts import say
from .facts import Facts
from .html import report_html
from .text import report_text, verdict
from .writing import report_json


def send(settings: Settings, facts: Facts, complain: Callable[[tuple[str, str]], None]) -> None:
    """Sends the report to where the settings say; tells `complain` what could not be sent."""
    for way in (_mail, _webhook):
        try:
            way(settings, facts)
        except (OSError, smtplib.SMTPException, ValueError, DigitiseError) as error:
            why = _why(error)
            complain((f"The report could not be sent: {why}.", f"报告未能发出：{why}。"))


def _why(error: Exception) -> str:
    said = str(error)
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        said = f"{error.smtp_code} {words}"
    return " ".join(said.split())[:200] or type(error).__name__


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
