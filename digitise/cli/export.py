"""digitise export ISSUE... --format NAME -o OUT"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..formats.exports.bundle import METS_PROFILES, Settings
from ..formats.exports.registry import ALIASES, FORMATS
from ..messages import Language, choose, say
from .frame import Command, debug_option, language_option

ALTO_VERSIONS = ("4.4", "4.2", "3.1")


def format_option(language: Language, *, required: bool = False) -> Callable[[Any], Any]:
    """--format, given several times or with commas between names."""
    return click.option(
        "-f", "--format", "formats",
        multiple=True,
        required=required,
        metavar="NAME",
        help=say("opt.format", language, names=", ".join(FORMATS)),
    )  # fmt: skip


def names_of(formats: tuple[str, ...]) -> list[str]:
    """The formats asked for, each once, under their own names."""
    asked = (name.strip().lower() for each in formats for name in each.split(","))
    return list(dict.fromkeys(ALIASES.get(name, name) for name in asked if name))


def formats_text(language: Language) -> str:
    """The formats there are, a line each, for the help."""
    width = max(len(name) for name in FORMATS)
    lines = (f"{n:<{width}}  {choose(f.summary, language)}" for n, f in FORMATS.items())
    return "\b\n" + "\n".join(lines)


def command(language: Language) -> click.Command:
    def text(key: str, **values: object) -> str:
        return say(key, language, **values)

    defaults = Settings()

    @click.command(
        "export",
        cls=Command,
        language=language,
        help=text("export") + "\n\n" + formats_text(language),
        short_help=text("export.short"),
    )
    @click.argument("places", metavar="ISSUE...", nargs=-1, required=True, type=Path)
    @format_option(language, required=True)
    @click.option("-o", "--out", required=True, type=Path, metavar="OUT", help=text("opt.out"))
    @click.option(
        "--images", "pictures", multiple=True, type=Path, metavar="PATH", help=text("opt.images")
    )
    @click.option("--no-images", is_flag=True, help=text("opt.no_images"))
    @click.option("--glyphs", is_flag=True, help=text("opt.glyphs"))
    @click.option(
        "--alto-version", "alto",
        default=defaults.alto,
        show_default=True,
        type=click.Choice(ALTO_VERSIONS),
        help=text("opt.alto_version"),
    )  # fmt: skip
    @click.option(
        "--mets-profile", "profile",
        default=defaults.profile,
        show_default=True,
        type=click.Choice(METS_PROFILES),
        help=text("opt.mets_profile"),
    )  # fmt: skip
    @click.option("--tiles", is_flag=True, help=text("opt.tiles"))
    @click.option("--base-url", default="", metavar="URL", help=text("opt.base_url"))
    @click.option("--bag", "bagged", multiple=True, metavar="NAME", help=text("opt.bag"))
    @debug_option(language)
    @language_option(language)
    def export(
        places: tuple[Path, ...],
        formats: tuple[str, ...],
        out: Path,
        pictures: tuple[Path, ...],
        no_images: bool,
        bagged: tuple[str, ...],
        debug: bool,
        **chosen: Any,
    ) -> int:
        from ..exporting import check_names, exit_code
        from ..exporting import export as write

        del debug  # main looks at it
        bag = tuple(names_of(bagged))
        check_names(bag)
        settings = Settings(bagged=bag, images=not no_images, **chosen)
        results = write(
            places,
            names_of(formats),
            out,
            settings,
            images=pictures,
            progress=lambda result: show(result, language),
        )
        return exit_code(results)

    return export


def show(result: Any, language: Language) -> None:
    """One issue in one line, and a line for what is wrong with it."""
    if result.error is not None:
        shown = result.error.text(language)
        click.echo(say("export.failed", language, place=result.place, error=shown), err=True)
        return
    click.echo(say("export.done", language, id=result.id, files=result.files, folder=result.folder))
    if result.missing:
        pages = ", ".join(result.missing)
        click.echo(say("export.missing", language, id=result.id, pages=pages), err=True)
