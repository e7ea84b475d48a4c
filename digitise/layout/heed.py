"""Which kinds of evidence the grouping heeds: all of them, unless one's worth is to be measured.

What is switched off says nothing for or against any link: lines and frames are taken off the
page, hand-set costs leave out their term, and the trained judges see the page's own middle value
in each column of that evidence, so that it tells no two candidates apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ..model import Sheet
    from .nodes import Ends


@dataclass(frozen=True, slots=True)
class Heed:
    """Kinds of evidence between the pieces of a page. Of type: `size`, `face` (font, weight,
    reversed type), `width`, `rules`, `frames` (and grounds), `level` (alignment of tops and
    sides). Of structure: `span` (the columns a headline stands over), `datelines`, `signatures`,
    `stops` (how a piece ends: full measure, end of a sentence). Of language: `indents` (how a
    piece begins: a paragraph or the middle of one), `wording` (does the text run on, characters
    and topics in common). `judges`: the trained ones, without which hand-set costs decide alone;
    `second`: their second hearing, about the articles that came of the first."""

    size: bool = True
    face: bool = True
    width: bool = True
    rules: bool = True
    frames: bool = True
    level: bool = True
    span: bool = True
    datelines: bool = True
    signatures: bool = True
    stops: bool = True
    indents: bool = True
    wording: bool = True
    judges: bool = True
    second: bool = True

    def without(self, *names: str) -> Heed:
        """The same with the kinds in `names` switched off. Raises TypeError for other names."""
        return replace(self, **dict.fromkeys(names, False))

    def seen(self, sheet: Sheet) -> Sheet:
        """The sheet without the marks that are not heeded."""
        if not self.rules:
            sheet = replace(sheet, rules=())
        if not self.frames:
            sheet = replace(sheet, frames=())
        return sheet

    def ends(self, known: Ends) -> Ends:
        """How a piece begins and ends, as far as it is heeded; 0.5 stands for unknown."""
        changes: dict[str, Any] = {}
        if not self.datelines:
            changes["dateline"] = False
        if not self.signatures and known.signed:
            changes["signed"], changes["going"] = False, 0.5
        if not self.stops:
            changes["going"] = 0.5
        if not self.indents:
            changes["fresh"] = 0.5
        return replace(known, **changes) if changes else known

    def blur(self, rows: NDArray[np.float64], names: Sequence[str]) -> NDArray[np.float64]:
        """Evidence for the judges, (n, len(names)), without what is not heeded."""
        gone = {c for f in fields(self) if not getattr(self, f.name) for c in _COLUMNS[f.name]}
        if not gone or not len(rows):
            return rows
        rows = rows.copy()
        for k, name in enumerate(names):
            if name in gone:
                known = rows[:, k][~np.isnan(rows[:, k])]
                rows[:, k] = np.median(known) if len(known) else np.nan
        return rows


EVERYTHING = Heed()

_COLUMNS: dict[str, tuple[str, ...]] = {
    "size": ("size_ratio", "size_from", "size_to", "size", "size_ratio_of"),
    "face": (
        "same_font", "same_bold", "bold", "alike", "firsts", "same_face", "face_share",
        "inner_alike", "inner_alike_elsewhere", "outer_alike", "kin",
    ),
    "width": ("width_from", "width_to", "width_difference", "width", "width_of"),
    "rules": ("rule_below", "rule_beside", "ruled"),
    "frames": ("in_frame", "sole"),
    "level": ("left_difference", "top_difference", "bottom_difference", "centred", "tops", "bottoms"),
    "span": ("same_roof", "roof_is_from", "roofed_to", "roofed_from", "roof", "wing", "same_eaves"),
    "datelines": ("dateline", "leads", "dateline_after"),
    "signatures": ("signed", "led", "signed_before", "signed_after"),
    "stops": ("going", "going_x_fresh", "stops", "open", "slack"),
    "indents": ("fresh", "going_x_fresh", "fresh_after"),
    "wording": (
        "runs_on", "continues", "pair_seen", "triple_seen", "dialogue",
        "topic", "topic_over_row", "topic_over_column",
        "about", "about_over_row", "about_over_column", "about_far",
    ),
    "judges": (),
    "second": (),
}  # fmt: skip
"""The columns of the judges' evidence that each kind fills."""
