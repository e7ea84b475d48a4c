"""What each printed line was taken for."""

from __future__ import annotations

from dataclasses import replace

from digitise.evaluation import RoleCount, evaluate, evaluation_text
from digitise.model import Issue, Line, Page, Rect, Region, RegionKind

_TRUE: tuple[tuple[RegionKind, str], ...] = (
    ("headline", "石桥通了"),
    ("byline", "本报记者林晓"),
    ("body", "石桥封闭三个月后重新通行"),
    ("body", "桥面只走人和自行车"),
)


def _issue(kinds: dict[int, RegionKind] | None = None, scale: float = 1.0) -> Issue:
    """A page with a line of 40 px every 60; `kinds` changes that of a line, 0 being the first."""
    regions = []
    for k, (kind, text) in enumerate(_TRUE):
        place = Rect(0, 60 * k, 40 * len(text), 60 * k + 40).scale(scale).polygon
        made = (kinds or {}).get(k, kind)
        regions.append(Region(f"r{k}", made, place, lines=(Line(f"l{k}", place, text),)))
    size = round(1000 * scale)
    page = Page("p0001", 1, "", "", size, size, 300, tuple(regions), tuple(r.id for r in regions))
    return Issue("t", pages=(page,))


def test_every_line_of_its_kind() -> None:
    evaluation = evaluate(_issue(), _issue())
    assert evaluation.figures.roles == 1.0
    assert {(r.kind, r.right, r.total) for r in evaluation.roles} == {
        ("headline", 4, 4), ("byline", 6, 6), ("body", 21, 21),
    }  # fmt: skip


def test_a_byline_taken_for_body_is_counted_by_its_characters() -> None:
    evaluation = evaluate(_issue({1: "body"}), _issue())
    assert RoleCount("byline", 0, 6, "body") in evaluation.roles
    assert evaluation.figures.roles == 25 / 31
    assert "byline        0.0000  0/6  mostly taken for body" in evaluation_text([evaluation])


def test_pages_of_another_size_are_scaled() -> None:
    assert evaluate(_issue({1: "body"}, 2.0), _issue()).figures.roles == 25 / 31


def test_lines_that_were_not_found_are_wrong() -> None:
    empty = replace(_issue(), pages=())
    evaluation = evaluate(empty, _issue())
    assert evaluation.figures.roles == 0.0
    assert {r.mistaken_for for r in evaluation.roles} == {"nothing"}
