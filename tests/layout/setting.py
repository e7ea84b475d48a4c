"""Sets type on sheets by hand, as a page that was read would have it: 40 px an em."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from digitise.model import (
    Char,
    Frame,
    FrameKind,
    Picture,
    Rect,
    Rule,
    Sheet,
    TextLine,
    WritingMode,
    bounding,
)

EM = 40.0
LEAD = 62.0
NO_START = "，。、；：！？”’）》"

SENTENCES = (
    "清晨六点，码头上的第一班渡船载着赶早市的乡亲缓缓离岸。",
    "合作社的社员把刚摘下的鲜笋装进竹筐，准备送往城里的菜场。",
    "据了解，这条山路去年秋天完成了拓宽，货车可以直接开到村口。",
    "镇上的图书室添了两千册新书，放学后常有孩子在那里读到天黑。",
    "“往年这个时候还要靠人挑，今年省了不少力气。”老支书笑着说。",
    "技术员蹲在田埂上查看墒情，随手把数据记进一个蓝皮本子。",
    "修缮后的老戏台保留了原来的木雕，台前的青石板也一块未换。",
    "医疗队沿着河谷走了十一个村子，为四百多位老人量了血压。",
    "水文站的值班员每隔两小时读一次水尺，再把结果报到县里。",
    "记者在现场看到，施工人员正在给新桥的栏杆刷最后一遍漆。",
    "茶厂改用电炒锅以后，烟少了，茶叶的颜色也比从前更匀净。",
    "夜校开在小学的教室里，来听课的多是白天做工的年轻人。",
    "几位退休教师把散落民间的歌谣一首一首记下来，编成了集子。",
    "渔民们约定，每年春天有三个月不下网，让江里的鱼好好长大。",
    "气象台预计，未来一周仍有小到中雨，低洼地带应当注意排水。",
    "新开的班线把六个行政村连在一起，票价只要两块钱。",
)


def prose(start: int, paragraphs: int, sentences: int = 3) -> list[str]:
    """Paragraphs of invented news; another `start` gives other words."""
    count = len(SENTENCES)
    return [
        "".join(SENTENCES[(start + 3 * p + k) % count] for k in range(sentences))
        for p in range(paragraphs)
    ]


def line(text: str, x: float, y: float, size: float = EM, **more: object) -> TextLine:
    """A horizontal line set solid, its top left corner at (x, y)."""
    return _set(text, x, y, size, 1.0, **more)


def spread(text: str, x: float, y: float, size: float, pitch: float) -> TextLine:
    """A horizontal line set wide, `pitch` ems from character to character."""
    return _set(text, x, y, size, pitch)


def centred(text: str, area: Rect, y: float, size: float, **more: object) -> TextLine:
    return line(text, area.cx - len(text) * size / 2, y, size, **more)


def downward(text: str, x: float, y: float, size: float = EM, **more: object) -> TextLine:
    """A vertical line, its top left corner at (x, y)."""
    chars = tuple(
        Char(c, Rect(x, y + k * size, x + size, y + (k + 1) * size), 0.99)
        for k, c in enumerate(text)
    )
    made = TextLine(bounding(c.box for c in chars), chars, size, "vertical-rl", confidence=0.99)
    return replace(made, **more)  # type: ignore[arg-type]


def _set(text: str, x: float, y: float, size: float, pitch: float, **more: object) -> TextLine:
    chars = tuple(
        Char(c, Rect(x + k * size * pitch, y, x + k * size * pitch + size, y + size), 0.99)
        for k, c in enumerate(text)
    )
    mode: WritingMode = "horizontal-tb"
    made = TextLine(bounding(c.box for c in chars), chars, size, mode, confidence=0.99)
    return replace(made, **more)  # type: ignore[arg-type]


def flow(
    paragraphs: Iterable[str], areas: Sequence[Rect], size: float = EM, lead: float = LEAD
) -> list[TextLine]:
    """Justified lines of `paragraphs`, each indented by two ems, running through `areas` one
    after the other. AssertionError when the areas do not hold the text."""
    places = [
        (area, area.y0 + k * lead)
        for area in areas
        for k in range(int((area.height - size) / lead + 1e-6) + 1)
    ]
    out: list[TextLine] = []
    for text in paragraphs:
        rest, indent = text, 2
        while rest:
            assert len(out) < len(places), "the areas are too small"
            area, y = places[len(out)]
            room = int(area.width / size + 1e-6) - indent
            taken = min(room, len(rest))
            while taken < len(rest) and rest[taken] in NO_START:
                taken -= 1
            width = area.width - indent * size
            full = taken < len(rest) and taken > 1
            pitch = (width - size) / (taken - 1) / size if full else 1.0
            out.append(_set(rest[:taken], area.x0 + indent * size, y, size, pitch))
            rest, indent = rest[taken:], 0
    return out


def filled(
    start: int, areas: Sequence[Rect], size: float = EM, lead: float = LEAD
) -> tuple[list[str], list[TextLine]]:
    """Paragraphs that fill `areas` but for less than a sentence, and their lines."""
    paragraphs: list[str] = []
    lines: list[TextLine] = []
    for k in range(1000):
        sentence = SENTENCES[(start + k) % len(SENTENCES)]
        more = (
            [*paragraphs, sentence] if k % 4 == 0 else [*paragraphs[:-1], paragraphs[-1] + sentence]
        )
        try:
            lines = flow(more, areas, size, lead)
        except AssertionError:
            break
        paragraphs = more
    return paragraphs, lines


def columns(left: float, top: float, count: int, ems: int, rows: int) -> list[Rect]:
    """`count` equal columns side by side, two ems apart, of `rows` lines."""
    width = ems * EM
    height = (rows - 1) * LEAD + EM
    return [
        Rect(x, top, x + width, top + height)
        for k in range(count)
        for x in (left + k * (width + 2 * EM),)
    ]


@dataclass(slots=True)
class Paper:
    """A page being made up."""

    width: int = 2400
    height: int = 3400
    number: int = 2
    lines: list[TextLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def put(self, *lines: TextLine) -> Paper:
        self.lines.extend(lines)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Paper:
        self.rules.append(Rule(Rect(x0, y0, x1, y1)))
        return self

    def frame(self, box: Rect, kind: FrameKind = "frame") -> Paper:
        self.frames.append(Frame(box, kind))
        return self

    def picture(self, box: Rect) -> Paper:
        self.pictures.append(Picture(box))
        return self

    def folio(self, label: str, name: str) -> Paper:
        """页眉 over a rule: the page's label and name."""
        self.put(
            line(label, 100, 60, 48),
            line(name, 400, 64),
            line("2026年3月13日", 1700, 64),
        )
        return self.rule(100, 130, self.width - 100, 134)

    def sheet(self) -> Sheet:
        return Sheet(
            page_id=f"p{self.number:04d}",
            number=self.number,
            source="made up",
            width=self.width,
            height=self.height,
            dpi=300,
            lines=tuple(self.lines),
            rules=tuple(self.rules),
            frames=tuple(self.frames),
            pictures=tuple(self.pictures),
        )
