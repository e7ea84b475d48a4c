# mypy: disable-error-code="no-untyped-call"
"""A page that was read from its text layer, drawn the way its sheet lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..model import Affine, Gray, Rect, Sheet
from .inputs import PageRef
from .pdf import opened_page, render_page

_TURNS = {(1, 0): 0, (0, -1): 90, (-1, 0): 180, (0, 1): 270}


@contextmanager
def drawn_page(ref: PageRef, sheet: Sheet) -> Iterator[Callable[[float, Rect | None], Gray]]:
    """(dpi, part in pixels at that resolution or None) -> grey (height, width). Raises as
    `pdf.opened_page`."""
    back = sheet.to_original
    turn = _TURNS[round(back.a), round(back.b)] if isinstance(back, Affine) else 0
    with opened_page(ref) as page:
        if turn:
            page.set_rotation((page.rotation - turn) % 360)
        yield lambda dpi, part: render_page(page, dpi, part)
