"""Acceptance: a random sample of lines, its errors, and what they say of the whole issue.

差错率 is errors over characters looked at. The interval is that of Clopper and Pearson (1934), "The
use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26,
404-413: exact for the binomial distribution, never too narrow, which is what a buyer wants.
"""

from __future__ import annotations

import math
import random
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from scipy.special import betaincinv
from sqlalchemy import insert, select, update

from ...errors import DataInvalid
from ..library import Archive
from . import tables
from .document import Document
from .journal import stamp

Verdict = Literal["meets", "fails", "undecided"]

__all__ = [
    "Figures", "Sample", "SampleLine", "clopper_pearson", "decide", "draw", "figures", "find",
    "list_samples", "mark", "needed", "stamp",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A line as it was when the sample was drawn. `errors` is None until it was looked at;
    `marks` are the places of the errors, in code points."""

    line: str
    page: str
    text: str
    errors: int | None = None
    note: str = ""
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """`wanted`: the highest rate that is accepted; `level` of confidence."""

    key: str
    issue: str
    by: str
    at: float
    seq: int
    seed: int
    level: float
    wanted: float
    lines: tuple[SampleLine, ...]
    decision: str = ""
    decided_by: str = ""
    decided_at: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """`drawn` characters in the sample; of those looked at: lines, characters, errors, their rate
    and its interval. `needed`: characters without error that would show the wanted rate."""

    drawn: int
    looked_at: int
    characters: int
    errors: int
    rate: float
    low: float
    high: float
    verdict: Verdict
    needed: int


def clopper_pearson(errors: int, characters: int, level: float) -> tuple[float, float]:
    """The interval for a rate of `errors` in `characters`, at `level` (0.95), both sides.

    (0, 1) when nothing was looked at. ValueError for counts that make no sense.
    """
    if errors < 0 or characters < 0 or errors > characters or not 0 < level < 1:
        raise ValueError("no such counts")
    if characters == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = float(betaincinv(errors, characters - errors + 1, tail)) if errors else 0.0
    whole = errors == characters
    high = 1.0 if whole else float(betaincinv(errors + 1, characters - errors, 1 - tail))
    return low, high


def needed(wanted: float, level: float) -> int:
    """How many characters without a single error bring the upper limit down to `wanted`."""
    return math.ceil(math.log((1 - level) / 2) / math.log1p(-wanted))


def figures(sample: Sample) -> Figures:
    seen = [line for line in sample.lines if line.errors is not None]
    characters = sum(len(line.text) for line in seen)
    errors = min(characters, sum(line.errors or 0 for line in seen))
    low, high = clopper_pearson(errors, characters, sample.level)
    verdict: Verdict = (
        "meets" if high <= sample.wanted else "fails" if low > sample.wanted else "undecided"
    )
    return Figures(
        sum(len(line.text) for line in sample.lines), len(seen), characters, errors,
        errors / characters if characters else 0.0, low, high, verdict,
        needed(sample.wanted, sample.level),
    )  # fmt: skip


def drawn(document: Document, characters: int, seed: int) -> tuple[SampleLine, ...]:
    """Whole lines, each as likely as any other, until they hold so many characters; in the order
    of the pages. The same document, number and seed give the same lines."""
    lines: list[SampleLine] = []
    for page in document.machine.pages:
        entry = document.page(page.id)
        for region_id in entry.order if entry else ():
            region = document.region(region_id)
            for line_id in region.lines if region else ():
                line = document.line(line_id)
                if line is not None and line.line.text.strip():
                    lines.append(SampleLine(line_id, page.id, line.line.text))
    order = list(range(len(lines)))
    random.Random(seed).shuffle(order)
    chosen: list[int] = []
    total = 0
    for i in order:
        if total >= characters:
            break
        chosen.append(i)
        total += len(lines[i].text)
    return tuple(lines[i] for i in sorted(chosen))


def draw(
    archive: Archive, issue: str, document: Document, by: str, *, characters: int, wanted: float,
    level: float, seed: int,
) -> Sample:  # fmt: skip
    """Draws a sample and keeps it."""
    sample = Sample(
        uuid.uuid4().hex[:16], issue, by, time.time(), document.seq, seed, level, wanted,
        drawn(document, characters, seed),
    )  # fmt: skip
    row = {
        "key": sample.key, "issue_id": issue, "by": by, "at": sample.at, "seq": sample.seq,
        "seed": seed, "level": level, "wanted": wanted, "lines": _rows(sample.lines),
        "decision": "", "decided_by": "", "decided_at": 0.0, "note": "",
    }  # fmt: skip
    archive.catalogue.transact(lambda c: c.execute(insert(tables.samples).values(**row)) and None)
    return sample


def _rows(lines: Sequence[SampleLine]) -> list[dict[str, Any]]:
    return [{**asdict(line), "marks": list(line.marks)} for line in lines]


def find(archive: Archive, key: str) -> Sample | None:
    query = select(tables.samples).where(tables.samples.c.key == key)
    row = archive.catalogue.query(lambda c: c.execute(query).mappings().first())
    return None if row is None else _sample(row)


def list_samples(archive: Archive, issue: str = "") -> tuple[Sample, ...]:
    """The newest first."""
    query = select(tables.samples).order_by(tables.samples.c.at.desc())
    if issue:
        query = query.where(tables.samples.c.issue_id == issue)
    return archive.catalogue.query(
        lambda c: tuple(_sample(row) for row in c.execute(query.limit(500)).mappings())
    )


def _sample(row: Mapping[Any, Any]) -> Sample:
    same = ("key", "by", "at", "seq", "seed", "level", "wanted", "decision", "decided_by",
            "decided_at", "note")  # fmt: skip
    lines = tuple(
        SampleLine(**{**line, "marks": tuple(line.get("marks", ()))}) for line in row["lines"]
    )
    return Sample(**{name: row[name] for name in same}, issue=row["issue_id"], lines=lines)


def mark(
    archive: Archive, key: str, line: str, errors: int | None, note: str, marks: Sequence[int]
) -> Sample:
    """Notes what was found in a line. Raises DataInvalid when the sample does not have it, has
    been decided, or the line has fewer characters than errors."""

    def work(connection: Any) -> Sample:
        table = tables.samples
        row = connection.execute(select(table).where(table.c.key == key).with_for_update())
        sample = _sample(row.mappings().one())
        if sample.decision:
            raise _wrong("line", "the sample has been decided", "该样本已作出处理")
        old = next((x for x in sample.lines if x.line == line), None)
        if old is None:
            raise _wrong("line", "not in the sample", "不在样本中")
        if errors is not None and errors > len(old.text):
            raise _wrong("errors", "more than the line has characters", "多于该行字数")
        new = SampleLine(old.line, old.page, old.text, errors, note, tuple(marks))
        lines = tuple(new if x.line == line else x for x in sample.lines)
        connection.execute(update(table).where(table.c.key == key).values(lines=_rows(lines)))
        return Sample(**{**{n: getattr(sample, n) for n in _NAMES}, "lines": lines})

    return archive.catalogue.transact(work)


_NAMES = tuple(Sample.__dataclass_fields__)


def decide(archive: Archive, key: str, decision: str, by: str, note: str) -> Sample:
    """Passes or returns. Raises DataInvalid when that was done before."""

    def work(connection: Any) -> bool:
        table = tables.samples
        done = connection.execute(
            update(table)
            .where(table.c.key == key, table.c.decision == "")
            .values(decision=decision, decided_by=by, decided_at=time.time(), note=note)
        )
        return bool(done.rowcount)

    if not archive.catalogue.transact(work):
        raise _wrong("decision", "the sample has been decided", "该样本已作出处理")
    sample = find(archive, key)
    assert sample is not None
    return sample


def _wrong(place: str, english: str, chinese: str) -> DataInvalid:
    return DataInvalid((f"{place}: {english}.", f"{place}：{chinese}。"))
