"""What a user types into the search, taken apart.

Words are all to be found; "..." or “...” is a phrase, -word must not be there. A word of Chinese
characters is a phrase by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import UsageError
from .folding import fold, is_han, runs

_PARTS = re.compile(r'(-?)(?:"([^"]*)"|“([^”]*)”|「([^」]*)」|(\S+))')


@dataclass(frozen=True, slots=True)
class Term:
    """`tokens` stand one after the other; `open_end`: the last is the beginning of one."""

    text: str
    tokens: tuple[str, ...]
    open_end: bool = False
    excluded: bool = False


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a query. Raises UsageError when there is nothing to look for."""
    found: list[Term] = []
    for minus, *forms in _PARTS.findall(text):
        words = next((form for form in forms if form), "")
        term = _term(words, bool(minus))
        if term is not None:
            found.append(term)
    if not any(not term.excluded for term in found):
        raise UsageError(
            ("There is nothing to look for.", "没有可检索的内容。"),
            ("Give a word of Chinese characters, letters or digits.", "请输入汉字、字母或数字。"),
        )
    return tuple(found)


def _term(words: str, excluded: bool) -> Term | None:
    folded = fold(words)
    pieces = runs(folded)
    out: list[str] = []
    open_end = False
    for place, run in enumerate(pieces):
        last = place == len(pieces) - 1
        if not is_han(run):
            out.append(run[:40])
        elif len(run) == 1 and last:
            out.append(run)
            open_end = True  # the character begins a pair, or ends its run
        else:
            # A run that ends within the phrase has its last character as a token of its own.
            pairs = [run[i : i + 2] for i in range(len(run) - 1)]
            out += pairs if last else [*pairs, run[-1]]
    return Term("".join(folded.split()), tuple(out), open_end, excluded) if out else None


def fts5(terms: Sequence[Term]) -> str:
    """The query in SQLite's FTS5 language."""

    def phrase(term: Term) -> str:
        # Tokens hold letters, digits and Chinese characters only: nothing to escape.
        return f'"{" ".join(term.tokens)}"' + (" *" if term.open_end else "")

    wanted = " AND ".join(phrase(term) for term in terms if not term.excluded)
    for term in terms:
        if term.excluded:
            wanted = f"({wanted}) NOT {phrase(term)}"
    return wanted


def tsquery(terms: Sequence[Term]) -> str:
    """The query as PostgreSQL's tsquery, in its input form."""

    def phrase(term: Term) -> str:
        words = [f"'{token}'" for token in term.tokens]
        if term.open_end:
            words[-1] += ":*"
        return "(" + " <-> ".join(words) + ")"

    return " & ".join(("!" if term.excluded else "") + phrase(term) for term in terms)
