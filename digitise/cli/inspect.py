"""digitise inspect PAGES..."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..messages import Language, choose, say
from ..options import Options
from .frame import Command, debug_option, language_option
from .run import ENGINES

if TYPE_CHECKING:
    from ..inspection import Look
    from ..sources import PageRef


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
        help=say("opt.engine", language, names=", ".join(ENGINES)),
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
                for line in _page(ref, look(ref, options), language):
                    click.echo(line)
        return code

    return inspect


def _page(ref: PageRef, seen: Look, language: Language) -> Iterator[str]:
    facts = seen.facts

    def text(key: str, **values: object) -> str:
        return say(f"inspect.{key}", language, **values)

    size = {"id": ref.id, "source": ref.source, "wide": facts.width, "high": facts.height}
    if error := choose(facts.error, language):
        yield text("failed", id=ref.id, source=ref.source, error=error)
    elif facts.kind == "image":
        width, height = facts.pixels
        yield text("image", **size, width=width, height=height, dpi=facts.dpi)
        if facts.dpi_reason:
            yield text("resolution", reason=facts.dpi_reason)
    else:
        yield text("pdf", **size)
        if facts.rotation:
            yield text("turned", degrees=facts.rotation)
        if facts.dpi:
            yield text("scan", dpi=facts.dpi, share=facts.image_share)
        if not facts.characters:
            yield text("no_text")
            return
        key = "trusted" if seen.trusted else "rejected"
        yield text(key, characters=f"{facts.characters:,}")
        if facts.hidden_share > 0:
            yield text("hidden", share=facts.hidden_share)
        judged = any(step.name.startswith("font ") for step in seen.steps)
        for font in () if judged else facts.fonts:
            broken = font.broken_share
            yield text("font", name=font.name, characters=f"{font.characters:,}", broken=broken)
        for step in seen.steps:
            yield text("step", name=step.name, detail=step.detail)
