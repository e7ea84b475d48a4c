"""The second hearing: what is known of whole articles once a page has been solved."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from digitise.layout import analyse
from digitise.layout.context import LINK_NAMES, Context
from digitise.layout.flow import Chain, chain_bodies, solve_first, weigh, within
from digitise.layout.heads import Head
from digitise.layout.judges import Heard
from digitise.layout.scene import Scene
from digitise.layout.second import reconsidered, second_judges
from digitise.model import Rect, Sheet, TextLine
from digitise.text.bylines import byline_score

from .setting import EM, LEAD, Paper, centred, columns, filled, line


def _solved(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> tuple[Scene, Heard, Context]:
    """The only assignment of a page, solved for the first time."""
    found: list[tuple[Scene, Heard, Context]] = []

    def note(scene: Scene, heads: Sequence[Head], bodies: Sequence[int]) -> list[Chain]:
        heard, context = solve_first(scene, weigh(scene, heads, bodies))
        assert context is not None
        found.append((scene, heard, context))
        return chain_bodies(scene, heads, bodies)

    monkeypatch.setattr(importlib.import_module("digitise.layout.analyse"), "chain_bodies", note)
    analyse(sheet)
    assert len(found) == 1
    return found[0]


def _two_stories() -> Paper:
    """Two stories, one over the other, each in two columns under a headline."""
    return Paper().put(
        line("渡船照旧开往对岸", 100, 100, 96.0),
        *filled(0, columns(100, 300, 2, 15, 14))[1],
        line("山路拓宽之后", 100, 1400, 96.0),
        *filled(5, columns(100, 1600, 2, 15, 14))[1],
    )


def _text(
    start: int, areas: Sequence[Rect], font: str = "Song"
) -> tuple[list[str], list[TextLine]]:
    paragraphs, lines = filled(start, areas)
    return paragraphs, [replace(x, font=font) for x in lines]


def _named(scene: Scene, context: Context) -> dict[str, int]:
    """Nodes by how their text begins."""
    out = {}
    for k, node in enumerate(context.links.nodes):
        block = node.block if node.head is None else node.head.headline[0]
        out[scene.blocks[block].text[:6]] = k
    return out


def test_a_link_is_seen_with_the_articles_it_would_join(monkeypatch: pytest.MonkeyPatch) -> None:
    _, heard, context = _solved(_two_stories().sheet(), monkeypatch)
    upper, lower = sorted(context.chains, key=lambda c: context.links.nodes[c[0]].box.y0)
    assert [len(upper), len(lower)] == [3, 3]
    inside = dict(zip(LINK_NAMES, context.links_of([(upper[1], upper[2])])[0], strict=True))
    assert (inside["first_chosen"], inside["one_chain"], inside["foreign"]) == (1, 1, 0)
    assert (inside["bodies_before"], inside["bodies_after"], inside["head_of"]) == (1, 1, 2)
    across = dict(zip(LINK_NAMES, context.links_of([(upper[2], lower[1])])[0], strict=True))
    assert (across["first_chosen"], across["one_chain"]) == (0, 0)
    assert (across["bodies_before"], across["bodies_after"]) == (2, 2)
    assert across["lower"] > 0 > across["bottoms"] - 100
    assert len(heard.keys) > 4


def test_columns_of_one_story_have_more_words_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right, other = columns(100, 300, 3, 15, 12)
    paper = Paper().put(line("渡船照旧开往对岸", 100, 100, 96.0))
    paper.put(line("山路拓宽之后", other.x0, 100, 96.0))
    # both columns of the first story tell the same sentences, in another order
    for area, start in ((left, 0), (right, 0), (other, 9)):
        paper.put(*filled(start, [area])[1])
    _, _, context = _solved(paper.sheet(), monkeypatch)
    body = {round(context.links.nodes[k].box.x0): k for k in context.links.bodies}
    first, second, third = (body[round(area.x0)] for area in (left, right, other))
    assert context.about[first, second] > 2 * context.about[first, third]


def test_titles_inside_an_article_are_known_by_their_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three small titles in one type: those that stand between two texts of one column are
    inside for sure, and the one at the head of the next column is counted as like them."""
    left, right = columns(100, 300, 2, 15, 40)
    paper = Paper().put(line("渡船照旧开往对岸", 100, 100, 96.0))
    y = 300.0
    for k, title in enumerate(("", "码头上的清晨", "山路上的货车")):
        if title:
            paper.put(centred(title, left, y + 40, 1.1 * EM, font="Hei", bold=True))
            y += 150
        paper.put(*_text(3 * k, [Rect(left.x0, y, left.x1, y + 8 * LEAD)])[1])
        y += 8 * LEAD
    paper.put(centred("图书室的灯光", right, 310, 1.1 * EM, font="Hei", bold=True))
    paper.put(*_text(11, [Rect(right.x0, 420, right.x1, 420 + 8 * LEAD)])[1])
    scene, _, context = _solved(paper.sheet(), monkeypatch)
    named = _named(scene, context)
    top = named["图书室的灯光"]
    assert {named["码头上的清晨"], named["山路上的货车"]} <= context.inner
    assert sorted(context.alike[top]) == sorted([named["码头上的清晨"], named["山路上的货车"]])
    row = context.starts()[top]
    alike = row[LINK_NAMES.index("inner_alike")] + row[LINK_NAMES.index("inner_alike_elsewhere")]
    assert alike == 2


def test_a_headline_beyond_doubt_stays_a_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    _, heard, context = _solved(_two_stories().sheet(), monkeypatch)
    cost = reconsidered(heard, context, second_judges())
    n = context.n
    strong = [k for k, node in enumerate(context.links.nodes) if node.head and not node.head.weak]
    assert len(strong) == 2
    assert np.array_equal(cost[[n + k for k in strong], strong], np.zeros(2))
    assert not np.array_equal(cost, context.cost)


def test_a_small_title_of_two_sizes_may_stay_inside_with_both_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The upper line, set smaller to fit the column, is no kicker that makes it a headline."""
    left, right = columns(100, 300, 2, 15, 24)
    paper = Paper().put(line("渡船照旧开往对岸的码头", 100, 100, 96.0))
    upper = Rect(left.x0, 300, left.x1, 300 + 8 * LEAD)
    paper.put(*_text(0, [upper])[1])
    paper.put(
        centred("流动图书车开得再快一点", left, upper.y1 + 45, 1.12 * EM, font="Hei", bold=True)
    )
    paper.put(centred("河口村的清晨", left, upper.y1 + 105, 1.3 * EM, font="Hei", bold=True))
    lower = Rect(left.x0, upper.y1 + 210, left.x1, right.y1)
    paper.put(*_text(7, [lower, right])[1])
    scene, _, context = _solved(paper.sheet(), monkeypatch)
    (head,) = [
        node.head
        for node in context.links.nodes
        if node.head and scene.blocks[node.head.headline[0]].text == "河口村的清晨"
    ]
    assert (head.weak, head.dressed) == (True, True)
    inside, titles = within(scene, head)
    assert [scene.blocks[i].text for i in titles] == ["流动图书车开得再快一点", "河口村的清晨"]
    assert inside == titles
    assert not any(scene.kind.get(i) == "kicker" for i in inside)


def test_the_lead_of_a_short_report_is_no_signature() -> None:
    assert byline_score("●单堂：耳目一新 罗擂") < 0.5
    assert byline_score("●罗擂 单堂") > 0.5


def test_two_rows_of_a_paragraph_are_no_deck() -> None:
    """At the foot of a page: a small title, and under it two rows of text in another type than
    most of the page's."""
    left, right = columns(100, 300, 2, 15, 30)
    paper = Paper().put(line("渡船照旧开往对岸", 100, 100, 96.0))
    paper.put(*_text(0, [right])[1])
    upper = Rect(left.x0, 300, left.x1, 300 + 9 * LEAD)
    paper.put(*_text(4, [upper], "Kai")[1])
    paper.put(centred("图书室的灯光", left, upper.y1 + 50, 1.4 * EM, font="Hei"))
    foot = Rect(left.x0, upper.y1 + 150, left.x1, upper.y1 + 150 + 2 * LEAD)
    paper.put(*_text(9, [foot], "Kai")[1])
    pieces = analyse(paper.sheet()).pieces
    assert all(not p.subheadline for p in pieces)
