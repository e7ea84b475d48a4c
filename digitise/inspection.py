"""What a page is, told without reading all of it."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Step
from .ocr.registry import get_engine
from .options import Options
from .sources import PageFacts, PageRef, page_facts, read_text_layer


@dataclass(frozen=True, slots=True)
class Look:
    """The facts of the file; whether its text layer would be used; `steps`: on what grounds."""

    facts: PageFacts
    trusted: bool = False
    steps: tuple[Step, ...] = ()


def look(ref: PageRef, options: Options) -> Look:
    """One page's size, resolution and text layer, and whether it is to be trusted. A page that
    cannot be read has its error among the facts."""
    facts = page_facts(ref, options)
    if facts.error[0] or not facts.characters:
        return Look(facts)
    engine = get_engine(options.engine, options.lang, options.threads)
    sheet = read_text_layer(ref, options, engine)
    return Look(facts, sheet is not None, sheet.steps if sheet is not None else ())
