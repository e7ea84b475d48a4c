"""digitise compare A B"""

from __future__ import annotations

from pathlib import Path

import click

from ..messages import Language, say
from .frame import Command, debug_option, language_option


def command(language: Language) -> click.Command:
    @click.command(
        "compare",
        cls=Command,
        language=language,
        help=say("compare", language),
        short_help=say("compare.short", language),
    )
    @click.argument("a", type=Path)
    @click.argument("b", type=Path)
    @click.option("--truth", type=Path, metavar="TRUTH", help=say("opt.compare_truth", language))
    @click.option("--json", "as_json", is_flag=True, help=say("opt.json", language))
    @debug_option(language)
    @language_option(language)
    def compare(a: Path, b: Path, truth: Path | None, as_json: bool, debug: bool) -> int:
        from ..evaluation import (
            agreement_json,
            compare_outputs,
            compare_with_truth,
            comparison_json,
        )

        del debug  # main looks at it
        if as_json:
            data = agreement_json(a, b) if truth is None else comparison_json(a, b, truth)
            text = data.decode("utf-8")
        elif truth is None:
            text = compare_outputs(a, b, language)
        else:
            text = compare_with_truth(a, b, truth, language)
        click.echo(text.rstrip("\n"))
        return 0

    return compare
