"""The pages of a unit in the ledger: which are read, which failed, how often each was tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from ...errors import DigitiseError
from .. import tables
from ..catalogue import Catalogue

WAITING = "waiting"
READ = "read"
FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PageEntry:
    id: str
    state: str
    attempts: int = 0
    seconds: float = 0.0
    reason_code: str = ""
    reason: tuple[str, str] = ("", "")


def open_book(connection: Connection, unit_id: str, pages: Sequence[str]) -> None:
    """Enters the pages of a unit, all of them waiting."""
    t = tables.unit_pages
    connection.execute(delete(t).where(t.c.unit_id == unit_id))
    if pages:
        rows = [{"unit_id": unit_id, "page_id": page, "state": WAITING} for page in pages]
        connection.execute(insert(t), rows)


def load_book(catalogue: Catalogue, unit_id: str) -> Mapping[str, PageEntry]:
    t = tables.unit_pages
    query = select(t).where(t.c.unit_id == unit_id).order_by(t.c.page_id)

    def work(connection: Connection) -> dict[str, PageEntry]:
        return {
            row.page_id: PageEntry(
                row.page_id, row.state, row.attempts, row.seconds, row.reason_code,
                (row.reason_en, row.reason_zh),
            )
            for row in connection.execute(query)
        }  # fmt: skip

    return catalogue.query(work)


def enter_page(
    catalogue: Catalogue,
    unit_id: str,
    page_id: str,
    seconds: float,
    error: DigitiseError | None,
    final: bool,
) -> None:
    """What became of a page. `final`: its failure is not to be tried again."""
    t = tables.unit_pages
    values: dict[str, object] = {"state": READ, "reason_code": "", "reason_en": "", "reason_zh": ""}
    if error is not None:
        values = {
            "state": FAILED if final else WAITING,
            "attempts": t.c.attempts + 1,
            "reason_code": type(error).__name__,
            "reason_en": error.text("en"),
            "reason_zh": error.text("zh"),
        }
    catalogue.transact(
        lambda c: c.execute(
            update(t)
            .where(t.c.unit_id == unit_id, t.c.page_id == page_id)
            .values(**values, seconds=t.c.seconds + seconds)
        )
    )


def copy_page(connection: Connection, unit_id: str, page_id: str, entry: PageEntry) -> None:
    """Enters for a page what is known of it under another unit."""
    t = tables.unit_pages
    connection.execute(
        update(t)
        .where(t.c.unit_id == unit_id, t.c.page_id == page_id)
        .values(
            state=entry.state, attempts=entry.attempts, seconds=entry.seconds,
            reason_code=entry.reason_code, reason_en=entry.reason[0], reason_zh=entry.reason[1],
        )
    )  # fmt: skip
