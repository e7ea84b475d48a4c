"""Numbers as people read them."""

from __future__ import annotations

from datetime import datetime

from ...messages import Language
from ..texts import say


def moment(seconds: float) -> str:
    """Local date and time of the machine, to the minute; "–" for 0."""
    if not seconds:
        return "–"
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def amount(number: int) -> str:
    return f"{number:,}"


def share(value: float) -> str:
    return f"{value:.1%}"


def size(count: int) -> str:
    """Bytes in powers of 1000, as disks are sold."""
    value, unit = float(count), "B"
    for larger in ("kB", "MB", "GB", "TB", "PB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.0f} {unit}" if value >= 100 or unit == "B" else f"{value:.1f} {unit}"


def clock(seconds: float) -> str:
    """h:mm:ss or m:ss."""
    hours, rest = divmod(round(seconds), 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def page_name(labels: str, language: Language) -> str:
    """Printed labels of pages ("A1 A2", "3") as they are spoken of."""
    gap = "、" if language == "zh" else ", "
    key = "r.page_no" if labels.replace(" ", "").isdecimal() else "r.page_label"
    return say(key, language, label=gap.join(labels.split()))
