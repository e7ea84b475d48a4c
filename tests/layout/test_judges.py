"""The trained judges: their file, their arithmetic, and what they may not do."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.layout import analyse
from digitise.layout.context import LINK_NAMES
from digitise.layout.evidence import END_NAMES, PAIR_NAMES, START_NAMES
from digitise.layout.judges import judges
from digitise.layout.second import second_judges
from digitise.layout.trees import Trees, load_trees, save_trees
from digitise.model import Rect, Sheet

from .setting import Paper, columns, filled, line

MODELS = Path(__file__).parents[2] / "models"
NAN = float("nan")


def _tree(splits: list[tuple[int, float, bool]], leaves: list[float]) -> Trees:
    """A vine: each split's right hand is a leaf, its left hand the next split."""
    rows = []
    for k, (feature, threshold, unknown) in enumerate(splits):
        rows.append((feature, threshold, 2 * k + 2, 2 * k + 1, unknown, 0.0))
        rows.append((0, 0.0, 2 * k + 1, 2 * k + 1, True, leaves[k]))
    end = len(rows)
    rows.append((0, 0.0, end, end, True, leaves[len(splits)]))
    feature, threshold, left, right, unknown, value = zip(*rows, strict=True)
    return Trees(
        np.array(feature, dtype=np.int16),
        np.array(threshold, dtype=np.float32),
        np.array(left, dtype=np.int32),
        np.array(right, dtype=np.int32),
        np.array(unknown, dtype=np.bool_),
        np.array(value, dtype=np.float32),
        np.array([0], dtype=np.int32),
    )


numbers = st.floats(-8, 8, width=32)


@given(
    st.lists(st.tuples(st.integers(0, 2), numbers, st.booleans()), max_size=6),
    st.lists(numbers, min_size=7, max_size=7),
    st.lists(st.tuples(*[numbers | st.just(NAN)] * 3), min_size=1, max_size=5),
)
def test_a_tree_is_walked_split_by_split(
    splits: list[tuple[int, float, bool]],
    leaves: list[float],
    rows: list[tuple[float, float, float]],
) -> None:
    def walk(row: tuple[float, ...]) -> float:
        for k, (feature, threshold, unknown) in enumerate(splits):
            value = row[feature]
            if not (unknown if value != value else value <= threshold):
                return leaves[k]
        return leaves[len(splits)]

    scored = _tree(splits, leaves).score(np.array(rows))
    assert scored == pytest.approx([walk(row) for row in rows])


def test_a_file_comes_back_as_it_was_and_is_the_same_each_time(tmp_path: Path) -> None:
    tree = _tree([(0, 1.5, True), (2, -1.0, False)], [0.25, -0.5, 1.0])
    a, b = tmp_path / "a.npz", tmp_path / "b.npz"
    save_trees(a, {"pair": tree, "end": tree})
    save_trees(b, {"end": tree, "pair": tree})
    assert a.read_bytes() == b.read_bytes()
    back = load_trees(a)
    assert sorted(back) == ["end", "pair"]
    rows = np.array([[0.0, 0.0, 0.0], [NAN, 0.0, -3.0], [2.0, 0.0, NAN]])
    assert back["pair"].score(rows).tolist() == tree.score(rows).tolist()


def test_no_rows_no_scores() -> None:
    assert _tree([], [1.0]).score(np.zeros((0, 3))).shape == (0,)


def test_the_judges_are_those_on_record() -> None:
    entries = tomllib.loads((MODELS / "manifest.toml").read_text(encoding="utf-8"))["own"]
    names = {"links", "links-second", "links-downward", "words", "glyphs", "confidence"}
    assert {entry["name"] for entry in entries} == names
    for entry in entries:
        data = (MODELS / entry["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert len(data) == entry["bytes"] < 5_000_000


@pytest.mark.parametrize("downward", [False, True])
def test_the_judges_ask_for_the_evidence_there_is(downward: bool) -> None:
    names = {"pair": PAIR_NAMES, "start": START_NAMES, "end": END_NAMES}
    assert judges(downward).keys() == names.keys()
    for name, tree in judges(downward).items():
        assert tree.feature.max() < len(names[name])


def test_the_second_hearing_asks_for_the_evidence_there_is() -> None:
    names = {"pair": PAIR_NAMES, "start": START_NAMES, "end": END_NAMES}
    assert second_judges().keys() == names.keys()
    for name, tree in second_judges().items():
        assert tree.feature.max() < len(names[name]) + len(LINK_NAMES)


def _page(scale: float) -> Sheet:
    lines = [
        line("渡船照旧开往对岸", 100, 100, 96.0),
        *filled(0, columns(100, 300, 3, 15, 14))[1],
        line("山路拓宽之后", 100, 1300, 80.0),
        *filled(5, columns(100, 1450, 2, 24, 12))[1],
    ]
    made = Paper().put(*lines).sheet()
    return replace(
        made,
        width=round(made.width * scale),
        height=round(made.height * scale),
        lines=tuple(
            replace(
                x,
                box=_scaled(x.box, scale),
                size=x.size * scale,
                chars=tuple(replace(c, box=_scaled(c.box, scale)) for c in x.chars),
            )
            for x in made.lines
        ),
    )


def _scaled(box: Rect, by: float) -> Rect:
    return Rect(box.x0 * by, box.y0 * by, box.x1 * by, box.y1 * by)


def test_resolution_makes_no_difference() -> None:
    def read(scale: float) -> list[list[str]]:
        return [[x.text for x in p.lines] for p in analyse(_page(scale)).pieces]

    assert read(1.0) == read(0.5) == read(2.0)
