"""The page's own type as a witness."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.ocr.glyphs import Judged
from digitise.ocr.specimens import MOST, in_own_type, specimens_of

KNOWN = {"會": 0, "曾": 1, "國": 2}
A, B, C = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


def judged(chances: list[float], seen: tuple[float, ...]) -> Judged:
    logs = np.log(np.array([chances], np.float32))
    return Judged(KNOWN, logs, np.array([seen], np.float32))


def pictures(*rows: tuple[float, ...]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array(rows, np.float32)


def test_a_picture_is_told_by_what_it_looks_like() -> None:
    own = specimens_of(pictures(A, B, C), "會曾國", KNOWN)
    assert in_own_type(judged([0.6, 0.3, 0.1], B), own).logs.argmax() == KNOWN["曾"]
    assert in_own_type(judged([0.6, 0.3, 0.1], A), own).logs.argmax() == KNOWN["會"]


def test_a_clear_picture_is_not_overruled() -> None:
    own = specimens_of(pictures(A, B, C), "會曾國", KNOWN)
    assert in_own_type(judged([0.9999, 0.00005, 0.00005], B), own).logs.argmax() == KNOWN["會"]


def test_what_the_page_does_not_have_is_not_held_against_it() -> None:
    own = specimens_of(pictures(A, C), "會國", KNOWN)
    told = in_own_type(judged([0.1, 0.8, 0.1], (0.5, 0.5, 0.5)), own)
    assert told.logs.argmax() == KNOWN["曾"]


def test_the_surest_are_kept_and_unknown_characters_are_not() -> None:
    rows = [B] + [A] * MOST + [C, C]
    own = specimens_of(pictures(*rows), "會" * (MOST + 1) + "囘囘", KNOWN)
    assert own.places.tolist() == [0]
    assert len(own.vectors) == MOST
    assert own.likeness(pictures(B))[0, 0] == pytest.approx(1.0, abs=1e-5)


def test_a_page_without_specimens_says_nothing() -> None:
    own = specimens_of(np.zeros((0, 3), np.float32), "", KNOWN)
    before = judged([0.2, 0.5, 0.3], A)
    assert in_own_type(before, own) is before


@given(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), st.sampled_from([A, B, C, (0, 0, 0)]))
def test_chances_stay_chances(parts: list[float], seen: tuple[float, ...]) -> None:
    own = specimens_of(pictures(A, B), "會曾", KNOWN)
    told = in_own_type(judged([p / sum(parts) for p in parts], seen), own)
    assert np.exp(told.logs).sum() == pytest.approx(1.0, abs=1e-4)
