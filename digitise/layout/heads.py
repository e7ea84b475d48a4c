"""Headlines with their kickers and decks: 引题, 主题, 副题."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Rect, TextLine, bounding
from ..text.clues import is_dash_led, opens_dialogue
from ..text.jumps import is_marker
from .barenames import closes_a_column
from .blocks import Block
from .bodydecks import over_columns, short_of_band
from .headtop import heads_one_of_several
from .hints import titles
from .leadins import LEAD_MARKS
from .sametype import same_height, same_pitch
from .scene import Scene
from .setin import set_in_titles
from .sidelines import one_by_one
from .sigtext import marked_name, names_alone, signature_score
from .smalltitles import is_small_title

STOPS = ("、", "，", "。")

LARGE = 1.6
"""Times the body's size that no line of a body is."""

HEAD_RATIO = 1.28
DECK_RATIO = 0.7
"""A deck of several lines is set smaller than this against its headline."""

BYLINE_GAP = 4.0
"""Most ems of white between a title and the signature under it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The title block of one article: block indices of each deck, top to bottom.

    `weak` heads are small enough that they could also be a subhead inside a body; what was taken
    for the kicker, deck or byline of one is then its other line, or the text under it.
    """

    headline: tuple[int, ...]
    kicker: tuple[int, ...] = ()
    deck: tuple[int, ...] = ()
    byline: tuple[int, ...] = ()
    vertical: bool = False
    weak: bool = False

    @property
    def dressed(self) -> bool:
        """Whether more than the headline was found."""
        return bool(self.kicker or self.deck or self.byline)

    @property
    def members(self) -> tuple[int, ...]:
        return (*self.kicker, *self.headline, *self.deck, *self.byline)


def head_box(scene: Scene, head: Head) -> Rect:
    return bounding(scene.blocks[i].box for i in head.members)


def find_heads(scene: Scene) -> list[Head]:
    """Heads of a page, the largest first. Every block is in one head at most; the blocks of the
    heads found are entered in `scene.kind`, weak ones only as headline."""
    called = titles(scene, scene.free())
    seeds = sorted(
        (i for i in scene.free() if i in called or _is_seed(scene, i)),
        key=lambda i: (-scene.blocks[i].size, scene.blocks[i].box.y0, scene.blocks[i].box.x0),
    )
    used: set[int] = set()
    heads = []
    for i in seeds:
        if i in used:
            continue
        head = _grow(scene, i, used)
        used.update(head.members)
        heads.append(head)
    heads += [Head((i,), weak=True) for i in set_in_titles(scene) if i not in used]
    for head in heads:
        for i in head.headline:
            scene.kind[i] = "headline"
        for i in head.kicker:
            scene.kind[i] = "kicker"
        for i in head.deck:
            scene.kind[i] = "subheadline"
        for i in head.byline:
            scene.kind[i] = "byline"
    return heads


def _is_seed(scene: Scene, i: int) -> bool:
    b = scene.blocks[i]
    ratio = scene.ratio(i)
    if scene.is_running(i) or b.chars < 2:
        return False
    if scene.downward and b.chars <= 4 and b.text.endswith(STOPS):
        return False  # the end of a paragraph that seems large by the mark beside it
    if b.vertical:
        # a report set downwards in the body's own face may be set a little larger
        body = bool(b.font) and b.font == scene.body_font and b.chars > 14
        return ratio >= (HEAD_RATIO if body else 1.15)
    if ratio >= HEAD_RATIO:
        return b.chars <= 90
    if ratio >= 1.15 and not b.font and over_picture(scene, b.box) and len(b.rows) == 1:
        return b.chars <= 14 and "。" not in b.text
    if is_small_title(scene, i):
        return True
    # a bold title of the body's own size at the top of a short report
    return (
        ratio >= 1.12
        and b.bold is True
        and len(b.rows) <= 2
        and b.chars <= 44
        and not b.text.endswith(("。", "；", "，"))
    )


def over_picture(scene: Scene, box: Rect) -> bool:
    """Whether a box stands in the middle of the upper edge of a picture: the picture's title."""
    em = scene.em
    return any(
        -0.6 * em < p.box.y0 - box.y1 < 2 * em
        and abs(box.cx - p.box.cx) < em
        and box.width < p.box.width + em
        for p in scene.pictures
    )


def _grow(scene: Scene, seed: int, used: set[int]) -> Head:
    main = scene.blocks[seed]
    if main.vertical:
        return _grow_vertical(scene, seed, used)
    headline = [seed]
    # further lines of the same size whose alignment kept them out of the block
    changed = True
    while changed:
        changed = False
        box = bounding(scene.blocks[i].box for i in headline)
        for j in scene.free():
            o = scene.blocks[j]
            if j in used or j in headline or o.vertical or o.cell != main.cell:
                continue
            if not same_height(o, main) or o.chars > 40 or scene.is_running(j):
                continue
            if (o.bold is not None and o.bold != main.bold) or o.reversed != main.reversed:
                continue
            if _beside(main, o, box) and not _rule_between(scene, o.box, box):
                headline.append(j)
                changed = True
                break
            gap = max(o.box.y0 - box.y1, box.y0 - o.box.y1)
            if (
                -0.3 * main.size < gap < 0.75 * main.size
                and o.box.overlap_x(box) > 0.5 * min(o.box.width, box.width)
                and not scene.barriers.between(*_stacked(o.box, box))
                and _clear(scene, o.box, box, {*headline, j})
            ):
                headline.append(j)
                changed = True
                break
    headline.sort(key=lambda i: (round(scene.blocks[i].box.cy / main.size), scene.blocks[i].box.x0))
    box = bounding(scene.blocks[i].box for i in headline)
    kicker: list[int] = []
    deck: list[int] = []
    byline: list[int] = []
    for _ in range(4):
        above = _nearest(scene, box, main.cell, used, {*headline, *kicker}, up=True)
        if above is None or not _is_kicker(scene, above, box, main.size):
            break
        kicker.insert(0, above)
        box = box.union(scene.blocks[above].box)
    low = bounding(scene.blocks[i].box for i in headline)
    for _ in range(5):
        below = _nearest(
            scene, low, main.cell, used, {*headline, *kicker, *deck, *byline}, up=False
        )
        if below is None:
            break
        b = scene.blocks[below]
        if _is_byline_block(scene, below) and b.box.y0 - low.y1 < BYLINE_GAP * scene.em:
            byline.append(below)
        elif not byline and _is_deck(scene, below, low, main.size):
            taken = {*used, *headline, *kicker, *deck, *byline, below}
            row = [below, *_level_with(scene, below, box, taken)]
            deck += sorted(row, key=lambda i: scene.blocks[i].box.x0)
        else:
            break
        low = Rect(min(low.x0, b.box.x0), low.y0, max(low.x1, b.box.x1), b.box.y1)
    # Set downwards, no title inside a body has a line beside it; across, some have.
    weak = (
        main.size < 1.62 * scene.em
        and not (scene.downward and (kicker or deck or byline))
        and sum(len(scene.blocks[i].rows) for i in headline) <= 2
        and max(scene.blocks[i].box.width for i in headline) < 24 * scene.em
    )
    return Head(tuple(headline), tuple(kicker), tuple(deck), tuple(byline), weak=weak)


def _level_with(scene: Scene, deck: int, head: Rect, but: set[int]) -> list[int]:
    """The other part of a deck whose line is parted by a gap: 小小瑶仅  大有可为."""
    d = scene.blocks[deck]
    if d.font or len(d.rows) > 1:
        return []
    out = []
    for j in scene.free():
        o = scene.blocks[j]
        gap = max(o.box.x0 - d.box.x1, d.box.x0 - o.box.x1)
        level = abs(o.box.cy - d.box.cy) < 0.15 * d.size and abs(o.size / d.size - 1) < 0.12
        within = o.box.x0 > head.x0 - d.size and o.box.x1 < head.x1 + d.size
        alone = j not in but and o.cell == d.cell and len(o.rows) == 1 and not o.vertical
        if alone and level and within and 0 < gap < 1.6 * d.size:
            out.append(j)
    return out[:1]


def _beside(main: Block, other: Block, box: Rect) -> bool:
    """Groups of one letter-spaced line: 育 品 牌  提 品 质. The gap between the groups must be
    of the order of the gaps inside them."""
    line = main.lines[0]
    if len(main.rows) > 1 or len(other.rows) > 1 or len(line.chars) < 2:
        return False
    if abs(other.size / main.size - 1) > 0.04 or main.font != other.font:
        return False
    if abs(other.box.cy - main.box.cy) > 0.2 * main.size:
        return False
    pitch = _pitch(line)
    if len(other.lines[0].chars) > 1 and not 0.8 < _pitch(other.lines[0]) / pitch < 1.25:
        return False
    gap = max(other.box.x0 - box.x1, box.x0 - other.box.x1)
    return pitch > 1.45 * main.size and gap < 2.3 * pitch - main.size


def _pitch(line: TextLine) -> float:
    """From the middle of one character to that of the next, in pixels, at an average."""
    return (line.chars[-1].box.cx - line.chars[0].box.cx) / (len(line.chars) - 1)


def _rule_between(scene: Scene, a: Rect, b: Rect) -> bool:
    left, right = (a, b) if a.x0 < b.x0 else (b, a)
    return scene.barriers.share_beside(left, right) > 0.4


def _grow_vertical(scene: Scene, seed: int, used: set[int]) -> Head:
    """A vertical head reads from the right: kicker right of it, deck left of it."""
    main = scene.blocks[seed]
    headline, kicker, deck = [seed], [], []
    box = main.box
    for j in scene.free():
        o = scene.blocks[j]
        if j in used or j == seed or not o.vertical or o.cell != main.cell:
            continue
        gap = max(o.box.x0 - box.x1, box.x0 - o.box.x1)
        if gap > 1.3 * main.size or o.box.overlap_y(box) < 0.4 * min(o.box.height, box.height):
            continue
        if _rule_between(scene, o.box, box):
            continue
        if o.size > 0.87 * main.size or (not o.font and same_pitch(o, main)):
            headline.append(j)
            box = box.union(o.box)
        elif o.size > DECK_RATIO * main.size and len(o.rows) > 1:
            continue  # a headline of its own beside this one
        elif o.box.cx > main.box.cx:
            kicker.append(j)
        else:
            deck.append(j)
    whose = {id(x): i for i in headline for x in scene.blocks[i].lines}
    groups = one_by_one([x for i in headline for x in scene.blocks[i].lines])
    own = [[whose[id(x)] for x in group] for group in groups]
    headline = list(dict.fromkeys(next(group for group in own if seed in group)))
    box = bounding(scene.blocks[i].box for i in headline)
    near = 1.3 * main.size
    kicker = [i for i in kicker if scene.blocks[i].box.x0 - box.x1 < near]
    deck = [i for i in deck if box.x0 - scene.blocks[i].box.x1 < near]
    kicker.sort(key=lambda i: -scene.blocks[i].box.x0)
    deck.sort(key=lambda i: -scene.blocks[i].box.x0)
    return Head(tuple(headline), tuple(kicker), tuple(deck), vertical=True)


def _stacked(a: Rect, b: Rect) -> tuple[Rect, Rect]:
    return (a, b) if a.cy <= b.cy else (b, a)


def _clear(scene: Scene, a: Rect, b: Rect, but: set[int]) -> bool:
    up, low = _stacked(a, b)
    x0, x1 = max(a.x0, b.x0), min(a.x1, b.x1)
    if low.y0 <= up.y1 or x1 <= x0:
        return True
    gap = Rect(x0, up.y1, x1, low.y0)
    return not any(
        j not in but and o.box.overlap(gap) > 0.2 * min(o.box.area, gap.area)
        for j, o in enumerate(scene.blocks)
    )


def _nearest(
    scene: Scene, box: Rect, cell: int, used: set[int], but: set[int], *, up: bool
) -> int | None:
    """The nearest block over (or under) `box` that is its neighbour there."""
    best, best_gap = None, float("inf")
    for j, o in enumerate(scene.blocks):
        if j in but or o.cell != cell:
            continue
        gap = box.y0 - o.box.y1 if up else o.box.y0 - box.y1
        if gap < -0.5 * min(o.size, box.height) or (o.box.cy > box.cy) == up:
            continue
        if o.box.overlap_x(box) < 0.3 * min(o.box.width, box.width):
            continue
        if gap < best_gap:
            best, best_gap = j, gap
    if best is None or best in used or best in scene.kind or scene.blocks[best].vertical:
        return None
    return best


def _is_kicker(scene: Scene, i: int, box: Rect, size: float) -> bool:
    k = scene.blocks[i]
    gap = box.y0 - k.box.y1
    if k.size > 0.9 * size or len(k.rows) > 2 or k.chars > 46 or scene.is_running(i):
        return False
    if gap > max(1.5 * k.size, 0.7 * size) or scene.barriers.between(k.box, box):
        return False
    if is_marker(k.text):
        return False
    # What is far larger than the body is no line of it, whatever mark was seen beside it.
    goes_on = k.text.endswith(("；", "，", "、")) and not (
        scene.downward and k.size > LARGE * scene.em
    )
    if "。" in k.text or goes_on or signature_score(k.text) >= 0.6:
        return False
    if _ends_a_column(scene, i) or _is_lead(scene, i):
        return False
    if gap > k.size and closes_a_column(scene, i):
        return False
    if opens_dialogue(k.text) and scene.ratio(i) < 1.2:
        return False  # a question at the foot of a column, over another's title
    if k.box.x0 < box.x0 - 3 * scene.em and k.box.x1 < box.x1 - 0.5 * box.width:
        return False
    if scene.ratio(i) < 1.08 and not (k.bold or k.font != scene.body_font):
        # of the body's own size and weight: only when it stands over the headline like one
        return abs(k.box.cx - box.cx) < 2 * scene.em and gap < 1.2 * k.size
    if scene.downward and abs(k.box.x0 - box.x0) < 2.5 * scene.em:
        return k.box.width < 2.2 * box.width  # both set from the top of the band
    return k.box.width < 1.35 * box.width + 2 * scene.em


def _ends_a_column(scene: Scene, i: int) -> bool:
    """Whether a one-line block is the last line of the body right over it."""
    k = scene.blocks[i]
    for j, o in enumerate(scene.blocks):
        if j == i or len(o.rows) < 2 or abs(o.size / k.size - 1) > 0.06 or o.cell != k.cell:
            continue
        if (
            abs(o.box.x0 - k.box.x0) < 0.6 * k.size
            and -0.3 * k.size < k.box.y0 - o.box.y1 < 0.8 * k.size
            and k.box.x1 < o.box.x1 + k.size
        ):
            return True
    return False


def _is_lead(scene: Scene, i: int) -> bool:
    """Whether a block begins with the mark that another row begins with: ●, the next of several
    short reports."""
    mark = scene.blocks[i].text[:1]
    return mark in LEAD_MARKS and any(
        row.text.startswith(mark) for j, o in enumerate(scene.blocks) if j != i for row in o.rows
    )


def _is_deck(scene: Scene, i: int, box: Rect, size: float) -> bool:
    d = scene.blocks[i]
    gap = d.box.y0 - box.y1
    if d.size > 0.92 * size or len(d.rows) > 4 or d.chars > 110 or scene.is_running(i):
        return False
    if gap > max(1.7 * d.size, 0.8 * size) or scene.barriers.between(box, d.box):
        return False
    if is_dash_led(d.text):
        return True
    if (not d.font and _opens_column(scene, i)) or _paragraph(d):
        return False
    if opens_dialogue(d.text) and scene.ratio(i) < 1.2:
        return False
    centred = abs(d.box.cx - box.cx) < 1.5 * scene.em
    if d.text.endswith(("。", "，", "；", "、")) and scene.ratio(i) < 1.2:
        return False
    if scene.ratio(i) >= 1.15:
        # In a band, heading and deck are set from its top, whichever is the longer.
        whole = min(d.box.width, box.width) if scene.downward else d.box.width
        return centred or d.box.overlap_x(box) > 0.6 * whole
    if scene.downward and short_of_band(scene, i):
        return True
    if not scene.downward and over_columns(scene, i, box):
        return True
    if scene.ratio(i) < 1.08 and abs(d.box.cx - box.cx) > 0.6 * scene.em:
        return False  # the first line of a body, indented
    if not d.font and not scene.downward and heads_one_of_several(scene, i):
        return False
    distinct = d.bold is True or (d.font != "" and d.font != scene.body_font)
    return (distinct or scene.ratio(i) >= 1.06) and centred and len(d.rows) <= 2


def _paragraph(b: Block) -> bool:
    """Whether rows stand like a paragraph's first ones: indented, and flush at the right."""
    if len(b.rows) < 2 or b.vertical:
        return False
    first, second = b.rows[0].box, b.rows[1].box
    return 1.2 * b.size < first.x0 - second.x0 < 2.9 * b.size and (
        abs(first.x1 - second.x1) < 0.9 * b.size
    )


def _opens_column(scene: Scene, i: int) -> bool:
    """Whether a block is the first line of the column right under it, indented by two ems and
    full: set loosely, its type is measured larger than it is."""
    d = scene.blocks[i]
    if len(d.rows) > 1:
        return False
    em = scene.em
    return any(
        len(o.rows) >= 2
        and not o.vertical
        and o.cell == d.cell
        and o.size <= d.size < 1.3 * o.size
        and o.rows[0].box.cy - d.box.cy < 1.15 * (o.rows[1].box.cy - o.rows[0].box.cy)
        and -0.3 * em < o.box.y0 - d.box.y1
        and abs(o.box.x1 - d.box.x1) < 0.7 * em
        and 1.2 * em < d.box.x0 - o.box.x0 < 2.9 * em
        for k, o in enumerate(scene.blocks)
        if k != i
    )


def _is_byline_block(scene: Scene, i: int) -> bool:
    b = scene.blocks[i]
    text = " ".join(r.text for r in b.rows)
    if len(b.rows) > 3 or b.chars > 70 or scene.ratio(i) >= 1.6:
        return False
    # names alone, in type no larger than the body's: no deck is as short as that
    small = len(b.rows) == 1 and scene.ratio(i) < 1.16
    alone = small and (names_alone(text) >= 0.4 or marked_name(text))
    return alone or signature_score(text) >= 0.6
