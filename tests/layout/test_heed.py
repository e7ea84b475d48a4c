"""What the grouping does without a kind of evidence."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from digitise.layout import Heed, analyse
from digitise.layout.context import LINK_NAMES
from digitise.layout.evidence import END_NAMES, PAIR_NAMES, START_NAMES
from digitise.layout.nodes import Ends
from digitise.model import Frame, Rect, Sheet

from .setting import Paper, columns, filled, line

KINDS = [f.name for f in fields(Heed)]


def _page() -> Sheet:
    """A headline over two columns; the right one goes on in a box of its own measure."""
    paper = Paper().put(
        line("渡船照旧开往对岸", 100, 100, 96.0),
        *filled(0, columns(100, 300, 2, 15, 14))[1],
        line("山路拓宽之后", 1500, 100, 80.0),
        *filled(5, columns(1500, 300, 1, 15, 14))[1],
    )
    frame = Frame(Rect(1460, 60, 2160, 1240), "box")
    return replace(paper.sheet(), frames=(frame,))


def test_all_evidence_is_the_default() -> None:
    assert analyse(_page()) == analyse(_page(), Heed())


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_without_any_kind(kind: str) -> None:
    def letters(heed: Heed) -> list[str]:
        regions = analyse(_page(), heed).page.regions
        return sorted(x.text for r in regions for x in r.lines)

    assert letters(Heed().without(kind)) == letters(Heed())


def test_marks_that_are_not_heeded_are_taken_off_the_page() -> None:
    sheet = _page()
    assert Heed().seen(sheet) is sheet
    assert Heed().without("frames").seen(sheet).frames == ()
    assert Heed().without("rules").seen(sheet).frames == sheet.frames


def test_an_end_that_is_not_heeded_is_unknown() -> None:
    known = Ends(fresh=1.0, going=0.0, dateline=True, signed=True, jump_out=True, jump_in=False)
    assert Heed().ends(known) is known
    bare = Heed().without("indents", "stops", "datelines", "signatures").ends(known)
    assert bare == Ends(0.5, 0.5, False, False, True, False)
    # a signature closes a piece: without it nothing tells that the piece is over
    assert Heed().without("signatures").ends(known).going == 0.5


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in ("judges", "second")])
def test_judges_cannot_tell_candidates_apart_by_what_is_not_heeded(kind: str) -> None:
    changed = 0
    for names in (PAIR_NAMES, START_NAMES, END_NAMES, LINK_NAMES):
        rows = np.arange(3.0 * len(names)).reshape(3, len(names))
        seen = Heed().without(kind).blur(rows, names)
        assert Heed().blur(rows, names) is rows
        for k in range(len(names)):
            if not np.array_equal(seen[:, k], rows[:, k]):
                assert seen[:, k].tolist() == [rows[1, k]] * 3
                changed += 1
    assert changed


def test_there_is_no_evidence_of_other_names() -> None:
    with pytest.raises(TypeError):
        Heed().without("luck")
