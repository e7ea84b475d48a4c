"""Characters out of a recogniser's frames."""

from __future__ import annotations

import numpy as np

from digitise.ocr.ctc import decode

ALPHABET = ("启", "动", "今", ".", "，", "。", "9", "K")


def read(text: str, doubt: dict[int, dict[str, float]] | None = None) -> str:
    """What is decoded from frames sure of `text`, but for the characters in `doubt`."""
    frames = np.zeros((2 * len(text), len(ALPHABET) + 1), np.float32)
    frames[1::2, 0] = 1.0
    for i, char in enumerate(text):
        for other, chance in (doubt or {}).get(i, {char: 1.0}).items():
            frames[2 * i, ALPHABET.index(other) + 1] = chance
    return "".join(peak.text for peak in decode(frames, ALPHABET))


def test_a_full_point_between_chinese_characters_is_the_likeliest_stop() -> None:
    assert read("启动.今", {2: {".": 0.7, "，": 0.2, "。": 0.1}}) == "启动，今"
    assert read("启动.今", {2: {".": 0.7, "，": 0.1, "。": 0.2}}) == "启动。今"
    assert read("启动.", {2: {".": 0.5, "。": 0.4}}) == "启动。"


def test_a_full_point_that_is_sure_or_stands_at_a_figure_stays() -> None:
    assert read("启动.今", {2: {".": 0.999, "，": 0.001}}) == "启动.今"
    assert read("9.9", {1: {".": 0.6, "，": 0.4}}) == "9.9"
    assert read("9.启", {1: {".": 0.6, "，": 0.4}}) == "9.启"
    assert read("今.K", {1: {".": 0.6, "，": 0.4}}) == "今.K"
