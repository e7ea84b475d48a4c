"""Which files of an inbox are one delivery, and what their names say."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitise.archive.ingest.grouping import deliveries, issue_part
from digitise.archive.ingest.ledger import Source
from digitise.archive.ingest.parting import partition
from digitise.archive.ingest.work import Head
from digitise.archive.titles import date_in


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2023-12-08_A01", "2023-12-08"),
        ("rb20231208", "2023-12-08"),
        ("2023年12月8日", "2023-12-08"),
        ("haizhou.2031.3.5-01", "2031-03-05"),
        ("5762152299364352", ""),
        ("scan0001", ""),
        ("2023-13-40", ""),
        ("20231", ""),
    ],
)
def test_dates_in_names(name: str, date: str) -> None:
    assert date_in(name) == date


@pytest.mark.parametrize(
    ("stem", "part"),
    [
        ("2023-12-08_A01", "2023-12-08"),
        ("2023-12-08", "2023-12-08"),
        ("2023-12-08 第3版", "2023-12-08"),
        ("rb20231208-12", "rb20231208"),
        ("scan0001", "scan0"),
        ("trunc", "trunc"),
        ("page_B", "page"),
        ("crash-5762152299364352", "crash-5762152299364352"),
    ],
)
def test_the_issue_in_a_page_name(stem: str, part: str) -> None:
    assert issue_part(stem) == part


def _groups(files: dict[str, int]) -> list[tuple[str, tuple[str, ...]]]:
    sources = [Source(name, 1, 1) for name in files]
    return [(d.name, tuple(f.name for f in d.files)) for d in deliveries(sources, files)]


def test_loose_pages_by_name() -> None:
    files = {f"2023-12-0{d}_A{p}.jpg": 1 for d in (8, 9) for p in (1, 2)}
    assert _groups(files) == [
        ("2023-12-08", ("2023-12-08_A1.jpg", "2023-12-08_A2.jpg")),
        ("2023-12-09", ("2023-12-09_A1.jpg", "2023-12-09_A2.jpg")),
    ]


def test_a_folder_is_an_issue_and_keeps_its_bad_pages() -> None:
    files = {"abc/要闻.jpg": 1, "abc/体育.jpg": 0, "whole.pdf": 8, "pack.zip": -1, "odd.tif": 0}
    assert _groups(files) == [
        ("abc", ("abc/要闻.jpg", "abc/体育.jpg")),
        ("odd", ("odd.tif",)),
        ("pack", ("pack.zip",)),
        ("whole", ("whole.pdf",)),
    ]


@given(st.lists(st.sampled_from(["", "2031-03-01", "2031-03-02", "2031-03-03"]), max_size=12))
def test_parting_keeps_every_page_in_order(dates: list[str]) -> None:
    groups = partition([Head("报头" + date if date else "", date) for date in dates])
    assert [n for group in groups for n in group] == list(range(len(dates)))
    for group in groups:
        assert len({dates[n] for n in group} - {""}) <= 1
    seen = [next((dates[n] for n in group if dates[n]), "") for group in groups]
    assert all(a != b for a, b in itertools.pairwise(seen))
