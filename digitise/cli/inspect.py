"""digitise inspect PAGES..."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import DigitiseError
from ..messages import Language, say
from ..options import Options
from .frame import Command, debug_option, language_option

if TYPE_CHECKING:
    from ..inspection import Look


def command(language: Language) -> click.Command:
    @click.command(
        "inspect",
        cls=Command,
        language=language,
        help=say("inspect", language),
        short_help=say("inspect.short", language),
    )
    @click.argument("paths", metavar="PAGES...", nargs=-1, required=True, type=Path)
    @click.option(
        "--engine",
        default="rapid",
        show_default=True,
        metavar="NAME",
        help=say("opt.engine", language, names="rapid, tesseract, null"),
    )
    @debug_option(language)
    @language_option(language)
    def inspect(paths: tuple[Path, ...], engine: str, debug: bool) -> int:
        from ..grouping import batches
        from ..inspection import look

        del debug  # main looks at it
        options = Options(engine=engine)
        code = 0
        for batch in batches(paths, options):
            if batch.error is not None:
                click.echo(say("error", language, text=batch.error.text(language)), err=True)
                code = code or batch.error.exit_code
                continue
            click.echo(batch.id)
            for ref in batch.pages:
                try:
                    click.echo(_page(ref.id, look(ref, options), language))
                except DigitiseError as error:
                    shown = error.text(language)
                    click.echo(say("inspect.failed", language, id=ref.id, error=shown))
                    code = code or error.exit_code
        return code

    return inspect


def _page(page_id: str, seen: Look, language: Language) -> str:
    key = "inspect.layer" if seen.characters else "inspect.no_layer"
    if seen.kind == "image":
        key = "inspect.image"
    mm = 25.4 / max(1, seen.dpi)
    lines = [
        say(
            "inspect.page",
            language,
            id=page_id,
            width=seen.width,
            height=seen.height,
            dpi=seen.dpi,
            wide=seen.width * mm,
            high=seen.height * mm,
            how=say(key, language, characters=f"{seen.characters:,}"),
        )
    ]
    lines += [
        say("inspect.step", language, name=step.name, detail=step.detail) for step in seen.steps
    ]
    return "\n".join(lines)
