"""报眉 and folio: the strip at the top of a page and the line at its foot."""

from __future__ import annotations

import re

from .scene import Scene

_HEADER = re.compile(
    r"^第?\s*[A-Z]?\d{1,3}\s*版?$|第\s*[一二三四五六七八九十\d]{1,3}\s*版|^[A-Z]\s?\d{1,2}(?:\D|$)|"
    r"责编|责任编辑|编辑[:：]|美编|版式|校对|值班|组版|电话[:：]|E.?mail|"
    r"\d{4}\s*年\s*\d+\s*月\s*\d+\s*日|星期[一二三四五六日天]|^\d{2}$|^\D{1,8}\s*\d{2}$|新闻热线",
    re.IGNORECASE,
)


def mark_header(scene: Scene) -> None:
    """报眉 and folio: the strip over the first long rule at the top, and at the very foot."""
    sheet = scene.sheet
    width, height = sheet.width, sheet.height
    if any(kind == "masthead" for kind in scene.kind.values()):
        return
    limit = 0.0
    for r in sorted(scene.barriers.horizontal, key=lambda r: r.cy):
        if r.cy > 0.13 * height:
            break
        if r.width < 0.6 * width:
            continue
        over = [i for i, b in enumerate(scene.blocks) if b.box.cy < r.cy]
        texts = [scene.blocks[i].text.replace(" ", "") for i in over]
        if (
            over
            and not any(scene.is_running(i) for i in over)
            and any(_HEADER.search(t) for t in texts)
        ):
            limit = r.cy
    first = _first_row(scene)
    for i, b in enumerate(scene.blocks):
        if i in scene.kind or scene.is_running(i):
            continue
        text = b.text.replace(" ", "")
        top = b.box.y1 < limit + 2 or (b.box.cy < limit) or i in first
        loose = b.box.cy < 0.045 * height and len(b.rows) == 1 and _HEADER.search(text)
        foot = b.box.cy > 0.97 * height and len(b.rows) == 1 and _HEADER.search(text)
        if top or loose or foot:
            scene.kind[i] = "page-header"
    # unruled header: everything level with a piece that is one
    tops = [scene.blocks[i].box for i, k in scene.kind.items() if k == "page-header"]
    for i in scene.free():
        b = scene.blocks[i]
        if (
            b.box.cy < 0.07 * height
            and len(b.rows) == 1
            and any(abs(t.cy - b.box.cy) < max(0.6 * t.height, 0.5 * b.box.height) for t in tops)
        ):
            scene.kind[i] = "page-header"


def _first_row(scene: Scene) -> set[int]:
    """The topmost row of a page when two pieces of it at least are worded like a header's: its
    rule may not have been seen, and a scan may show more than the page."""
    free = [i for i in scene.free() if not scene.blocks[i].vertical]
    if not free:
        return set()
    low = min(scene.blocks[i].box.y1 for i in free)
    row = {
        i
        for i in free
        for b in [scene.blocks[i]]
        if b.box.y0 < low and len(b.rows) == 1 and b.box.cy < 0.1 * scene.sheet.height
    }
    worded = [i for i in row if _HEADER.search(scene.blocks[i].text.replace(" ", ""))]
    return row if len(worded) >= 2 and not any(scene.is_running(i) for i in row) else set()
