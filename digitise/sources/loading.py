"""One page of either kind -> Scan."""

from __future__ import annotations

from ..model import Scan
from ..options import Options
from .images import load_image
from .inputs import PageRef
from .pdf import render


def load_scan(ref: PageRef, options: Options) -> Scan:
    """The page's pixels, whatever holds it: image files decoded, PDF pages rendered (scanned
    ones at their own resolution). Raises InputMissing, InputUnreadable, InputEncrypted or
    InputTooLarge."""
    return load_image(ref, options) if ref.kind == "image" else render(ref, options)
