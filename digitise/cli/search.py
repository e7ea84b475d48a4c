"""digitise search WORDS --archive ARCHIVE"""

from __future__ import annotations

import sys

import click

from ..messages import Language
from .archiveoptions import PATIENCE, archive_option, archive_packages, catalogue_option, day
from .archivetexts import say
from .frame import Command, debug_option, language_option

_KINDS = (
    "article",
    "advertisement",
    "notice",
    "index",
    "table",
    "picture",
    "masthead",
    "furniture",
)


def command(language: Language) -> click.Command:
    def text(key: str) -> str:
        return say(key, language)

    @click.command(
        "search",
        cls=Command,
        language=language,
        help=text("search"),
        short_help=text("search.short"),
    )
    @click.argument("words", metavar="WORDS...", nargs=-1, required=True)
    @archive_option(language)
    @catalogue_option(language)
    @click.option("--from", "since", default="", metavar="DATE", help=text("opt.from"))
    @click.option("--to", "until", default="", metavar="DATE", help=text("opt.to"))
    @click.option("--title", default="", metavar="TITLE", help=text("opt.title"))
    @click.option("--page", default="", metavar="LABEL", help=text("opt.page"))
    @click.option(
        "--kind",
        default="",
        type=click.Choice(["", *_KINDS]),
        metavar="KIND",
        help=text("opt.kind"),
    )
    @click.option(
        "--confidence",
        default=0.0,
        type=click.FloatRange(0, 1),
        metavar="C",
        help=text("opt.confidence"),
    )
    @click.option(
        "--limit",
        default=20,
        show_default=True,
        type=click.IntRange(1, 1000),
        metavar="N",
        help=text("opt.limit"),
    )
    @click.option("--json", "as_json", is_flag=True, help=text("opt.json"))
    @debug_option(language)
    @language_option(language)
    def search(
        words: tuple[str, ...],
        archive: str,
        catalogue: str,
        since: str,
        until: str,
        title: str,
        page: str,
        kind: str,
        confidence: float,
        limit: int,
        as_json: bool,
        debug: bool,
    ) -> int:
        del debug
        with archive_packages():
            from ..archive import open_archive
            from ..archive.search import Query, results_json
            from ..archive.search import search as find

        query = Query(
            # A shell has taken the quotation marks away: a word with a gap in it was a phrase.
            " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
            if len(words) > 1
            else words[0],
            since=day(since),
            until=day(until),
            title=title,
            page=page,
            kind=kind,
            confidence=confidence,
            limit=limit,
        )
        results = find(open_archive(archive, catalogue, patience=PATIENCE), query)
        if as_json:
            click.echo(results_json(results))
            return 0
        if not results.hits:
            click.echo(text("search.none"))
            return 0
        for hit in results.hits:
            where = " ".join((hit.title, hit.date, *hit.labels))
            click.echo(f"{_bold(hit.headline or hit.kind)}  {where}  {hit.issue}/{hit.article}")
            click.echo(f"    {_marked(hit.snippet, hit.marks)}")
        count = f"{results.count}{'+' if results.more else ''}"
        click.echo(say("search.count", language, count=count, shown=len(results.hits)))
        return 0

    return search


def _bold(words: str) -> str:
    return click.style(words, bold=True) if sys.stdout.isatty() else words


def _marked(snippet: str, marks: tuple[tuple[int, int], ...]) -> str:
    """The snippet with what was looked for in bold, in brackets where there is no terminal."""
    out, place = "", 0
    for start, end in marks:
        if start < place:
            continue
        found = snippet[start:end]
        out += snippet[place:start] + (_bold(found) if sys.stdout.isatty() else f"[{found}]")
        place = end
    return out + snippet[place:]
