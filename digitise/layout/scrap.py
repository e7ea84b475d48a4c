"""What is too little to be an article: the end of a line, a stroke of a drawing read as 一."""

from __future__ import annotations

from ..text.marks import is_han

BODY, HEAD = 6, 2
"""Characters of a body without headline, and hanzi of a headline without body, up to which a
piece is only kept on its page."""


def is_scrap(head: str, body: str) -> bool:
    """Whether a piece with this headline (kicker and deck included) and body is no article. Its
    caller knows that neither a picture nor a jump goes with it."""
    if not body.strip():
        return sum(map(is_han, head)) <= HEAD
    return not head.strip() and len(body.strip()) <= BODY
