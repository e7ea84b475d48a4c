"""The faces the typesetter prints with, and the few of their glyphs that a page needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import uharfbuzz as hb  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont

from digitise.errors import FontMissing

_NOTO = Path("/usr/share/fonts/opentype/noto")
_SC = 2  # face of Simplified Chinese in the Noto CJK collections
_TC = 3  # of traditional


@dataclass(frozen=True, slots=True)
class FaceFile:
    path: Path
    index: int
    package: str


FACES: dict[str, FaceFile] = {
    "song": FaceFile(_NOTO / "NotoSerifCJK-Regular.ttc", _SC, "fonts-noto-cjk"),
    "song-bold": FaceFile(_NOTO / "NotoSerifCJK-Bold.ttc", _SC, "fonts-noto-cjk"),
    "hei": FaceFile(_NOTO / "NotoSansCJK-Regular.ttc", _SC, "fonts-noto-cjk"),
    "hei-bold": FaceFile(_NOTO / "NotoSansCJK-Bold.ttc", _SC, "fonts-noto-cjk"),
    "ming": FaceFile(_NOTO / "NotoSerifCJK-Regular.ttc", _TC, "fonts-noto-cjk"),
    "ming-bold": FaceFile(_NOTO / "NotoSerifCJK-Bold.ttc", _TC, "fonts-noto-cjk"),
    "gothic": FaceFile(_NOTO / "NotoSansCJK-Regular.ttc", _TC, "fonts-noto-cjk"),
    "gothic-bold": FaceFile(_NOTO / "NotoSansCJK-Bold.ttc", _TC, "fonts-noto-cjk"),
    "kai": FaceFile(
        Path("/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf"), 0, "fonts-arphic-gkai00mp"
    ),
}
FALLBACK = {
    "kai": "song", "song": "hei", "song-bold": "hei-bold", "hei": "song",
    "ming": "gothic", "ming-bold": "gothic-bold", "gothic": "ming",
}  # fmt: skip


class Face:
    """One face: which characters it has and how far each advances, in ems."""

    def __init__(self, name: str) -> None:
        spec = FACES[name]
        if not spec.path.is_file():
            raise FontMissing(
                (
                    f"The font {spec.path.name} is not installed.",
                    f"未安装字体 {spec.path.name}。",
                ),
                (
                    f"Install it with: apt-get install {spec.package}",
                    f"请运行 apt-get install {spec.package} 安装。",
                ),
            )
        self.name = name
        self._face = hb.Face(hb.Blob.from_file_path(str(spec.path)), spec.index)
        self._font = hb.Font(self._face)
        self._upem = self._face.upem
        self._widths: dict[str, float] = {}
        self._inked: dict[str, bool] = {}

    def has(self, char: str) -> bool:
        """Whether `char` has a glyph with ink; some faces map marks to empty ones."""
        known = self._inked.get(char)
        if known is None:
            glyph = self._font.get_nominal_glyph(ord(char))
            extents = None if glyph is None else self._font.get_glyph_extents(glyph)
            known = extents is not None and (extents.width != 0 or extents.height != 0)
            self._inked[char] = known
        return known

    def advance(self, char: str) -> float:
        """The width of `char` in ems; 1.0 for a character the face does not have."""
        width = self._widths.get(char)
        if width is None:
            glyph = self._font.get_nominal_glyph(ord(char))
            width = 1.0 if glyph is None else self._font.get_glyph_h_advance(glyph) / self._upem
            self._widths[char] = width
        return width

    def subset(self, chars: str) -> Subset:
        """A font file with the glyphs of `chars` alone, and the code of each character."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.UNICODE).update(ord(c) for c in chars)
        wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        small = hb.subset(self._face, wanted)
        data = small.blob.data
        font = TTFont(BytesIO(data), lazy=True)
        order = font.getGlyphOrder()
        cmap = font.getBestCmap()
        cff = "CFF " in font
        codes: dict[str, int] = {}
        widths: dict[int, float] = {}
        for c in sorted(set(chars)):
            glyph = cmap.get(ord(c))
            if glyph is None:
                continue
            # A CID-keyed CFF is addressed by CID (kept by the subsetter), a TrueType by glyph id.
            code = int(glyph[3:]) if cff else order.index(glyph)
            codes[c] = code
            widths[code] = font["hmtx"][glyph][0] / self._upem
        program = font.reader["CFF "] if cff else data
        return Subset(self.name, program, cff, codes, widths)


@dataclass(frozen=True, slots=True)
class Subset:
    """`program`: bare CFF or a TrueType file; `codes`: character to two-byte code."""

    name: str
    program: bytes
    cff: bool
    codes: dict[str, int]
    widths: dict[int, float]


@cache
def face(name: str) -> Face:
    """The face called `name` in FACES; FontMissing when its file is not there."""
    return Face(name)


def face_with(name: str, char: str) -> str:
    """`name`, or the next face of its fallbacks that has `char`."""
    seen = {name}
    while not face(name).has(char):
        name = FALLBACK.get(name, "song")
        if name in seen:
            break
        seen.add(name)
    return name
