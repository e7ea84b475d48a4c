"""Figures for Prometheus, in a text file that its node exporter picks up.

Format: https://prometheus.io/docs/instrumenting/exposition_formats/ (text, 0.0.4).
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, func, select

from ...formats.write import write_bytes
from .. import tables
from ..ingest import states
from ..library import Archive


def write_metrics(archive: Archive, path: Path, *, exit_code: int | None = None) -> None:
    """Writes the file whole. Raises OutputUnwritable."""
    write_bytes(path, metrics_text(archive, exit_code).encode("utf-8"))


def metrics_text(archive: Archive, exit_code: int | None = None) -> str:
    """`exit_code` of the run that just ended; None while one is under way."""

    def work(connection: Connection) -> tuple[dict[str, int], tuple[int, int, int], int, int]:
        u, i, p = tables.units.c, tables.issues.c, tables.unit_pages.c
        by_state = connection.execute(select(u.state, func.count()).group_by(u.state))
        counts = {str(state): int(count) for state, count in by_state}
        issues = connection.execute(
            select(
                func.count(), func.coalesce(func.sum(i.pages), 0),
                func.coalesce(func.sum(i.characters), 0),
            ).where(i.current_version > 0)
        ).one()  # fmt: skip
        read = connection.execute(select(func.count()).where(p.state == "read")).scalar_one()
        failed = connection.execute(select(func.count()).where(p.state == "failed")).scalar_one()
        return counts, (int(issues[0]), int(issues[1]), int(issues[2])), int(read), int(failed)

    counts, (issues, pages, characters), read, failed = archive.catalogue.query(work)
    lines: list[str] = []

    def metric(name: str, kind: str, tells: str, values: list[tuple[str, float]]) -> None:
        lines.append(f"# HELP digitise_{name} {tells}")
        lines.append(f"# TYPE digitise_{name} {kind}")
        lines.extend(f"digitise_{name}{labels} {value:g}" for labels, value in values)

    metric(
        "ingest_units", "gauge", "Deliveries in the ledger by state.",
        [(f'{{state="{state}"}}', counts.get(state, 0)) for state in states.STATES],
    )  # fmt: skip
    metric(
        "ingest_pages_total", "counter", "Pages by what became of them.",
        [('{result="read"}', read), ('{result="failed"}', failed)],
    )  # fmt: skip
    metric("archive_issues", "gauge", "Issues in the archive.", [("", issues)])
    metric("archive_pages", "gauge", "Pages in the archive.", [("", pages)])
    metric("archive_characters", "gauge", "Characters in the archive.", [("", float(characters))])
    now = archive.catalogue.now()
    lines.append("# HELP digitise_ingest_seen_timestamp_seconds When this file was written.")
    lines.append("# TYPE digitise_ingest_seen_timestamp_seconds gauge")
    lines.append(f"digitise_ingest_seen_timestamp_seconds {now:.0f}")
    if exit_code is not None:
        metric(
            "ingest_last_exit_code", "gauge", "Exit code of the last run; 0 when all is well.",
            [("", exit_code)],
        )  # fmt: skip
    return "\n".join(lines) + "\n"
