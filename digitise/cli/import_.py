"""digitise import FILES... -o OUT"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..messages import Language, say
from .frame import Command, debug_option, language_option

if TYPE_CHECKING:
    from ..importing import Imported


def command(language: Language) -> click.Command:
    @click.command(
        "import",
        cls=Command,
        language=language,
        help=say("import", language),
        short_help=say("import.short", language),
    )
    @click.argument("places", metavar="FILES...", nargs=-1, required=True, type=Path)
    @click.option(
        "-o", "--out", required=True, type=Path, metavar="OUT", help=say("opt.out", language)
    )
    @click.option("--issue-id", default="", metavar="ID", help=say("opt.import_issue_id", language))
    @debug_option(language)
    @language_option(language)
    def import_(places: tuple[Path, ...], out: Path, issue_id: str, debug: bool) -> int:
        from ..formats.exports.extra import export_extra

        with export_extra():
            from ..importing import exit_code, import_issues

        del debug  # main looks at it
        results = import_issues(
            places, out, issue_id=issue_id, progress=lambda result: show(result, language)
        )
        return exit_code(results)

    return import_


def show(result: Imported, language: Language) -> None:
    """One issue in one line."""
    if result.error is not None:
        shown = result.error.text(language)
        click.echo(say("import.failed", language, place=result.place, error=shown), err=True)
        return
    issue = result.issue
    assert issue is not None
    click.echo(
        say(
            "import.done",
            language,
            id=issue.id,
            kind=(result.kind or "").upper(),
            pages=len(issue.pages),
            articles=sum(article.kind == "article" for article in issue.articles),
            folder=result.folder,
        )
    )
    if result.unread:
        click.echo(say("import.unread", language, count=result.unread), err=True)
