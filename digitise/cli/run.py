"""digitise run PAGES... -o OUT"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import DigitiseError
from ..messages import Language, say
from ..options import Options
from .export import format_option, names_of, show
from .frame import Command, debug_option, language_option
from .terminal import Watcher, summary

if TYPE_CHECKING:
    from ..exporting import Exported
    from ..pipeline import RunResult

ENGINES = ("rapid", "tesseract", "layoutparser", "null")


def command(language: Language) -> click.Command:
    def text(key: str, **values: object) -> str:
        return say(key, language, **values)

    defaults = Options()

    @click.command(
        "run",
        cls=Command,
        language=language,
        help=say("run", language),
        short_help=say("run.short", language),
    )
    @click.argument("paths", metavar="PAGES...", nargs=-1, required=True, type=Path)
    @click.option("-o", "--out", required=True, type=Path, metavar="OUT", help=text("opt.out"))
    @click.option(
        "--engine",
        default=defaults.engine,
        show_default=True,
        metavar="NAME",
        help=text("opt.engine", names=", ".join(ENGINES)),
    )
    @click.option(
        "--lang",
        default=defaults.lang,
        show_default=True,
        type=click.Choice(["chi_sim", "chi_tra"]),
        help=text("opt.lang"),
    )
    @click.option(
        "--text-layer",
        default=defaults.text_layer,
        show_default=True,
        type=click.Choice(["auto", "always", "never"]),
        help=text("opt.text_layer"),
    )
    @click.option(
        "--dpi", default=0, type=click.IntRange(0, 4800), metavar="DPI", help=text("opt.dpi")
    )
    @click.option(
        "-j", "--jobs",
        default=defaults.jobs,
        show_default=True,
        type=click.IntRange(1, 256),
        metavar="N",
        help=text("opt.jobs"),
    )  # fmt: skip
    @click.option("--overlay", is_flag=True, help=text("opt.overlay"))
    @click.option(
        "--no-prepare", "prepare", flag_value=False, default=True, help=text("opt.no_prepare")
    )
    @click.option(
        "--max-pixels",
        default=defaults.max_pixels,
        show_default=True,
        type=click.IntRange(1),
        metavar="N",
        help=text("opt.max_pixels"),
    )
    @click.option("--pages", multiple=True, metavar="PAGES", help=text("opt.pages"))
    @click.option("--issue-id", default="", metavar="ID", help=text("opt.issue_id"))
    @click.option("--one-issue", is_flag=True, help=text("opt.one_issue"))
    @click.option(
        "--page-seconds",
        default=600.0,
        show_default=True,
        type=click.FloatRange(0, min_open=True, max=1e6),
        metavar="S",
        help=text("opt.page_seconds"),
    )
    @format_option(language)
    @debug_option(language)
    @language_option(language)
    def run(
        paths: tuple[Path, ...],
        out: Path,
        issue_id: str,
        one_issue: bool,
        page_seconds: float,
        formats: tuple[str, ...],
        debug: bool,
        **chosen: Any,
    ) -> int:
        # Here, not above: help should not load the engines.
        from ..exporting import check_names, exit_code
        from ..pipeline import run as digitise

        names = names_of(formats)
        check_names(names)
        with Watcher(language) as watcher:
            result = digitise(
                paths,
                out,
                Options(**chosen),
                issue_id=issue_id,
                one_issue=one_issue,
                page_seconds=page_seconds,
                debug=debug,
                progress=watcher,
            )
        for failure in result.failures if debug else ():
            if failure.trace:
                page = failure.page_id or failure.issue_id
                click.echo(f"{say('failed.trace', language, page=page)}\n{failure.trace}", err=True)
        if any(issue.issue is not None for issue in result.issues) or len(result.issues) > 1:
            click.echo(summary(result, language))
        if result.exit_code not in (0, 20):
            shown = result.failures[0].error.text(language)
            click.echo(say("error", language, text=shown), err=True)
        exported = _export(result, names, language) if names else []
        return result.exit_code or exit_code(exported)

    return run


def _export(result: RunResult, names: list[str], language: Language) -> list[Exported]:
    """Writes the formats asked for to OUT/<issue-id>/export/, issue by issue."""
    from ..exporting import Exported, export_issue, finder

    exported: list[Exported] = []
    for done in result.issues:
        if done.issue is None:
            continue
        try:
            find = finder(done.issue, done.folder)
            one = export_issue(done.issue, names, done.folder / "export", find)
        except DigitiseError as error:
            one = Exported(done.folder, done.id, error=error)
        show(one, language)
        exported.append(one)
    return exported
