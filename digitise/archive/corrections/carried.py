"""What is carried over to a newer machine result, while it is being worked out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ...model import Issue
from . import operations as ops
from .apply import Folding
from .document import Document, LineEntry, Logged, document_of

Kind = Literal["text", "line-gone", "line-new", "head", "structure"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`line` and `page` as they are now. text: machine and person read it differently;
    line-gone: the machine finds no line there now; line-new: it finds one where nobody had any;
    head: it reads a head or a field of the masthead differently; structure: it divides the page
    into articles otherwise, or the page is gone."""

    line: str
    page: str
    kind: Kind
    machine_old: str = ""
    machine_new: str = ""
    human: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """Operations over the new result, each with the number of the one it repeats."""

    operations: tuple[tuple[int, ops.Operation], ...]
    disagreements: tuple[Disagreement, ...]


class Work:
    """The new result with all that was carried to it so far. `names`: what entities of the old
    one are called now."""

    def __init__(self, old: Document, new: Issue) -> None:
        self.old = old
        self.operations: list[tuple[int, ops.Operation]] = []
        self.disagreements: list[Disagreement] = []
        self.names: dict[str, str] = {}
        self._folding = Folding(document_of(new))

    @property
    def document(self) -> Document:
        return self._folding.document()

    def do(self, origin: int, operation: ops.Operation) -> None:
        """Adds an operation that repeats number `origin`. Raises Refused."""
        seq = len(self.operations) + 1
        self._folding.add(Logged(seq, f"carried-{seq}", operation))
        self.operations.append((origin, operation))

    def tell(
        self, kind: Kind, page: str, *, line: str = "", machine_old: str = "",
        machine_new: str = "", human: str = "",
    ) -> None:  # fmt: skip
        told = Disagreement(line, page, kind, machine_old, machine_new, human)
        if told not in self.disagreements:
            self.disagreements.append(told)


def lines_of(document: Document, page: str) -> Iterator[LineEntry]:
    """The lines of a page, region after region."""
    entry = document.page(page)
    for region_id in entry.regions if entry else ():
        region = document.region(region_id)
        for line_id in region.lines if region else ():
            line = document.line(line_id)
            if line is not None:
                yield line


def typed(document: Document, page: str) -> str:
    """What people typed or confirmed on a page."""
    return "\n".join(x.line.text for x in lines_of(document, page) if x.human)


def fresh(prefix: str, *keys: str) -> str:
    """A new id that is the same for the same old ones."""
    number = int.from_bytes(hashlib.sha256("\0".join(keys).encode()).digest()[:6], "big")
    letters = "0123456789abcdefghijklmnopqrstuvwxyz"
    out = ""
    for _ in range(8):
        number, k = divmod(number, 36)
        out += letters[k]
    return prefix + out
