"""Engines by name, and what is installed of them."""

from __future__ import annotations

from functools import lru_cache

from ..errors import UsageError
from .engine import Engine
from .faulty import FaultyEngine
from .null import NullEngine
from .rapid import RapidEngine

NAMES = ("rapid", "tesseract", "null", "faulty")


@lru_cache(maxsize=8)
def get_engine(name: str, lang: str = "chi_sim", threads: int = 0) -> Engine:
    """The engine of that name, one for the whole process; `threads` 0 takes every core.

    Raises UsageError for a name that is not known, EngineMissing where it is not installed.
    """
    if name == "rapid":
        return RapidEngine(threads)
    if name == "null":
        return NullEngine()
    if name == "faulty" or name.startswith("faulty:"):
        return FaultyEngine(name)
    raise UsageError(
        (f"There is no engine named {name}.", f"没有名为 {name} 的引擎。"),
        (f"Choose one of: {', '.join(NAMES)}.", f"可选：{'、'.join(NAMES)}。"),
    )
