"""digitise validate EXPORT..."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..messages import Language, choose, say
from .frame import Command, debug_option, language_option

if TYPE_CHECKING:
    from ..validating import Verdict

_MOST = 50


def command(language: Language) -> click.Command:
    def text(key: str, **values: object) -> str:
        return say(key, language, **values)

    @click.command(
        "validate",
        cls=Command,
        language=language,
        help=text("validate"),
        short_help=text("validate.short"),
    )
    @click.argument("places", metavar="EXPORT...", nargs=-1, required=True, type=Path)
    @click.option(
        "--issue", "issues", multiple=True, type=Path, metavar="ISSUE", help=text("opt.issue")
    )
    @click.option("--schemas", type=Path, metavar="FOLDER", help=text("opt.schemas"))
    @click.option("--json", "as_json", is_flag=True, help=text("opt.json"))
    @click.option("--all", "everything", is_flag=True, help=text("opt.all_findings"))
    @debug_option(language)
    @language_option(language)
    def validate(
        places: tuple[Path, ...],
        issues: tuple[Path, ...],
        schemas: Path | None,
        as_json: bool,
        everything: bool,
        debug: bool,
    ) -> int:
        from ..formats.exports.extra import export_extra

        with export_extra():
            from ..validating import SCHEMAS, exit_code
            from ..validating import validate as check

        del debug  # main looks at it
        named = os.environ.get(SCHEMAS, "")
        folder = schemas or (Path(named) if named else None)
        most = 1_000_000 if everything else _MOST

        def progress(verdict: Verdict) -> None:
            if not as_json:
                show(verdict, folder is not None, most, language)

        results = check(places, issues=issues, schemas=folder, progress=progress)
        if as_json:
            shown = [_value(verdict, language) for verdict in results]
            click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return exit_code(results)

    return validate


def show(verdict: Verdict, with_schemas: bool, most: int, language: Language) -> None:
    """A line for each mistake, and one for the whole."""
    if verdict.error is not None:
        click.echo(say("error", language, text=verdict.error.text(language)), err=True)
        return
    for finding in verdict.findings[:most]:
        key = "validate.finding" if finding.id else "validate.file_finding"
        what = choose(finding.what, language)
        click.echo(say(key, language, file=finding.file, id=finding.id, what=what))
    if len(verdict.findings) > most:
        click.echo(say("validate.more", language, count=len(verdict.findings) - most))
    kinds = ", ".join(f"{kind} {count}" for kind, count in verdict.documents.items())
    key = "validate.bad" if verdict.findings else "validate.good"
    values = {"place": verdict.place, "kinds": kinds or "0", "count": len(verdict.findings)}
    click.echo(say(key, language, **values))
    if not with_schemas:
        click.echo(say("validate.no_schemas", language))
    for name in verdict.lacking:
        click.echo(say("validate.lacking", language, name=name))
    if not verdict.compared:
        click.echo(say("validate.no_issue", language))


def _value(verdict: Verdict, language: Language) -> dict[str, Any]:
    return {
        "place": str(verdict.place),
        "documents": dict(verdict.documents),
        "compared": verdict.compared,
        "schemas_missing": list(verdict.lacking),
        "error": verdict.error.text(language) if verdict.error else "",
        "findings": [
            {"code": f.code, "file": f.file, "id": f.id, "what": choose(f.what, language)}
            for f in verdict.findings
        ],
    }
