from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from digitise.formats.overlay import LONG_SIDE, draw_overlay
from digitise.model import Gray, Issue, Page, Region


def _picture(png: bytes) -> Gray:
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    return np.asarray(image.convert("RGB"))


def test_regions_are_filled_and_the_rest_is_paper(issue: Issue) -> None:
    picture = _picture(draw_overlay(issue.pages[0], issue.articles))
    assert picture.shape == (1400, 1000, 3)
    assert tuple(picture[1300, 500]) == (255, 255, 255)
    body, advertisement = picture[800, 300], picture[1150, 500]
    assert tuple(body) != (255, 255, 255)
    assert tuple(body) != tuple(advertisement)


def test_regions_of_one_article_have_one_colour(issue: Issue) -> None:
    picture = _picture(draw_overlay(issue.pages[0], issue.articles))
    # The lower right corners of the two body columns of one article, and of another.
    first, second, other = picture[895, 555], picture[695, 890], picture[1195, 890]
    assert tuple(first) == tuple(second) != tuple(other)


def test_the_background_shows_through_and_its_scale_does_not_matter(issue: Issue) -> None:
    scan = np.full((700, 500), 255, np.uint8)
    scan[640:, :] = 0
    picture = _picture(draw_overlay(issue.pages[0], issue.articles, scan))
    assert picture.shape == (1400, 1000, 3)
    assert picture[1350, 500].max() < 100
    assert picture[1240, 500].min() == 255


@pytest.mark.parametrize(("width", "height"), [(10000, 14000), (300, 90000), (40, 30), (1, 1)])
def test_no_side_is_longer_than_the_limit(width: int, height: int) -> None:
    picture = _picture(draw_overlay(Page("p0001", 1, width=width, height=height)))
    assert max(picture.shape[:2]) == min(LONG_SIDE, max(width, height))
    assert min(picture.shape[:2]) >= 1


def test_the_same_page_gives_the_same_bytes(issue: Issue) -> None:
    page = issue.pages[0]
    assert draw_overlay(page, issue.articles) == draw_overlay(page, issue.articles)


def test_jumps_are_flagged(issue: Issue) -> None:
    bare = tuple(replace(a, continuations=()) for a in issue.articles)
    for page in issue.pages[:2]:
        assert draw_overlay(page, issue.articles) != draw_overlay(page, bare)


def test_regions_without_a_shape_are_passed_over() -> None:
    regions = (Region("r1", "body", ()), Region("r2", "body", ((1.0, 1.0),)),
               Region("r3", "rule", ((0.0, 5.0), (90.0, 5.0))))  # fmt: skip
    page = Page("p0001", 1, width=100, height=100, regions=regions)
    assert _picture(draw_overlay(page)).shape == (100, 100, 3)


def test_a_page_of_unknown_size_is_drawn() -> None:
    page = Page(
        "p0001", 1, regions=(Region("r1", "body", ((0.0, 0.0), (60.0, 0.0), (60.0, 40.0))),)
    )
    assert _picture(draw_overlay(page)).shape == (40, 60, 3)
