"""An archive with the small issue in it, in SQLite and, where it is installed, PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from digitise.archive import Archive, add_issue, open_archive
from digitise.model import Issue

from ..archive.conftest import Cluster, cluster
from ..conftest import make_pdf
from .papers import paper

__all__ = ["cluster"]

Opened = Callable[[], Archive]


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return make_pdf(tmp_path / "haizhou.pdf", 2)


@pytest.fixture
def archive(tmp_path: Path, original: Path) -> Archive:
    place = open_archive(tmp_path / "archive", create=True)
    add_issue(place, paper(), [original])
    return place


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path, original: Path) -> Archive:
    """The same archive over each kind of catalogue."""
    url = ""
    if request.param == "postgresql":
        server: Cluster = request.getfixturevalue("cluster")
        url = server.database("t" + str(abs(hash(str(tmp_path))))[:12])
    place = open_archive(tmp_path / "archive", url, create=True)
    add_issue(place, paper(), [original])
    return place


def read_again(place: Archive, issue: Issue, original: Path) -> None:
    """A newer machine result of the same pages."""
    add_issue(place, issue, [original])
