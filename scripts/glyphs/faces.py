"""Which characters the classifier knows, and their pictures in Ming faces of Debian packages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitise.text.script import belongs
from scripts.wordlist import listed, traditional

EM = 48
"""Pixels an em of a kept picture."""

FREQUENT = 4500
"""So many characters of the word list, the most frequent, are known."""

TRUETYPE, OPENTYPE = Path("/usr/share/fonts/truetype"), Path("/usr/share/fonts/opentype")
NOTO = OPENTYPE / "noto"

FACES: tuple[tuple[Path, str], ...] = (
    (TRUETYPE / "arphic/uming.ttc", ""),  # fonts-arphic-uming
    (TRUETYPE / "arphic-bsmi00lp/bsmi00lp.ttf", ""),  # fonts-arphic-bsmi00lp
    (TRUETYPE / "cwtex/cwming.ttf", ""),  # fonts-cwtex-ming
    (TRUETYPE / "cns11643/TW-Sung-98_1.ttf", ""),  # fonts-cns11643-sung
    (TRUETYPE / "hanazono/HanaMinA.ttf", ""),  # fonts-hanazono
    (TRUETYPE / "ipamj/ipamjm.ttf", ""),  # fonts-ipamj-mincho
    (OPENTYPE / "ipaexfont-mincho/ipaexm.ttf", ""),  # fonts-ipaexfont-mincho
    (TRUETYPE / "baekmuk/batang.ttf", ""),  # fonts-baekmuk
    (TRUETYPE / "unfonts-core/UnBatang.ttf", ""),  # fonts-unfonts-core
    (TRUETYPE / "unfonts-core/UnBatangBold.ttf", ""),
    (TRUETYPE / "oradano-mincho/OradanoGSRR.ttf", ""),  # fonts-oradano-mincho-gsrr
    (TRUETYPE / "bizud-mincho/BIZUDMincho-Regular.ttf", ""),  # fonts-morisawa-bizud-mincho
    (NOTO / "NotoSerifCJK-Regular.ttc", "KR"),  # fonts-noto-cjk, fonts-noto-cjk-extra
    (NOTO / "NotoSerifCJK-Regular.ttc", "TC"),
    (NOTO / "NotoSerifCJK-Medium.ttc", "JP"),
    (NOTO / "NotoSerifCJK-SemiBold.ttc", "KR"),
    (NOTO / "NotoSerifCJK-Bold.ttc", "TC"),
    (NOTO / "NotoSerifCJK-Bold.ttc", "JP"),
)
"""(file, which face of a collection): Ming of Taiwan, Japan and Korea; Korean ones have the forms
of before the reforms."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """`pictures[f, k]`: character k in face f, (EM, EM), ink 255; `known[f, k]`: whether that
    face has it. `weights[k]`: how often it is shown, summing to 1."""

    characters: tuple[str, ...]
    weights: NDArray[np.float64]
    pictures: NDArray[np.uint8]
    known: NDArray[np.bool_]


def characters() -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """(what is known, how often each is shown): the most frequent characters of jieba's word list
    turned into traditional ones, what Taiwan, Hong Kong and Japan write for them, and the hanja of
    KS X 1001 that are not in Big5, which are older forms. Rare ones are shown no less often than
    half of all."""
    import opencc

    count: Counter[str] = Counter()
    for word, frequency in listed():
        for char in traditional(word):
            if _unified(char):
                count[char] += frequency
    frequent = {char for char, _ in count.most_common(FREQUENT)}
    chosen = frequent | {"廿", "卅"}
    tables = Path(opencc.__file__).parent / "dictionary"
    for name in ("TWVariants", "HKVariants", "JPVariants"):
        for row_text in (tables / f"{name}.txt").read_text("utf-8").splitlines():
            char, _, others = row_text.partition("\t")
            if char in frequent:
                chosen |= {other for other in others.split() if _unified(other)}
    every = map(chr, range(0x4E00, 0xA000))
    chosen |= {c for c in every if belongs(c, "euc_kr") and not belongs(c, "big5")}
    names = tuple(sorted(chosen))
    weights = np.array([max(count[c], 1) for c in names], float) ** 0.45
    weights = np.maximum(weights, np.median(weights))
    return names, weights / weights.sum()


def _unified(char: str) -> bool:
    return len(char) == 1 and "\u4e00" <= char <= "\u9fff"


def draw() -> Atlas:
    """Every known character in every face. Raises OSError where a font is not installed."""
    names, weights = characters()
    pictures, known = [], []
    for path, which in FACES:
        drawn, there = _draw_face(path, which, names)
        pictures.append(drawn)
        known.append(there)
    return Atlas(names, weights, np.array(pictures), np.array(known))


def _draw_face(
    path: Path, which: str, names: tuple[str, ...]
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    from fontTools.ttLib import TTCollection, TTFont
    from PIL import Image, ImageDraw, ImageFont

    index = 0
    if which:
        faces: Any = TTCollection(str(path), lazy=True).fonts
        index = next(i for i, f in enumerate(faces) if which in f["name"].getDebugName(1).split())
    has: Any = TTFont(str(path), fontNumber=index, lazy=True).getBestCmap()
    font = ImageFont.truetype(str(path), EM, index=index)
    drawn = np.zeros((len(names), EM, EM), np.uint8)
    known = np.zeros(len(names), bool)
    middles = []
    for k, char in enumerate(names):
        if ord(char) not in has:
            continue
        image = Image.new("L", (2 * EM, 2 * EM), 0)
        ImageDraw.Draw(image).text((EM, EM), char, font=font, fill=255, anchor="mm")
        pixels = np.asarray(image)
        rows = np.flatnonzero(pixels.any(axis=1))
        if not len(rows):
            continue
        known[k] = True
        middles.append((rows[0] + rows[-1]) / 2 - EM)
        drawn[k] = pixels[EM // 2 : EM // 2 + EM, EM // 2 : EM // 2 + EM]
    # Fonts differ in where they think the middle of a cell is.
    return np.roll(drawn, -round(float(np.median(middles))), axis=1), known
