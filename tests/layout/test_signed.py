"""Signatures of the body's size on lines of their own."""

from __future__ import annotations

from digitise.layout.blocks import Row, make_block
from digitise.layout.gutters import cut_at_gutters
from digitise.layout.signed import parted_signatures
from digitise.model import Char, Rect, TextLine

EM = 40.0


def line(text: str, x: float, y: float) -> TextLine:
    chars = tuple(
        Char(c, Rect(x + i * EM, y, x + (i + 1) * EM, y + EM)) for i, c in enumerate(text)
    )
    return TextLine(Rect(x, y, x + EM * len(text), y + EM), chars, EM)


def texts(*rows: tuple[str, float]) -> list[list[str]]:
    lines = [line(text, x, 100 + 60.0 * k) for k, (text, x) in enumerate(rows)]
    blocks = parted_signatures([make_block([Row((one,)) for one in lines], -1)])
    return [[row.text for row in block.rows] for block in blocks]


def test_a_byline_over_the_text_is_a_block_of_its_own() -> None:
    assert texts(("本报记者 裴知远", 240), ("骆记的第一代掌柜是骆小满的爷爷", 0)) == [
        ["本报记者 裴知远"],
        ["骆记的第一代掌柜是骆小满的爷爷"],
    ]


def test_so_is_one_under_it_and_one_left_of_its_column() -> None:
    rows = (("补缝用的灰浆按老方子配制不少", 0), ("强度达到了普通水泥的七成。", 0))
    assert texts(*rows, ("（公孙朗）", 320))[1:] == [["（公孙朗）"]]
    assert texts(("（公孙朗）", -120), *rows)[0] == ["（公孙朗）"]


def test_a_name_where_the_lines_begin_is_text() -> None:
    assert len(texts(("本报记者 裴知远", 0), ("骆记的第一代掌柜是骆小满的爷爷", 0))) == 1


def test_a_credit_is_not_cut_off_its_caption() -> None:
    columns = [line("一二三四五六七八九", x, 300 + 60.0 * k) for k in range(5) for x in (0, 384)]
    caption = line("图为改造后的织机车间", 0, 240)
    credit = Char("摄", Rect(410, 240, 450, 280))
    whole = TextLine(Rect(0, 240, 450, 280), (*caption.chars, credit), EM)
    cut = cut_at_gutters([whole, *columns], EM, 60.0)
    assert [x.text for x in cut if x.box.y0 == 240] == ["图为改造后的织机车间摄"]
