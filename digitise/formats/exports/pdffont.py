"""A font whose glyphs show nothing, made here: what the invisible text of a PDF is set in.

A glyph is as wide as the place that its character has on the print, in steps: readers see a space
wherever a glyph leaves a gap, and mark what was searched by the bounds of glyphs. The code of a
character at a width is a number given out as they come; the `ToUnicode` map says which character
it is. Tables as in the OpenType specification 1.9; embedded as in ISO 32000-1, 9.7.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

ASCENT, DESCENT, EM = 880, -120, 1000
_REPLACEMENT = "\ufffd"
# Widths of glyphs: a fortieth of an em apart, up to four ems, the widest gap that is bridged.
_STEP, _WIDEST = 25, 4 * EM
_MOST = 65_000
# What a ToUnicode map may not lead to (ISO 19005-2, 6.2.11.7.2).
_FORBIDDEN = frozenset({"", "\0", "\ufeff", "\ufffe"})


class Codes:
    """Gives each text a character shows, at each width, the two-byte code that stands for it."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, int], int] = {}

    def code(self, text: str, width: float) -> tuple[int, int]:
        """The code, from 1, of what one character shows, and how wide its glyph is, in
        thousandths of an em: `width` to the nearest step."""
        text = text.encode("utf-16-be", "replace").decode("utf-16-be", "replace")
        step = min(_WIDEST, max(_STEP, round(width / _STEP) * _STEP))
        if text in _FORBIDDEN:
            text = _REPLACEMENT
        if (text, step) not in self._codes and len(self._codes) >= _MOST:
            text, step = _REPLACEMENT, EM
        return self._codes.setdefault((text, step), len(self._codes) + 1), step

    @property
    def given(self) -> tuple[tuple[str, int], ...]:
        """Text and width of the codes 1, 2, ..."""
        return tuple(self._codes)


def embed(pdf: Pdf, codes: Codes) -> pikepdf.Object:
    """The font, with as many characters as were given codes."""
    widths = [width for _, width in codes.given]
    steps = sorted(set(widths))
    program = blank_font(steps)
    file = Stream(pdf, zlib.compress(program, 9))
    file.Filter = Name.FlateDecode
    file.Length1 = len(program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.DigitiseBlank,
        Flags=4,
        FontBBox=Array([0, DESCENT, max(steps), ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=pdf.make_indirect(file),
    )
    places = {width: place for place, width in enumerate(steps, 1)}
    numbers = struct.pack(f">{len(widths) + 1}H", 0, *(places[width] for width in widths))
    glyphs = Stream(pdf, zlib.compress(numbers, 9))
    glyphs.Filter = Name.FlateDecode
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name.DigitiseBlank,
        CIDSystemInfo=Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        DW=EM,
        W=Array([1, Array(widths)]),
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDToGIDMap=pdf.make_indirect(glyphs),
    )
    unicode_map = Stream(pdf, zlib.compress(to_unicode([text for text, _ in codes.given]), 9))
    unicode_map.Filter = Name.FlateDecode
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name.DigitiseBlank,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(unicode_map),
        )
    )


def to_unicode(texts: Sequence[str]) -> bytes:
    """The CMap from the codes 1, 2, ... to `texts` (Adobe Technical Note 5411)."""
    entries = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for code, text in enumerate(texts, 1)
    ]
    blocks = []
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def blank_font(widths: Sequence[int]) -> bytes:
    """A TrueType font of an empty `.notdef` and a glyph that shows nothing for each of `widths`
    (at least one, thousandths of an em).

    The outline of such a glyph goes from corner to corner of its place and back: it has no area,
    but the bounds by which readers mark it.
    """
    count, widest = len(widths) + 1, max(widths)
    glyphs, offsets = b"", [0, 0]
    for width in widths:
        glyph = struct.pack(
            ">hhhhhHH3B3h3h",
            1, 0, DESCENT, width, ASCENT, 2, 0, 1, 1, 1, 0, width, -width, DESCENT, EM, -EM,
        )  # fmt: skip
        glyphs += glyph + bytes(-len(glyph) % 4)
        offsets.append(len(glyphs))
    metrics = b"".join(struct.pack(">Hh", width, 0) for width in (EM, *widths))
    head = struct.pack(
        ">HHIIIHHqqhhhhHHhhh",
        1, 0, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0, 0, DESCENT, widest, ASCENT, 0, 8, 2, 1, 0,
    )  # fmt: skip
    hhea = struct.pack(">HHhhhHhhhhhhhhhhhH", 1, 0, ASCENT, DESCENT, 0, widest, *[0] * 11, count)
    maxp = struct.pack(">I14H", 0x10000, count, 3, 1, 0, 0, 2, *[0] * 8)
    os2 = struct.pack(
        ">HhHHH11h10s4L4sHHHhhhHHLLhhHHH",
        4, EM, 400, 5, 0, *[0] * 11, bytes(10), 0, 0, 0, 0, b"DGTS", 0x40, 0xFFFF, 0xFFFF,
        ASCENT, DESCENT, 0, ASCENT, -DESCENT, 0, 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(
        ">HHHHHHH5H", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0
    )
    names = {1: "DigitiseBlank", 2: "Regular", 4: "DigitiseBlank", 6: "DigitiseBlank"}
    text = b"".join(name.encode("utf-16-be") for name in names.values())
    records, offset = b"", 0
    for number, name in names.items():
        records += struct.pack(">6H", 3, 1, 0x409, number, len(name) * 2, offset)
        offset += len(name) * 2
    name_table = struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + text
    tables = {
        b"OS/2": os2,
        b"cmap": cmap,
        b"glyf": glyphs,
        b"head": head,
        b"hhea": hhea,
        b"hmtx": metrics,
        b"loca": struct.pack(f">{len(offsets)}I", *offsets),
        b"maxp": maxp,
        b"name": name_table,
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0),
    }
    filed = len(tables)
    power = 1 << (filed.bit_length() - 1)
    out = struct.pack(
        ">IHHHH", 0x10000, filed, power * 16, power.bit_length() - 1, (filed - power) * 16
    )
    place = len(out) + 16 * filed
    body = b""
    for tag, data in tables.items():
        out += struct.pack(">4sIII", tag, _checksum(data), place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    font = bytearray(out + body)
    at = font.index(b"head") + 8
    start = struct.unpack(">I", font[at : at + 4])[0] + 8
    font[start : start + 4] = struct.pack(">I", (0xB1B0AFBA - _checksum(bytes(font))) % 2**32)
    return bytes(font)


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) % 2**32
