"""Every failure a user can meet, each with its exit code and its remedy.

    DigitiseError                1   anything not below
    ├── UsageError               2   options that do not fit together
    ├── InputMissing             3   no such file, empty folder
    ├── InputUnreadable          4   damaged, truncated, zero bytes, not what its name says
    ├── InputEncrypted           5   needs a password
    ├── InputTooLarge            6   more pixels than the limit
    ├── PageBlank                7   nothing printed that could be read
    ├── OutputUnwritable         8   folder read-only, disk full
    ├── EngineMissing            9   an OCR engine or language that is not installed
    ├── EngineFailed            10   an engine broke on this page
    ├── FontMissing             11   a font pack the typesetting scripts need
    ├── PageUnknown             12   a page label or number the issue does not have
    ├── DataInvalid             13   issue.json or a truth file that does not follow the schema
    ├── CatalogueUnavailable    14   the archive's database is away or cannot be written
    └── IssueIncomplete         20   finished, but some pages failed (see the report)

130 is kept for Ctrl-C. A message says what and where; `remedy` says what to do.
Messages are given in English and Chinese, as (en, zh).
"""

from __future__ import annotations

from typing import ClassVar


class DigitiseError(Exception):
    """`message` and `remedy`: one clear sentence each, as (English, Chinese)."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: tuple[str, str], remedy: tuple[str, str] = ("", "")) -> None:
        super().__init__(message[0])
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[DigitiseError], tuple[tuple[str, str], tuple[str, str]]]:
        return (type(self), (self.message, self.remedy))

    def text(self, language: str = "en") -> str:
        """Message and remedy in one line; `language` is "en" or "zh"."""
        i = 1 if language == "zh" else 0
        remedy = self.remedy[i]
        return self.message[i] + ((" " if i == 0 else "") + remedy if remedy else "")


class UsageError(DigitiseError):
    exit_code = 2


class InputMissing(DigitiseError):
    exit_code = 3


class InputUnreadable(DigitiseError):
    exit_code = 4


class InputEncrypted(DigitiseError):
    exit_code = 5


class InputTooLarge(DigitiseError):
    exit_code = 6


class PageBlank(DigitiseError):
    exit_code = 7


class OutputUnwritable(DigitiseError):
    exit_code = 8


class EngineMissing(DigitiseError):
    exit_code = 9


class EngineFailed(DigitiseError):
    exit_code = 10


class FontMissing(DigitiseError):
    exit_code = 11


class PageUnknown(DigitiseError):
    exit_code = 12


class DataInvalid(DigitiseError):
    exit_code = 13


class CatalogueUnavailable(DigitiseError):
    exit_code = 14


class IssueIncomplete(DigitiseError):
    exit_code = 20
