"""Issues with truth -> rows of evidence and whether each link is true."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from digitise.layout import analyse
from digitise.layout.analyse import body_size
from digitise.layout.context import LINK_NAMES
from digitise.layout.downcolumns import SOLID, rejoined
from digitise.layout.evidence import PAIR_NAMES, Evidence
from digitise.layout.flow import Weighed, chain_bodies, solve_first, weigh
from digitise.layout.heads import Head
from digitise.layout.judges import START, candidates
from digitise.layout.scene import Scene
from digitise.layout.second import second_rows
from digitise.model import Sheet
from digitise.options import Options
from digitise.sources import expand, read_text_layer

from .truth import Truth, true_links
from .wear import worn

JUDGES = ("pair", "start", "end")
_WORDING = [PAIR_NAMES.index(n) for n in ("pair_seen", "triple_seen")]
_ABOUT = [
    LINK_NAMES.index(n) for n in ("about", "about_over_row", "about_over_column", "about_far")
]
_TOPIC = [PAIR_NAMES.index(n) for n in ("topic", "topic_over_row", "topic_over_column")]


def weighed_pages(sheet: Sheet) -> list[tuple[Scene, Weighed]]:
    """Every assignment the layout of a sheet makes, before it is solved."""
    seen: list[tuple[Scene, Weighed]] = []

    def note(scene: Scene, heads: Sequence[Head], bodies: Sequence[int]) -> Any:
        if heads or bodies:
            seen.append((scene, weigh(scene, heads, bodies)))
        return chain_bodies(scene, heads, bodies)

    with mock.patch.object(
        importlib.import_module("digitise.layout.analyse"), "chain_bodies", note
    ):
        analyse(sheet)
    return seen


def sheets_of(folder: Path) -> Iterator[Sheet]:
    """The sheets of a born-digital issue."""
    for ref in expand([folder / "issue.pdf"], Options()):
        sheet = read_text_layer(ref, Options(), None)
        if sheet is not None:
            yield sheet


def with_whole_columns(sheet: Sheet) -> Sheet:
    """The columns of a page set downwards with their stops in them, as a scan's are."""
    return replace(sheet, lines=tuple(rejoined(sheet.lines, body_size(sheet.lines), SOLID)))


def rows_of_issue(
    path: Path, downward: bool = False
) -> dict[str, tuple[NDArray[np.float32], NDArray[np.int8]]]:
    """Rows of the issue whose truth is at `path`, for each judge: evidence (n, features) and
    truth (n,). `downward`: of pages set downwards, else of all others."""
    truth = Truth(path)
    folder = path.with_name(path.name.removesuffix(".truth.json"))
    xs: dict[str, list[NDArray[np.float64]]] = {j: [] for j in JUDGES}
    ys: dict[str, list[int]] = {j: [] for j in JUDGES}
    for number, sheet in enumerate(sheets_of(folder)):
        if downward:
            sheet = with_whole_columns(sheet)
        seed = [int(c) for c in folder.name.encode()]
        rng = np.random.default_rng([*seed, number])
        for version in (sheet, worn(sheet, rng)):
            for scene, weighed in weighed_pages(version):
                if scene.downward != downward:
                    continue
                _note(truth, number, scene, weighed, rng, xs, ys)
    return {
        j: (np.concatenate(xs[j]).astype(np.float32), np.array(ys[j], dtype=np.int8))
        for j in JUDGES
    }


Rows = dict[str, tuple[NDArray[np.float32], NDArray[np.int8], NDArray[np.float32]]]
"""For each judge: evidence, truth, and the log-odds that came before it."""


def second_rows_of_issue(path: Path) -> Rows:
    """Rows for the judges of the second hearing, of the issue whose truth is at `path`."""
    truth = Truth(path)
    folder = path.with_name(path.name.removesuffix(".truth.json"))
    seed = [int(c) for c in folder.name.encode()]
    found: list[Rows] = []
    for number, sheet in enumerate(sheets_of(folder)):
        wear = np.random.default_rng([*seed, number])
        for v, version in enumerate((sheet, worn(sheet, wear))):
            for scene, weighed in weighed_pages(version):
                if not scene.downward and weighed.links.nodes:
                    links = true_links(weighed.nodes, truth.places(scene, number))
                    rng = np.random.default_rng([*seed, number, v])
                    found += filter(None, [second_rows_of_page(scene, weighed, *links, rng)])
    return {
        j: (
            np.concatenate([rows[j][0] for rows in found]),
            np.concatenate([rows[j][1] for rows in found]),
            np.concatenate([rows[j][2] for rows in found]),
        )
        for j in JUDGES
    }


def second_rows_of_page(
    scene: Scene,
    weighed: Weighed,
    before: dict[int, int | None],
    after: dict[int, int | None],
    rng: np.random.Generator,
) -> Rows | None:
    """The same of one page's assignment; `before` and `after`: its true links."""
    heard, context = solve_first(scene, weighed)
    if context is None:
        return None
    rows = second_rows(heard, context)
    # as at the first hearing, half of the pages are read without what their wording tells
    if rng.random() < 0.5:
        rows["pair"][:, _WORDING] = np.nan
    if rng.random() < 0.4:
        rows["pair"][:, _TOPIC] = np.nan
        for judge in JUDGES:
            rows[judge][:, [c - len(LINK_NAMES) for c in _ABOUT]] = np.nan
    keys = heard.keys
    kept = {
        "pair": [k for k, (p, q) in enumerate(keys) if q in before and p in after],
        "start": [
            k
            for k, node in enumerate(weighed.nodes)
            if k in before and (node.head is None or node.head.weak)
        ],
        "end": sorted(after),
    }
    true = {
        "pair": [int(before[keys[k][1]] == keys[k][0]) for k in kept["pair"]],
        "start": [int(before[k] is None) for k in kept["start"]],
        "end": [int(after[k] is None) for k in kept["end"]],
    }
    said = dict(heard.said) | {"start": heard.said["start"] + context.kin / START}
    return {
        j: (
            rows[j][kept[j]].astype(np.float32),
            np.array(true[j], dtype=np.int8),
            said[j][kept[j]].astype(np.float32),
        )
        for j in JUDGES
    }


def _note(
    truth: Truth,
    number: int,
    scene: Scene,
    weighed: Weighed,
    rng: np.random.Generator,
    xs: dict[str, list[NDArray[np.float64]]],
    ys: dict[str, list[int]],
) -> None:
    if not weighed.links.nodes:
        return
    before, after = true_links(weighed.nodes, truth.places(scene, number))
    evidence = Evidence(weighed.links, *candidates(weighed))
    keys, rows = evidence.pairs()
    kept = [k for k, (p, q) in enumerate(keys) if q in before and p in after]
    rows = rows[kept]
    # The words of the generator come back more often than a newspaper's: half of the pages are
    # read without them, so that no judge leans on them alone.
    if rng.random() < 0.5:
        rows[:, _WORDING] = np.nan
    if rng.random() < 0.4:
        rows[:, _TOPIC] = np.nan
    xs["pair"].append(rows)
    ys["pair"] += [int(before[keys[k][1]] == keys[k][0]) for k in kept]
    weak = [
        k
        for k, node in enumerate(weighed.nodes)
        if k in before and (node.head is None or node.head.weak)
    ]
    xs["start"].append(evidence.starts()[weak])
    ys["start"] += [int(before[k] is None) for k in weak]
    every = sorted(after)
    xs["end"].append(evidence.ends()[every])
    ys["end"] += [int(after[k] is None) for k in every]
