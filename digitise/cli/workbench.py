"""digitise workbench ARCHIVE"""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

import click

from ..messages import Language, say
from .frame import Command, debug_option, language_option


def command(language: Language) -> click.Command:
    def text(key: str, **values: object) -> str:
        return say(key, language, **values)

    @click.command(
        "workbench",
        cls=Command,
        language=language,
        help=text("workbench"),
        short_help=text("workbench.short"),
    )
    @click.argument("archive", metavar="[ARCHIVE]", required=False, default="")
    @click.option("--demo", is_flag=True, help=text("opt.demo"))
    @click.option("--no-scans", is_flag=True, help=text("opt.no_scans"))
    @click.option(
        "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help=text("opt.host")
    )
    @click.option(
        "--port",
        default=8765,
        show_default=True,
        type=click.IntRange(0, 65535),
        metavar="N",
        help=text("opt.port"),
    )
    @click.option("--catalogue", default="", metavar="URL", help=text("opt.catalogue_url"))
    @click.option("--certificate", type=Path, metavar="FILE", help=text("opt.certificate"))
    @click.option("--key", type=Path, metavar="FILE", help=text("opt.key"))
    @click.option("--proxy", is_flag=True, help=text("opt.proxy"))
    @click.option("--open", "browse", is_flag=True, help=text("opt.open"))
    @debug_option(language)
    @language_option(language)
    def workbench(
        archive: str, demo: bool, no_scans: bool, browse: bool, debug: bool, **chosen: Any
    ) -> int:
        from ..workbench.running import prepare

        del debug  # main looks at it
        ready = prepare(
            archive,
            demo=demo,
            scans=not no_scans,
            language=language,
            tell=lambda what: click.echo(text("workbench.reading", what=what), err=True),
            **chosen,
        )
        click.echo(text("workbench.ready", address=ready.address))
        click.echo(text("workbench.stop"), err=True)
        if browse:
            webbrowser.open(ready.address)
        ready.serve()
        return 0

    return workbench
