"""Characters, with place and confidence, out of a recogniser's frames.

The recogniser is trained with connectionist temporal classification (Graves et al., 2006):
one distribution over blank and characters for each step along the line. The best path is
taken; equal neighbours are one character, blanks are none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Peak:
    """One character on the best path: its steps are start <= step < end. `rivals`: what else it
    could be, (character, probability), likeliest first."""

    text: str
    start: int
    end: int
    confidence: float
    rivals: tuple[tuple[str, float], ...] = ()


LIKELY = 0.05
"""A character takes the place of one of the wrong script from this probability on."""

STOPS = "，。、"
"""What a full point between Chinese characters mostly is, in small or blurred type."""

STOP = 0.01
"""One of STOPS takes the place of such a full point from this probability on."""


def decode(
    frames: NDArray[np.float32],
    alphabet: tuple[str, ...],
    barred: Callable[[str], bool] | None = None,
    rivals: int = 0,
) -> tuple[Peak, ...]:
    """(steps, classes) probabilities in; class 0 is the blank, class i is alphabet[i - 1],
    a class past the alphabet is the space. A character that is `barred` gives way to the next
    best that is not, where that is likely at all. `rivals`: so many are told of each character."""
    best = frames.argmax(axis=1)
    chance = frames[np.arange(len(best)), best]
    if barred is not None:
        for step in np.flatnonzero(best):
            if best[step] <= len(alphabet) and barred(alphabet[best[step] - 1]):
                best[step] = _other(frames[step], alphabet, barred, int(best[step]))
    peaks: list[Peak] = []
    edges = np.flatnonzero(np.diff(best)) + 1
    for start, end in zip((0, *edges.tolist()), (*edges.tolist(), len(best)), strict=True):
        label = int(best[start]) if len(best) else 0
        if label == 0:
            continue
        text = alphabet[label - 1] if label <= len(alphabet) else " "
        others = _rivals(frames[start:end].max(axis=0), alphabet, label, rivals) if rivals else ()
        peaks.append(Peak(text, start, end, min(1.0, float(chance[start:end].max())), others))
    return tuple(_stopped(peaks, frames, alphabet))


def _stopped(
    peaks: list[Peak], frames: NDArray[np.float32], alphabet: tuple[str, ...]
) -> list[Peak]:
    """The peaks with "." after a Chinese character read as the likeliest of STOPS, where one is
    likely at all and no figure or Latin letter follows."""
    out = list(peaks)
    labels = [alphabet.index(mark) + 1 for mark in STOPS if mark in alphabet]
    for i, peak in enumerate(peaks):
        if peak.text != "." or i == 0 or not labels or not _chinese(peaks[i - 1].text):
            continue
        if i + 1 < len(peaks) and not _chinese(peaks[i + 1].text):
            continue
        chances = frames[peak.start : peak.end, labels].max(axis=0)
        best = int(chances.argmax())
        if chances[best] >= STOP:
            text = alphabet[labels[best] - 1]
            sure = min(1.0, float(chances[best]))
            out[i] = Peak(text, peak.start, peak.end, sure, peak.rivals)
    return out


def _chinese(text: str) -> bool:
    return text >= "\u2e80" or text in "“”‘’%"


def _other(
    chances: NDArray[np.float32],
    alphabet: tuple[str, ...],
    barred: Callable[[str], bool],
    label: int,
) -> int:
    for other in np.argsort(-chances, kind="stable")[:20].tolist():
        if chances[other] < LIKELY:
            break
        if 0 < other <= len(alphabet) and not barred(alphabet[other - 1]):
            return int(other)
    return label


def _rivals(
    chances: NDArray[np.float32], alphabet: tuple[str, ...], label: int, count: int
) -> tuple[tuple[str, float], ...]:
    """The likeliest characters but `label`; neither blank nor space."""
    chances = chances[: len(alphabet) + 1].copy()
    chances[[0, *((label,) if label <= len(alphabet) else ())]] = -1.0
    # Of thousands few are wanted: they are taken out before they are sorted.
    likely = np.sort(np.argpartition(-chances, min(count, len(chances) - 1))[:count])
    found = likely[np.argsort(-chances[likely], kind="stable")].tolist()
    return tuple((alphabet[i - 1], float(chances[i])) for i in found if i)


def extents(
    middles: Sequence[float], length: float, pitch: float
) -> tuple[tuple[float, float], ...]:
    """Extents within 0..`length` of characters with these middles, which must not go back: each
    reaches half way to its neighbours, but not farther than half of `pitch` from its middle."""
    out: list[tuple[float, float]] = []
    for i, middle in enumerate(middles):
        before = (middles[i - 1] + middle) / 2 if i else 0.0
        after = (middle + middles[i + 1]) / 2 if i + 1 < len(middles) else length
        out.append((max(before, middle - pitch / 2), min(after, middle + pitch / 2)))
    return tuple(out)
