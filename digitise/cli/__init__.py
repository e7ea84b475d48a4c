"""The command line: parse, call, print, exit. Nothing but `main` knows how to leave."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType

import click

from .. import __version__
from ..errors import DigitiseError
from ..jobs import leave_out, unforeseen
from ..messages import Language, language_of, say
from . import (
    archive,
    compare,
    doctor,
    evaluate,
    export,
    import_,
    ingest,
    inspect,
    run,
    search,
    users,
    validate,
    workbench,
)
from .frame import Group, language_option, usage_text


class Terminated(KeyboardInterrupt):
    """SIGTERM: leave as after Ctrl-C, with its own exit code."""


def group(language: Language) -> click.Group:
    """The whole command, in that language."""
    root = Group(
        "digitise", language=language, help=say("digitise", language), no_args_is_help=True
    )
    root.epilog = say("exit_codes", language)
    version = click.version_option(
        __version__, prog_name="digitise", help=say("opt.version", language)
    )
    language_option(language)(version(root))
    for room in (run, inspect, doctor, evaluate, compare, export, import_, validate):
        root.add_command(room.command(language))
    for late in (ingest, archive, search, workbench, users):
        root.add_command(late.command(language))
    return root


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits. Every failure is one sentence on standard error and an
    exit code of its own (errors.py); 130 after Ctrl-C, 143 after SIGTERM."""
    sys.exit(call(list(sys.argv[1:] if arguments is None else arguments)))


def call(arguments: list[str]) -> int:
    """The exit code of one command line."""
    leave_out()
    language = language_of(arguments, os.environ)
    _speak_utf8()
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _terminate)
    try:
        result = group(language).main(arguments, prog_name="digitise", standalone_mode=False)
        # A pipe that was closed early shows here at the latest.
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        click.echo(say("error", language, text=usage_text(error, language)), err=True)
        return 2
    except (KeyboardInterrupt, click.Abort) as error:
        if isinstance(error, Terminated) or isinstance(error.__cause__, Terminated):
            click.echo(say("terminated", language), err=True)
            return 143
        click.echo("\n" + say("interrupted", language), err=True)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except DigitiseError as error:
        if "--debug" in arguments:
            traceback.print_exc()
        click.echo(say("error", language, text=error.text(language)), err=True)
        return error.exit_code
    except Exception as error:
        if "--debug" in arguments:
            traceback.print_exc()
        click.echo(say("error", language, text=unforeseen(error).text(language)), err=True)
        return 1


def _speak_utf8() -> None:
    """Chinese must not fail on a terminal of another encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = (getattr(stream, "encoding", "") or "").lower()
            plain = encoding in ("ascii", "us-ascii", "ansi_x3.4-1968", "latin-1", "iso-8859-1")
            reconfigure(encoding="utf-8" if plain or not encoding else None, errors="replace")


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated
