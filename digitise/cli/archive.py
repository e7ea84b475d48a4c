"""digitise archive init | list | add | check | rebuild | gaps"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ..messages import Language
from .archiveoptions import PATIENCE, archive_packages, catalogue_option, day
from .archivetexts import say
from .frame import Command, Group, debug_option, language_option


def command(language: Language) -> click.Group:
    group = Group("archive", language=language, help=say("archive", language), no_args_is_help=True)
    for make in (_init, _list, _add, _check, _rebuild, _gaps):
        group.add_command(make(language))
    return group


def _archive(language: Language, name: str) -> Callable[[Any], Any]:
    """What every command here begins with: the archive's place, and its catalogue."""

    def wrap(function: Any) -> Any:
        for option in (
            language_option(language),
            debug_option(language),
            catalogue_option(language),
            click.argument("archive", metavar="ARCHIVE"),
            click.command(
                name, cls=Command, language=language, help=say(f"archive.{name}", language)
            ),
        ):
            function = option(function)
        return function

    return wrap


def _init(language: Language) -> click.Command:
    @_archive(language, "init")
    def init(archive: str, catalogue: str, debug: bool) -> int:
        del debug
        with archive_packages():
            from ..archive import open_archive

        opened = open_archive(archive, catalogue, create=True, patience=PATIENCE)
        click.echo(say("made", language, place=opened.store.address))
        return 0

    made: click.Command = init
    return made


def _list(language: Language) -> click.Command:
    @_archive(language, "list")
    @click.option("--title", default="", metavar="TITLE", help=say("opt.title", language))
    @click.option("--from", "since", default="", metavar="DATE", help=say("opt.from", language))
    @click.option("--to", "until", default="", metavar="DATE", help=say("opt.to", language))
    @click.option("--json", "as_json", is_flag=True, help=say("opt.json", language))
    def list_(
        archive: str,
        catalogue: str,
        debug: bool,
        title: str,
        since: str,
        until: str,
        as_json: bool,
    ) -> int:
        del debug
        with archive_packages():
            from ..archive import list_issues, open_archive

        opened = open_archive(archive, catalogue, patience=PATIENCE)
        found = list_issues(opened, title=title, since=day(since), until=day(until))
        if as_json:
            click.echo(json.dumps([asdict(e) for e in found], ensure_ascii=False, indent=1))
            return 0
        for e in found:
            mark = "" if e.complete else " !"
            click.echo(f"{e.id}  v{e.version}  {e.pages}  {e.articles}  {e.characters:,}{mark}")
        return 0

    made: click.Command = list_
    return made


def _add(language: Language) -> click.Command:
    @_archive(language, "add")
    @click.argument("run", metavar="RUN", type=Path)
    @click.argument("originals", metavar="ORIGINALS...", nargs=-1, required=True, type=Path)
    def add(
        archive: str, catalogue: str, debug: bool, run: Path, originals: tuple[Path, ...]
    ) -> int:
        del debug
        with archive_packages():
            from ..archive import add_run, open_archive

        place = add_run(
            open_archive(archive, catalogue, create=True, patience=PATIENCE), run, originals
        )
        click.echo(
            say("added", language, issue=place.issue, version=place.number, folder=place.folder)
        )
        return 0

    made: click.Command = add
    return made


def _check(language: Language) -> click.Command:
    @_archive(language, "check")
    @click.option("--fast", is_flag=True, help=say("opt.fast", language))
    @click.option("--json", "as_json", is_flag=True, help=say("opt.json", language))
    def check(archive: str, catalogue: str, debug: bool, fast: bool, as_json: bool) -> int:
        del debug
        with archive_packages():
            from ..archive import open_archive
            from ..archive.checking import check as examine

        verdict = examine(open_archive(archive, catalogue, patience=PATIENCE), contents=not fast)
        if as_json:
            click.echo(json.dumps(asdict(verdict), ensure_ascii=False, indent=1))
            return 20 if verdict.faults else 0
        for fault in verdict.faults:
            click.echo(fault.text[1 if language == "zh" else 0])
        key = "check.bad" if verdict.faults else "check.ok"
        click.echo(say(key, language, files=verdict.files, faults=len(verdict.faults)))
        return 20 if verdict.faults else 0

    made: click.Command = check
    return made


def _rebuild(language: Language) -> click.Command:
    @_archive(language, "rebuild")
    def rebuild(archive: str, catalogue: str, debug: bool) -> int:
        del debug
        with archive_packages():
            from ..archive import open_archive
            from ..archive.rebuilding import rebuild as anew
            from ..archive.rebuilding import vacuum

        opened = open_archive(archive, catalogue, patience=PATIENCE)
        issues, versions = anew(opened)
        vacuum(opened)
        click.echo(say("rebuilt", language, issues=issues, versions=versions))
        return 0

    made: click.Command = rebuild
    return made


def _gaps(language: Language) -> click.Command:
    @_archive(language, "gaps")
    @click.option("--title", default="", metavar="TITLE", help=say("opt.title", language))
    @click.option("--json", "as_json", is_flag=True, help=say("opt.json", language))
    def gaps(archive: str, catalogue: str, debug: bool, title: str, as_json: bool) -> int:
        del debug
        with archive_packages():
            from ..archive import open_archive
            from ..archive.gaps import archive_gaps

        found = archive_gaps(open_archive(archive, catalogue, patience=PATIENCE), title)
        if as_json:
            click.echo(json.dumps([asdict(gap) for gap in found], ensure_ascii=False, indent=1))
            return 0
        for gap in found:
            text = gap.text[1 if language == "zh" else 0]
            click.echo(f"{gap.title}  {text}" + (f"  ({gap.issue})" if gap.issue else ""))
        if not found:
            click.echo(say("gaps.none", language))
        return 0

    made: click.Command = gaps
    return made
