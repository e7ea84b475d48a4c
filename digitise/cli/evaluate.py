"""digitise evaluate OUT TRUTH"""

from __future__ import annotations

from pathlib import Path

import click

from ..messages import Language, say
from .frame import Command, debug_option, language_option


def command(language: Language) -> click.Command:
    @click.command(
        "evaluate",
        cls=Command,
        language=language,
        help=say("evaluate", language),
        short_help=say("evaluate.short", language),
    )
    @click.argument("out", type=Path)
    @click.argument("truth", type=Path)
    @click.option("--json", "as_json", is_flag=True, help=say("opt.json", language))
    @click.option("--json-file", type=Path, metavar="FILE", help=say("opt.json_file", language))
    @click.option("--partial", is_flag=True, help=say("opt.partial", language))
    @click.option("--brief", is_flag=True, help=say("opt.brief", language))
    @debug_option(language)
    @language_option(language)
    def evaluate(
        out: Path,
        truth: Path,
        as_json: bool,
        json_file: Path | None,
        partial: bool,
        brief: bool,
        debug: bool,
    ) -> int:
        from ..evaluation import evaluate_files, evaluation_json, evaluation_text
        from ..formats.write import write_bytes

        del debug  # main looks at it
        evaluations = evaluate_files(out, truth, partial=partial)
        if as_json:
            click.echo(evaluation_json(evaluations).decode("utf-8").rstrip("\n"))
        else:
            text = evaluation_text(evaluations, language, details=not brief)
            click.echo(text.rstrip("\n"))
        if json_file is not None:
            write_bytes(json_file, evaluation_json(evaluations))
        return 0

    return evaluate
