"""What every command has in common: help and usage errors in the user's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from ..messages import Language, say

_Parameter = Callable[[Any], Any]


class Formatter(click.HelpFormatter):
    language: Language = "en"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        super().write_usage(prog, args, say("usage", self.language) + " ")

    def write_heading(self, heading: str) -> None:
        known = {"Options": "options", "Commands": "commands"}
        key = known.get(heading)
        super().write_heading(say(key, self.language) if key else heading)

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        if self.language == "zh":
            rows = [(name, _extras(text)) for name, text in rows]
        super().write_dl(list(rows), col_max, col_spacing)


def _extras(text: str) -> str:
    """Click's "[default: 1; required]" at the end of a help text, in Chinese."""
    body, bracket, extra = text.rpartition("  [")
    extra = extra.replace("default: ", "默认 ").replace("required", "必填").replace("; ", "，")
    return f"{body}  [{extra}" if bracket else text


def formatter(language: Language) -> type[Formatter]:
    return type("Formatter", (Formatter,), {"language": language})


class Context(click.Context):
    """Click's, with the formatter of the user's language."""


def context(language: Language) -> type[Context]:
    return type("Context", (Context,), {"formatter_class": formatter(language)})


class Command(click.Command):
    def __init__(self, *args: Any, language: Language = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_class = context(language)
        self._language: Language = language

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx), self._language)


class Group(click.Group):
    def __init__(self, *args: Any, language: Language = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_class = context(language)
        self._language: Language = language

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx), self._language)


def _translated(option: click.Option | None, language: Language) -> click.Option | None:
    if option is not None:
        option.help = say("opt.help", language)
    return option


def language_option(language: Language) -> _Parameter:
    # Acted on before parsing (messages.language_of); here only so that it is known and explained.
    return click.option(
        "--language",
        type=click.Choice(["zh", "en"]),
        expose_value=False,
        help=say("opt.language", language),
    )


def debug_option(language: Language) -> _Parameter:
    return click.option("--debug", is_flag=True, help=say("opt.debug", language))


def usage_text(error: click.UsageError, language: Language) -> str:
    """One sentence for a command line that cannot be understood, and where to look."""
    name = error.ctx.command_path if error.ctx else "digitise"
    gap = "" if language == "zh" else " "
    return _what(error, language) + gap + say("usage.help", language, command=name)


def _what(error: click.UsageError, language: Language) -> str:
    if isinstance(error, click.NoSuchOption):
        return say("usage.option", language, name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return say("usage.argument", language, name=error.option_name)
    if isinstance(error, click.MissingParameter):
        hint = error.param.get_error_hint(error.ctx) if error.param and error.ctx else "?"
        return say("usage.missing", language, name=str(hint).replace("'", ""))
    if isinstance(error, click.BadParameter) and error.param and error.ctx:
        if language == "en":
            return error.format_message()
        hint = error.param.get_error_hint(error.ctx).replace("'", "")
        return say("usage.value", language, name=hint, value=error.message.rstrip("."))
    text = error.format_message()
    if text.startswith("Missing command"):
        return say("usage.no_command", language)
    if text.startswith("No such command"):
        return say("usage.command", language, name=text.split("'")[1] if "'" in text else "")
    return say("usage.other", language, text=text)
