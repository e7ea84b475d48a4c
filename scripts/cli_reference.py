"""Writes docs/cli.md from the command line itself. `--check` only says whether it is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digitise.cli import group
from digitise.messages import Language

PLACE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
_HEAD = """# Command line

What `digitise` and its commands answer to `--help`, in English and Chinese. The language is that
of the system (`LC_ALL`, `LC_MESSAGES`, `LANG`) unless `--language en` or `--language zh` says
otherwise. Written by `scripts/cli_reference.py`; a test compares it with the program.
"""


def reference() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    for language, title in (("en", "English"), ("zh", "中文")):
        chosen: Language = "zh" if language == "zh" else "en"
        root = group(chosen)
        parts.append(f"## {title}\n\n{_block(root, 'digitise')}")
        for name, command in sorted(root.commands.items()):
            parts += _sections(command, f"digitise {name}", 3)
    return "\n".join(parts)


def _sections(command: click.Command, name: str, level: int) -> list[str]:
    """A command, and below it those it has of its own."""
    parts = [f"{'#' * level} {name}\n\n{_block(command, name)}"]
    for inner, below in sorted(getattr(command, "commands", {}).items()):
        parts += _sections(below, f"{name} {inner}", level + 1)
    return parts


def _block(command: click.Command, name: str) -> str:
    context = command.context_class(command, info_name=name, terminal_width=80)
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    return "```\n" + "\n".join(lines) + "\n```\n"


def main() -> int:
    current = PLACE.read_text(encoding="utf-8") if PLACE.is_file() else ""
    if "--check" in sys.argv[1:]:
        return int(current != reference())
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(reference(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
