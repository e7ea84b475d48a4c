# mypy: disable-error-code="no-untyped-call"
"""Whether each font's code points say what its glyphs show.

Cheap signs first: private-use and missing code points. Then a sample of the font's glyphs is
drawn as one line and recognised, and the two readings are compared. One bad sample is not
enough: decorative type is hard to recognise, so a font is only given up when further samples
disagree as well and the recogniser is sure of what it saw, or the code points make no sense.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pymupdf

from ..model import Gray, Step
from ..ocr.engine import Engine, LineImage
from .glyphs import Glyph
from .pdf import Frame
from .plausible import common_share, is_broken, is_hanzi

_SAMPLE = 12
_EM = 48  # height of a sample's type in pixels, what recognisers are trained on
_FEWEST = 3  # distinct hanzi or letters below which a sample says nothing
_AGREES = 0.6
_DISAGREES = 0.35
_SURE = 0.75
_MAKES_SENSE = 0.8


@dataclass(frozen=True, slots=True)
class Trust:
    """`rejected`: faces whose code points are not to be believed; `share_rejected`: how much
    of the page's text is set in them."""

    rejected: frozenset[str]
    share_rejected: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Verdict:
    trusted: bool
    reason: str


def judge_fonts(
    page: pymupdf.Page, frame: Frame, glyphs: Sequence[Glyph], engine: Engine | None
) -> Trust:
    """A verdict on every face used by `glyphs` (those visible on the page, in drawing order)."""
    by_face: dict[str, list[Glyph]] = {}
    for glyph in glyphs:
        if not glyph.blank:
            by_face.setdefault(glyph.face, []).append(glyph)
    verdicts: dict[str, _Verdict] = {}
    open_faces: list[str] = []
    for face in sorted(by_face):
        verdict = _by_code_points(by_face[face])
        if verdict is None and engine is not None:
            open_faces.append(face)
        else:
            verdicts[face] = verdict or _Verdict(True, "code points make sense, not sampled")
    if open_faces and engine is not None:
        verdicts.update(_by_samples(page, frame, {f: by_face[f] for f in open_faces}, engine))
    rejected = frozenset(f for f, v in verdicts.items() if not v.trusted)
    total = sum(len(v) for v in by_face.values())
    bad = sum(len(by_face[f]) for f in rejected)
    steps = tuple(
        Step(
            "font trusted" if verdicts[face].trusted else "font rejected",
            f"{face}: {verdicts[face].reason} ({len(by_face[face])} characters)",
        )
        for face in sorted(by_face)
    )
    return Trust(rejected, bad / total if total else 0.0, steps)


def _by_code_points(glyphs: Sequence[Glyph]) -> _Verdict | None:
    """A verdict where no sample is needed or none can be taken; None to go on."""
    texts = [g.text for g in glyphs]
    broken = sum(map(is_broken, texts)) / len(texts)
    if broken > 0.3:
        return _Verdict(False, f"{broken:.0%} private or missing code points")
    telling = {t for t in texts if is_hanzi(t) or t.isalnum()}
    if len(telling) < _FEWEST:
        return _Verdict(True, "too few characters to sample")
    return None


def _by_samples(
    page: pymupdf.Page, frame: Frame, faces: dict[str, list[Glyph]], engine: Engine
) -> dict[str, _Verdict]:
    drawn = page.get_displaylist()
    verdicts: dict[str, _Verdict] = {}
    first = {face: samples(glyphs, 3) for face, glyphs in faces.items()}
    doubtful: list[str] = []
    order = sorted(faces)
    readings = engine.recognise([_line_image(drawn, frame, first[f][0]) for f in order])
    for face, reading in zip(order, readings, strict=True):
        agreed = agreement(first[face][0], reading.text)
        if agreed >= _AGREES:
            verdicts[face] = _Verdict(True, f"sample agrees {agreed:.0%}")
        else:
            doubtful.append(face)
    again = [(f, s) for f in doubtful for s in first[f][1:]]
    more = engine.recognise([_line_image(drawn, frame, s) for _, s in again]) if again else ()
    for face in doubtful:
        at = order.index(face)
        seen = [(first[face][0], readings[at].text, readings[at].confidence)]
        seen += [
            (s, r.text, r.confidence) for (f, s), r in zip(again, more, strict=True) if f == face
        ]
        verdicts[face] = _weigh(faces[face], seen)
    return verdicts


def _weigh(glyphs: Sequence[Glyph], seen: Sequence[tuple[Sequence[Glyph], str, float]]) -> _Verdict:
    """The verdict on a face whose first sample disagreed."""
    scores = [agreement(sample, text) for sample, text, _ in seen]
    weights = [len(sample) for sample, _, _ in seen]
    pooled = sum(s * w for s, w in zip(scores, weights, strict=True)) / sum(weights)
    sure = sum(c * w for (_, _, c), w in zip(seen, weights, strict=True)) / sum(weights)
    sense = common_share(g.text for g in glyphs)
    told = f"samples agree {pooled:.0%}, recogniser {sure:.0%} sure, {sense:.0%} common characters"
    if max(scores) >= _AGREES or pooled >= 0.5:
        return _Verdict(True, told)
    if pooled <= _DISAGREES and (sure >= _SURE or sense < _MAKES_SENSE):
        return _Verdict(False, told)
    return _Verdict(sense >= _MAKES_SENSE, told)


def samples(glyphs: Sequence[Glyph], count: int) -> list[tuple[Glyph, ...]]:
    """Up to `count` runs of neighbouring glyphs that hold most distinct hanzi or letters.

    The runs do not overlap; the first is the most telling. Words stay in their order, which
    recognisers rely on.
    """
    usable = [g for g in glyphs if g.direction in ((1, 0), (0, 1))] or list(glyphs)
    starts = range(0, max(1, len(usable) - _SAMPLE // 2), _SAMPLE)
    windows = [tuple(usable[s : s + _SAMPLE]) for s in starts]

    def telling(window: tuple[Glyph, ...]) -> int:
        return len({g.text for g in window if is_hanzi(g.text) or g.text.isalpha()})

    ranked = sorted(range(len(windows)), key=lambda i: (-telling(windows[i]), i))
    return [windows[i] for i in ranked[:count]]


def agreement(sample: Sequence[Glyph], read: str) -> float:
    """Share of the sample's characters that the reading has too, in order, after NFKC and
    without spaces: longest common subsequence over the longer of the two."""
    a = _plain("".join(g.text for g in sample))
    b = _plain(read)
    if not a or not b:
        return 0.0
    row = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], (diagonal + 1 if x == y else max(row[j], row[j - 1]))
    return row[-1] / max(len(a), len(b))


_PUNCTUATION = {"Po", "Ps", "Pe", "Pi", "Pf", "Pd", "Pc", "Zs"}


def _plain(text: str) -> str:
    """Letters and characters only: punctuation is confused too easily to tell anything."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c for c in folded if unicodedata.category(c) not in _PUNCTUATION)
    return kept or "".join(folded.split())


def _line_image(drawn: pymupdf.DisplayList, frame: Frame, sample: Sequence[Glyph]) -> LineImage:
    """The glyphs' own pixels, cell after cell, as one upright line."""
    cells = [_cell_pixels(drawn, frame, g) for g in sample]
    line = np.concatenate(cells, axis=1)
    framed = cv2.copyMakeBorder(line, 4, 4, 8, 8, cv2.BORDER_CONSTANT, value=[255])
    return LineImage(np.ascontiguousarray(framed, dtype=np.uint8))


def _cell_pixels(drawn: pymupdf.DisplayList, frame: Frame, glyph: Glyph) -> Gray:
    zoom = _EM / glyph.size * frame.dpi / 72.0
    # A little above and below: many fonts reach over the em square.
    box = glyph.cell.grow(0.0, 0.04 * glyph.size).scale(72.0 / frame.dpi)
    clip = pymupdf.Rect(box.x0, box.y0, box.x1, box.y1)
    matrix = pymupdf.Matrix(zoom, zoom)
    pixmap = drawn.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, clip=clip, alpha=False)
    drawn_bytes = np.frombuffer(pixmap.samples_mv, dtype=np.uint8)
    pixels: Gray = drawn_bytes.reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]
    if glyph.ink > 0.6 and pixels.mean() < 160:
        pixels = np.asarray(255 - pixels, dtype=np.uint8)
    # A tint behind the type is made white.
    ground = int(np.percentile(pixels, 90)) if pixels.size else 255
    if 128 <= ground < 250:
        lifted = np.minimum(255, pixels.astype(np.uint16) * 255 // ground)
        pixels = lifted.astype(np.uint8)
    height = round(_EM * 1.08)
    width = max(4, round(_EM * glyph.cell.width / glyph.size))
    out = np.full((height, width), 255, dtype=np.uint8)
    h, w = min(height, pixels.shape[0]), min(width, pixels.shape[1])
    out[:h, :w] = pixels[:h, :w]
    return out
