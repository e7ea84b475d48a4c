"""digitise users add|list|change: who may sign in to the workbench."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from ..messages import Language, say
from .frame import Command, Group, debug_option, language_option

ROLES = ("reader", "corrector", "editor", "administrator")


def command(language: Language) -> click.Command:
    def text(key: str, **values: object) -> str:
        return say(key, language, **values)

    def made(name: str) -> Callable[[Callable[..., int]], click.Command]:
        made_by: Callable[[Callable[..., int]], click.Command] = click.command(
            name,
            cls=Command,
            language=language,
            help=text(f"users.{name}"),
            short_help=text(f"users.{name}"),
        )
        return made_by

    root = Group("users", language=language, help=text("users"), short_help=text("users.short"))
    catalogue = click.option(
        "--catalogue", default="", metavar="URL", help=text("opt.catalogue_url")
    )
    role = click.Choice(ROLES)

    @made("add")
    @click.argument("archive", metavar="ARCHIVE")
    @click.argument("name", metavar="NAME")
    @click.option(
        "--role", default="corrector", show_default=True, type=role, help=text("opt.role")
    )
    @click.option("--display", default="", metavar="TEXT", help=text("opt.display"))
    @catalogue
    @debug_option(language)
    @language_option(language)
    def add(archive: str, name: str, role: str, display: str, catalogue: str, debug: bool) -> int:
        from ..workbench.accounts import add_user

        del debug
        add_user(archive, catalogue, name, display or name, role, _password(language))
        click.echo(text("users.added", name=name, role=role))
        return 0

    @made("list")
    @click.argument("archive", metavar="ARCHIVE")
    @catalogue
    @debug_option(language)
    @language_option(language)
    def show(archive: str, catalogue: str, debug: bool) -> int:
        from ..workbench.accounts import users

        del debug
        for user in users(archive, catalogue):
            state = "" if user.active else "  " + text("users.off")
            click.echo(f"{user.name}  {user.role}  {user.display}{state}")
        return 0

    @made("change")
    @click.argument("archive", metavar="ARCHIVE")
    @click.argument("name", metavar="NAME")
    @click.option("--role", type=role, help=text("opt.role"))
    @click.option("--display", metavar="TEXT", help=text("opt.display"))
    @click.option("--password", "renew", is_flag=True, help=text("opt.password"))
    @click.option("--on/--off", "active", default=None, help=text("opt.active"))
    @catalogue
    @debug_option(language)
    @language_option(language)
    def change(
        archive: str,
        name: str,
        role: str | None,
        display: str | None,
        renew: bool,
        active: bool | None,
        catalogue: str,
        debug: bool,
    ) -> int:
        from ..workbench.accounts import change_user

        del debug
        password = _password(language) if renew else None
        change_user(archive, catalogue, name, display, role, active, password)
        click.echo(text("users.changed", name=name))
        return 0

    for part in (add, show, change):
        root.add_command(part)
    return root


def _password(language: Language) -> str:
    """Asked for on a terminal, else the first line of standard input; never an argument, which
    others on the machine could see."""
    if sys.stdin.isatty():
        shown = say("users.ask", language)
        again = say("users.again", language)
        value: str = click.prompt(shown, hide_input=True, confirmation_prompt=again)
        return value
    return sys.stdin.readline().rstrip("\r\n")
