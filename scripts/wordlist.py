"""The word list with frequencies of the package jieba (MIT licence), for scripts that train models."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any


def listed() -> Iterator[tuple[str, int]]:
    """The words and their frequencies, in the order of the list."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        sys.exit("The word list is in the package jieba: pip install 'digitise[train]'")
    rows = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    for row in rows:
        word, count, *_ = row.split(" ")
        yield word, int(count)


def traditional(word: str) -> str:
    """The word in the traditional characters that OpenCC gives."""
    return str(_converter().convert(word))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")
