"""digitise ingest INBOX --archive ARCHIVE, and what belongs to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from ..messages import Language
from .archiveoptions import (
    PATIENCE,
    archive_option,
    archive_packages,
    catalogue_option,
    time_of_day,
)
from .archivetexts import both, say
from .frame import Command, Group, debug_option, language_option


class _Ingest(Group):
    """`digitise ingest INBOX` is `digitise ingest run INBOX`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = [arg for arg in args if arg not in ("--language", "zh", "en")]
        known = words and (words[0] in self.commands or words[0] == "--help")
        return super().parse_args(ctx, args if known or not args else ["run", *args])


def command(language: Language) -> click.Group:
    group = _Ingest(
        "ingest", language=language, help=say("ingest", language),
        short_help=say("ingest.short", language), no_args_is_help=True,
    )  # fmt: skip
    for make in (_run, _list, _retry, _release, _timer):
        group.add_command(make(language))
    return group


def _run(language: Language) -> click.Command:
    def text(key: str) -> str:
        return say(key, language)

    from ..messages import say as common

    @click.command("run", cls=Command, language=language, help=text("ingest"))
    @click.argument("inboxes", metavar="INBOX...", nargs=-1, required=True)
    @archive_option(language, made=True)
    @catalogue_option(language)
    @click.option("--once/--watch", "once", default=True, help=text("opt.watch"))
    @click.option(
        "-j",
        "--jobs",
        default=1,
        show_default=True,
        type=click.IntRange(1, 256),
        metavar="N",
        help=common("opt.jobs", language),
    )
    @click.option(
        "--engine",
        default="",
        metavar="NAME",
        help=common("opt.engine", language, names="rapid, tesseract, layoutparser, null"),
    )
    @click.option(
        "--lang",
        default="",
        type=click.Choice(["", "chi_sim", "chi_tra"]),
        metavar="LANG",
        help=common("opt.lang", language),
    )
    @click.option(
        "--text-layer",
        default="",
        type=click.Choice(["", "auto", "always", "never"]),
        metavar="HOW",
        help=common("opt.text_layer", language),
    )
    @click.option("--format", "formats", multiple=True, metavar="NAME", help=text("opt.format"))
    @click.option(
        "--max-pixels",
        default=0,
        type=click.IntRange(0),
        metavar="N",
        help=common("opt.max_pixels", language),
    )
    @click.option(
        "--page-seconds",
        default=0.0,
        type=click.FloatRange(0, max=1e6),
        metavar="S",
        help=common("opt.page_seconds", language),
    )
    @click.option(
        "--page-memory",
        default=-1,
        type=click.IntRange(-1),
        metavar="MB",
        help=text("opt.page_memory"),
    )
    @click.option(
        "--issue-seconds",
        default=0.0,
        type=click.FloatRange(0, max=1e6),
        metavar="S",
        help=text("opt.issue_seconds"),
    )
    @click.option(
        "--settle",
        default=10.0,
        show_default=True,
        type=click.FloatRange(0, max=86400),
        metavar="S",
        help=text("opt.settle"),
    )
    @click.option(
        "--every",
        default=15.0,
        show_default=True,
        type=click.FloatRange(0.1, max=86400),
        metavar="S",
        help=text("opt.every"),
    )
    @click.option(
        "--report-at",
        default="06:00",
        show_default=True,
        metavar="HH:MM",
        help=text("opt.report_at"),
    )
    @click.option("--work", default=None, type=Path, metavar="FOLDER", help=text("opt.work"))
    @click.option("--scheduler", default="", metavar="ADDRESS", help=text("opt.scheduler"))
    @click.option("--remove", is_flag=True, help=text("opt.remove"))
    @click.option("--log", default=None, type=Path, metavar="FILE", help=text("opt.log"))
    @click.option("--metrics", default=None, type=Path, metavar="FILE", help=text("opt.metrics"))
    @click.option(
        "--patience",
        default=300.0,
        show_default=True,
        type=click.FloatRange(0, max=1e6),
        metavar="S",
        help=text("opt.patience"),
    )
    @debug_option(language)
    @language_option(language)
    def run(
        inboxes: tuple[str, ...],
        archive: str,
        catalogue: str,
        once: bool,
        jobs: int,
        formats: tuple[str, ...],
        settle: float,
        every: float,
        report_at: str,
        work: Path | None,
        scheduler: str,
        remove: bool,
        log: Path | None,
        metrics: Path | None,
        patience: float,
        debug: bool,
        **limits: Any,
    ) -> int:
        at = time_of_day(report_at)
        with archive_packages():
            from ..archive.ingest.night import Night, night
            from ..archive.ingest.run import Plan
            from .ingestwatch import IngestWatcher

        plan = Plan(
            inboxes,
            jobs=jobs,
            settle=settle,
            every=every,
            work=work,
            scheduler=scheduler,
            patience=min(30.0, patience),
            remove=remove,
            debug=debug,
        )
        wanted = Night(
            archive=archive,
            catalogue=catalogue,
            plan=plan,
            watch=not once,
            report_at=at,
            formats=formats,
            log=log,
            metrics=metrics,
            patience=patience,
            changes={name: value for name, value in limits.items() if value not in ("", 0, 0.0, -1)}
            | ({"page_memory": 0} if limits["page_memory"] == 0 else {}),
        )
        with IngestWatcher(language) as watcher:
            return night(wanted, watcher)

    return run


def _list(language: Language) -> click.Command:
    @click.command("list", cls=Command, language=language, help=say("list", language))
    @archive_option(language)
    @catalogue_option(language)
    @click.option(
        "--state", "wanted", multiple=True, metavar="STATE", help=say("opt.state", language)
    )
    @click.option("--json", "as_json", is_flag=True, help=say("opt.json", language))
    @debug_option(language)
    @language_option(language)
    def list_(
        archive: str, catalogue: str, wanted: tuple[str, ...], as_json: bool, debug: bool
    ) -> int:
        del debug
        with archive_packages():
            from ..archive import open_archive
            from ..archive.ingest import ledger, states
            from ..archive.report.units import moment
            from ..archive.texts import say as tell

        for state in wanted:
            if state not in states.STATES:
                known = ", ".join(states.STATES)
                raise UsageError(
                    (f"There is no state {state}.", f"没有 {state} 这种状态。"),
                    (f"Choose among {known}.", f"可选：{known}。"),
                )
        opened = open_archive(archive, catalogue, patience=PATIENCE)
        units = ledger.list_units(opened.catalogue, wanted)
        if as_json:
            rows = [
                {
                    "id": u.id,
                    "name": u.name,
                    "state": u.state,
                    "issue": u.issue_id,
                    "version": u.version,
                    "pages": u.pages,
                    "attempts": u.attempts,
                    "next_at": u.next_at,
                    "code": u.reason_code,
                    "reason_en": u.reason[0],
                    "reason_zh": u.reason[1],
                    "changed_at": u.changed_at,
                    "seconds": u.seconds,
                }
                for u in units
            ]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
            return 0
        for unit in units:
            line = f"{unit.id}  {tell(unit.state, language)}  {unit.name}"
            if unit.issue_id:
                line += f"  {unit.issue_id}/{unit.version}"
            if unit.state == states.FAILED:
                line += f"  {tell('r.c.next', language)} {moment(unit.next_at)}"
            click.echo(line)
            if unit.reason[0] and unit.state not in states.WORKING:
                click.echo(f"    {unit.reason[1 if language == 'zh' else 0]}")
        return 0

    return list_


def _retry(language: Language) -> click.Command:
    @click.command("retry", cls=Command, language=language, help=say("retry", language))
    @click.argument("units", metavar="[UNITS]...", nargs=-1)
    @archive_option(language)
    @catalogue_option(language)
    @debug_option(language)
    @language_option(language)
    def retry(units: tuple[str, ...], archive: str, catalogue: str, debug: bool) -> int:
        del debug
        with archive_packages():
            from ..archive import open_archive
            from ..archive.ingest.again import retry as again

        count, unknown = again(open_archive(archive, catalogue, patience=PATIENCE), units)
        for name in unknown:
            raise UsageError(both("no_unit", name=name), both("see_list"))
        click.echo(say("retried", language, count=count))
        return 0

    return retry


def _release(language: Language) -> click.Command:
    @click.command("release", cls=Command, language=language, help=say("release", language))
    @click.argument("units", metavar="UNITS...", nargs=-1, required=True)
    @archive_option(language)
    @catalogue_option(language)
    @click.option(
        "--work", default=None, type=Path, metavar="FOLDER", help=say("opt.work", language)
    )
    @debug_option(language)
    @language_option(language)
    def release(
        units: tuple[str, ...], archive: str, catalogue: str, work: Path | None, debug: bool
    ) -> int:
        del debug
        with archive_packages():
            from ..archive import open_archive
            from ..archive.ingest.again import release as let_go

        done, unknown = let_go(open_archive(archive, catalogue, patience=PATIENCE), units, work)
        for unit in done:
            click.echo(say("released", language, unit=unit))
        for name in unknown:
            raise UsageError(both("no_unit", name=name), both("see_list"))
        return 0

    return release


def _timer(language: Language) -> click.Command:
    @click.command("install-timer", cls=Command, language=language, help=say("timer", language))
    @click.argument("inbox", metavar="[INBOX]", default="/srv/newspapers/inbox")
    @click.option(
        "-a",
        "--archive",
        default="/srv/newspapers/archive",
        show_default=True,
        metavar="ARCHIVE",
        help=say("opt.the_archive", language),
    )
    @click.option(
        "-j",
        "--jobs",
        default=1,
        show_default=True,
        type=click.IntRange(1, 256),
        metavar="N",
        help=say("opt.limit", language),
    )
    @click.option("--print", "printed", is_flag=True, help=say("opt.print", language))
    @language_option(language)
    def install_timer(inbox: str, archive: str, jobs: int, printed: bool) -> int:
        del printed
        from .timer import timer_text

        click.echo(timer_text(inbox, archive, jobs, language), nl=False)
        return 0

    return install_timer
