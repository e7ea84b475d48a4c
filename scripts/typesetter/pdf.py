"""Page drafts to a PDF file with subset fonts and a true text layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import pymupdf

from .canvas import BoxOp, Colour, ImageOp, PageDraft, StrokeOp, TextOp
from .fonts import FACES, Subset, face

_NAMES = {
    "song": "AAAAAA+SongBody",
    "song-bold": "AAAAAB+SongBold",
    "hei": "AAAAAC+HeiText",
    "hei-bold": "AAAAAD+HeiBold",
    "kai": "AAAAAE+Kai",
    "ming": "AAAAAF+MingBody",
    "ming-bold": "AAAAAG+MingBold",
    "gothic": "AAAAAH+GothicText",
    "gothic-bold": "AAAAAI+GothicBold",
}


def _n(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _colour(colour: Colour, op: str) -> str:
    if colour[0] == colour[1] == colour[2]:
        return f"{_n(colour[0])} {'g' if op == 'rg' else 'G'}\n"
    return " ".join(_n(c) for c in colour) + f" {op}\n"


def _to_unicode(subset: Subset) -> bytes:
    rows = [
        f"<{code:04x}> <{char.encode('utf-16-be').hex()}>"
        for char, code in sorted(subset.codes.items(), key=lambda item: item[1])
    ]
    parts = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
    ]
    for i in range(0, len(rows), 100):
        block = rows[i : i + 100]
        parts.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    parts.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
    return "".join(parts).encode("ascii")


def _embed(doc: Any, subset: Subset) -> int:
    """The xref of a Type 0 font with Identity-H coding."""
    name = _NAMES[subset.name]
    program = doc.get_new_xref()
    doc.update_object(
        program,
        "<< /Subtype /CIDFontType0C >>" if subset.cff else f"<< /Length1 {len(subset.program)} >>",
    )
    doc.update_stream(program, subset.program, compress=True)
    cmap = doc.get_new_xref()
    doc.update_object(cmap, "<< >>")
    doc.update_stream(cmap, _to_unicode(subset), compress=True)
    descriptor = doc.get_new_xref()
    doc.update_object(
        descriptor,
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-200 -300 1200 1100]"
        f" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 733 /StemV 90"
        f" /{'FontFile3' if subset.cff else 'FontFile2'} {program} 0 R >>",
    )
    widths = " ".join(
        f"{code} [{_n(width * 1000)}]"
        for code, width in sorted(subset.widths.items())
        if width != 1.0
    )
    kind = "/CIDFontType0" if subset.cff else "/CIDFontType2 /CIDToGIDMap /Identity"
    child = doc.get_new_xref()
    doc.update_object(
        child,
        f"<< /Type /Font /Subtype {kind} /BaseFont /{name} /DW 1000 /W [{widths}]"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        f" /FontDescriptor {descriptor} 0 R >>",
    )
    font: int = doc.get_new_xref()
    doc.update_object(
        font,
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
        f" /DescendantFonts [{child} 0 R] /ToUnicode {cmap} 0 R >>",
    )
    return font


def _text(op: TextOp, subset: Subset, key: str, height: float) -> str:
    parts = ["BT\n", _colour(op.colour, "rg"), f"/{key} {_n(op.size)} Tf\n"]
    i = 0
    while i < len(op.chars):
        j = i + 1
        while j < len(op.chars) and op.points[j][1] == op.points[i][1]:
            j += 1
        x, y = op.points[i]
        parts.append(f"{_n(op.stretch)} 0 {_n(op.slant)} 1 {_n(x)} {_n(height - y)} Tm\n[")
        drift = 0.0
        for k in range(i, j):
            code = subset.codes[op.chars[k]]
            parts.append(f"<{code:04x}>")
            if k + 1 < j:
                step = (op.points[k + 1][0] - op.points[k][0]) / (op.size * op.stretch)
                want = (subset.widths[code] - step) * 1000 + drift
                adjust = round(want, 1)
                drift = want - adjust
                if adjust:
                    parts.append(_n(adjust))
        parts.append("] TJ\n")
        i = j
    parts.append("ET\n")
    return "".join(parts)


def _box(op: BoxOp, height: float) -> str:
    r = op.rect
    parts = ["q\n"]
    if op.fill is not None:
        parts.append(_colour(op.fill, "rg"))
    if op.stroke is not None:
        parts.append(_colour(op.stroke, "RG") + f"{_n(op.width)} w\n")
        if op.dash:
            parts.append("[" + " ".join(_n(d) for d in op.dash) + "] 0 d\n")
    x0, y0, x1, y1 = r.x0, height - r.y1, r.x1, height - r.y0
    if op.radius <= 0:
        parts.append(f"{_n(x0)} {_n(y0)} {_n(x1 - x0)} {_n(y1 - y0)} re\n")
    else:
        q = op.radius
        k = q * 0.4477
        path = (
            (x0 + q, y0, "m"), (x1 - q, y0, "l"),
            (x1 - k, y0, x1, y0 + k, x1, y0 + q, "c"), (x1, y1 - q, "l"),
            (x1, y1 - k, x1 - k, y1, x1 - q, y1, "c"), (x0 + q, y1, "l"),
            (x0 + k, y1, x0, y1 - k, x0, y1 - q, "c"), (x0, y0 + q, "l"),
            (x0, y0 + k, x0 + k, y0, x0 + q, y0, "c"),
        )  # fmt: skip
        for step in path:
            parts.append(" ".join(s if isinstance(s, str) else _n(s) for s in step) + "\n")
        parts.append("h\n")
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}
    parts.append(paint.get((op.fill is not None, op.stroke is not None), "n") + "\nQ\n")
    return "".join(parts)


def _stroke(op: StrokeOp, height: float) -> str:
    dash = ("[" + " ".join(_n(d) for d in op.dash) + "] 0 d\n") if op.dash else ""
    path = " ".join(
        f"{_n(x)} {_n(height - y)} {'m' if i == 0 else 'l'}" for i, (x, y) in enumerate(op.points)
    )
    fill = _colour(op.fill, "rg") if op.fill is not None else ""
    paint = ("h " if op.closed else "") + ("B" if op.fill is not None else "S")
    return f"q\n{fill}{_colour(op.colour, 'RG')}{_n(op.width)} w\n{dash}{path} {paint}\nQ\n"


def write(pages: Sequence[PageDraft], title: str) -> bytes:
    """The PDF of `pages`: the same bytes for the same drafts."""
    used: dict[str, set[str]] = {}
    for page in pages:
        for op in page.ops:
            if isinstance(op, TextOp):
                used.setdefault(op.font, set()).update(op.chars)
    doc: Any = pymupdf.open()  # type: ignore[no-untyped-call]
    subsets = {
        name: face(name).subset("".join(sorted(used[name]))) for name in FACES if name in used
    }
    for name, subset in subsets.items():
        lost = sorted(used[name] - subset.codes.keys())
        if lost:
            raise ValueError(f"no glyph in {name} for {''.join(lost)!r}")
    for draft in pages:
        doc.new_page(width=draft.width, height=draft.height)
    fonts = {name: _embed(doc, subset) for name, subset in subsets.items()}
    keys = {name: f"F{i}" for i, name in enumerate(subsets)}
    for draft, page in zip(pages, doc, strict=True):
        parts: list[str] = []
        images: list[tuple[str, int]] = []
        for op in draft.ops:
            if isinstance(op, TextOp):
                parts.append(_text(op, subsets[op.font], keys[op.font], draft.height))
            elif isinstance(op, BoxOp):
                parts.append(_box(op, draft.height))
            elif isinstance(op, StrokeOp):
                parts.append(_stroke(op, draft.height))
            else:
                images.append(_image(doc, op, len(images)))
                r = op.rect
                parts.append(
                    f"q {_n(r.width)} 0 0 {_n(r.height)} {_n(r.x0)} {_n(draft.height - r.y1)} cm"
                    f" /{images[-1][0]} Do Q\n"
                )
        content = doc.get_new_xref()
        doc.update_object(content, "<< >>")
        doc.update_stream(content, "".join(parts).encode("ascii"), compress=True)
        doc.xref_set_key(page.xref, "Contents", f"{content} 0 R")
        resources = "<< /Font << " + " ".join(f"/{keys[n]} {x} 0 R" for n, x in fonts.items())
        resources += " >> /XObject << " + " ".join(f"/{k} {x} 0 R" for k, x in images) + " >> >>"
        doc.xref_set_key(page.xref, "Resources", resources)
    doc.set_metadata({"title": title, "producer": "make_samples", "creator": "make_samples"})
    data: bytes = doc.tobytes(garbage=3, deflate=True, no_new_id=True)
    doc.close()
    return data


def _image(doc: Any, op: ImageOp, number: int) -> tuple[str, int]:
    pixels = cv2.imdecode(np.frombuffer(op.jpeg, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ValueError("a picture is no JPEG")
    xref = doc.get_new_xref()
    space = "/DeviceGray" if pixels.ndim == 2 else "/DeviceRGB"
    doc.update_object(
        xref,
        f"<< /Type /XObject /Subtype /Image /Width {pixels.shape[1]} /Height {pixels.shape[0]}"
        f" /ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode >>",
    )
    doc.update_stream(xref, op.jpeg, compress=False)
    doc.xref_set_key(xref, "Filter", "/DCTDecode")
    return f"I{number}", xref
