"""archive.toml: what is set once for an archive. All of it may be left out."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import DataInvalid
from ..options import Options
from . import places
from .store import Store

EMPTY = b"""\
# A digitise archive. docs/archive.md tells what can be set here.
schema = "digitise/archive/1"
"""


@dataclass(frozen=True, slots=True)
class Mail:
    """Where the nightly report is sent. `security`: "starttls", "tls" or "none". The password
    comes from the environment variable DIGITISE_SMTP_PASSWORD."""

    to: tuple[str, ...] = ()
    sender: str = ""
    host: str = "localhost"
    port: int = 25
    user: str = ""
    security: str = "none"


@dataclass(frozen=True, slots=True)
class Settings:
    """`formats`: exports made of every issue. `language` of the report sent by mail. `attempts`:
    how often something that may pass is tried. `page_memory`: bytes a page may take, 0: any."""

    catalogue: str = ""
    options: Options = field(default_factory=Options)
    formats: tuple[str, ...] = ()
    language: str = "zh"
    page_seconds: float = 600.0
    issue_seconds: float = 1800.0
    page_memory: int = 4 << 30
    attempts: int = 3
    back_off: float = 60.0
    mail: Mail = field(default_factory=Mail)
    webhook: str = ""
    metrics: str = ""


def catalogue_url(store: Store) -> str:
    """The catalogue that is named in the environment (DIGITISE_CATALOGUE) or in archive.toml;
    empty when none is."""
    return os.environ.get("DIGITISE_CATALOGUE", "") or load_settings(store).catalogue


def load_settings(store: Store) -> Settings:
    """Raises DataInvalid, naming the place, InputMissing."""
    name = f"{store.address}/{places.MARK}"
    try:
        value = tomllib.loads(store.read(places.MARK).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise invalid(name, "", str(error)) from error
    return _Reader(name, value).settings()


class _Reader:
    """Takes values out of a table and complains of what has the wrong kind or is not known."""

    def __init__(self, name: str, value: Mapping[str, Any], place: str = "") -> None:
        self._name, self._left, self._place = name, dict(value), place

    def settings(self) -> Settings:
        self.take("schema", "")
        d = Settings()
        ingest, report = self.table("ingest"), self.table("report")
        mail = report.table("mail")
        o = d.options
        out = Settings(
            catalogue=self.take("catalogue", ""),
            options=Options(
                engine=ingest.take("engine", o.engine),
                lang=ingest.take("lang", o.lang),
                text_layer=ingest.take("text_layer", o.text_layer),
                dpi=ingest.take("dpi", o.dpi),
                max_pixels=ingest.take("max_pixels", o.max_pixels),
            ),
            formats=ingest.texts("formats"),
            page_seconds=ingest.number("page_seconds", d.page_seconds),
            issue_seconds=ingest.number("issue_seconds", d.issue_seconds),
            page_memory=int(ingest.number("page_memory_mb", d.page_memory >> 20)) << 20,
            attempts=ingest.take("attempts", d.attempts),
            back_off=ingest.number("back_off_seconds", d.back_off),
            language=report.take("language", d.language),
            webhook=report.take("webhook", ""),
            metrics=report.take("metrics", ""),
            mail=Mail(
                to=mail.texts("to"),
                sender=mail.take("from", ""),
                host=mail.take("host", "localhost"),
                port=mail.take("port", 25),
                user=mail.take("user", ""),
                security=mail.take("security", "none"),
            ),
        )
        for reader in (self, ingest, report, mail):
            reader.finish()
        return out

    def take(self, key: str, default: Any) -> Any:
        value = self._left.pop(key, default)
        if type(value) is not type(default):
            raise invalid(self._name, self._place + key, f"not {type(default).__name__}")
        return value

    def number(self, key: str, default: float) -> float:
        value = self._left.pop(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise invalid(self._name, self._place + key, "not a number")
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key, [])
        if not all(isinstance(item, str) for item in value):
            raise invalid(self._name, self._place + key, "not a list of texts")
        return tuple(value)

    def table(self, key: str) -> _Reader:
        return _Reader(self._name, self.take(key, {}), f"{self._place}{key}.")

    def finish(self) -> None:
        for key in self._left:
            raise invalid(self._name, self._place + key, "not known")


def invalid(name: str, place: str, why: str) -> DataInvalid:
    at_en, at_zh = (f" at {place}", f"的 {place} 处") if place else ("", "")
    return DataInvalid(
        (f"{name} is wrong{at_en}: {why}.", f"{name} {at_zh}有误：{why}。"),
        ("docs/archive.md tells what can be set.", "可设置的内容见 docs/archive.md。"),
    )
