"""How texts are compared: NFKC, white space removed, Levenshtein distance."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from ..model import Article


def normal(text: str) -> str:
    """`text` in Unicode normal form KC (UAX 15) without white space: the form compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def distance(predicted: str, true: str) -> int:
    """Levenshtein distance: insertions, deletions and substitutions of code points."""
    return Levenshtein.distance(predicted, true)


def cer(predicted: str, true: str) -> float:
    """Character error rate of two raw texts: distance / length of the truth, both normalised.

    1.0 for any text where the truth is empty, 0.0 when both are.
    """
    p, t = normal(predicted), normal(true)
    return distance(p, t) / len(t) if t else float(bool(p))


def likeness(edits: int, predicted: str, true: str) -> float:
    """The normalised similarity of two normal texts at that distance: 1 - distance / length of
    the longer; 1.0 when both are empty."""
    longer = max(len(predicted), len(true))
    return 1.0 - edits / longer if longer else 1.0


def article_text(article: Article) -> str:
    """All of an article's text in the order it is compared in, in normal form."""
    parts = (article.kicker, article.headline, article.subheadline, article.byline)
    return normal("\n".join((*parts, *article.paragraphs, *article.captions)))


def difference(predicted: str, true: str, *, hunks: int = 3, context: int = 4) -> str:
    """The first few places in which two texts differ, for people: "…江边[-的-]{+旳+}灯亮…",
    where [-…-] stands in the truth and {+…+} in its place in what was predicted."""
    p, t = normal(predicted), normal(true)
    spans = list(_spans(p, t, context))
    shown = [
        f"{'…' if t0 > context else ''}{t[max(0, t0 - context) : t0]}"
        f"{_mark('[-', t[t0:t1], '-]')}{_mark('{+', p[p0:p1], '+}')}"
        f"{t[t1 : t1 + context]}{'…' if t1 + context < len(t) else ''}"
        for t0, t1, p0, p1 in spans[:hunks]
    ]
    more = len(spans) - len(shown)
    return "  ".join(shown) + (f"  (+{more})" if more else "")


def _spans(p: str, t: str, context: int) -> Iterator[tuple[int, int, int, int]]:
    """Differing stretches (t0, t1, p0, p1), those closer than `context` run together."""
    held: tuple[int, int, int, int] | None = None
    for op in Levenshtein.opcodes(t, p):
        if op.tag == "equal":
            continue
        span = (op.src_start, op.src_end, op.dest_start, op.dest_end)
        if held is not None and span[0] - held[1] < context:
            held = (held[0], span[1], held[2], span[3])
        else:
            if held is not None:
                yield held
            held = span
    if held is not None:
        yield held


def _mark(before: str, text: str, after: str, longest: int = 24) -> str:
    if not text:
        return ""
    if len(text) > longest:
        text = f"{text[: longest // 2]}…{len(text)}…{text[-longest // 4 :]}"
    return before + text + after
