"""What was delivered: its files, and a digest that knows the same content again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from ..sources import PageRef, digest


def content_digest(refs: Sequence[PageRef]) -> str:
    """sha256 over the contents of all pages in order, whatever the files are called and whether
    they lie in a folder or a ZIP. Raises what sources.digest raises."""
    return joint([digest(ref) for ref in refs])


def joint(digests: Sequence[str]) -> str:
    """One digest of several, in this order."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def common_folder(refs: Sequence[PageRef]) -> Path:
    """The deepest folder that holds all the files."""
    parents = [os.path.abspath(ref.path.parent) for ref in refs]  # noqa: PTH100
    return Path(os.path.commonpath(parents))
