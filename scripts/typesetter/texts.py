"""Random news copy: headlines, paragraphs, names, numbers, from word lists and sentence frames."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from . import words as W
from .frames import CLOSERS, FRAMES, HEADLINES, LEADS, QUOTES

LEVEL1 = [
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if not (row == 0xD7 and cell > 0xF9)
]


@dataclass(slots=True)
class Copy:
    """Who, where and what one report is about, so that its sentences hang together."""

    rng: random.Random
    topic: str
    place: str
    county: str
    org: str
    thing: str
    thing2: str
    person: str
    person2: str
    title: str
    firm: str
    used: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    wide: bool = False  # digits set full width


def name(rng: random.Random) -> str:
    surname = rng.choice(W.SURNAMES)
    pool = LEVEL1 if rng.random() < 0.35 else W.GIVEN
    return surname + "".join(rng.choice(pool) for _ in range(rng.choice((1, 2, 2, 2))))


def place(rng: random.Random, tail: tuple[str, ...] = W.TOWN_TAIL) -> str:
    stem = (
        rng.choice(LEVEL1) + rng.choice(W.PLACE_B)
        if rng.random() < 0.4
        else rng.choice(W.PLACE_A) + rng.choice(W.PLACE_B)
    )
    return stem + rng.choice(tail)


def firm(rng: random.Random) -> str:
    stem = rng.choice(W.FIRM_A) + rng.choice(W.FIRM_A if rng.random() < 0.7 else LEVEL1)
    tail = rng.choice(("有限公司", "股份有限公司", "公司", "集团", "厂"))
    return stem + rng.choice(W.FIRM_B) + tail


def number(rng: random.Random) -> str:
    kind = rng.randrange(7)
    if kind == 0:
        return str(rng.randint(2, 99))
    if kind == 1:
        return str(rng.randint(100, 9999))
    if kind == 2:
        return f"{rng.randint(1, 99)}.{rng.randint(1, 99)}万"
    if kind == 3:
        return f"{rng.randint(1, 90)}万"
    if kind == 4:
        return f"{rng.randint(1, 40)}.{rng.randint(1, 9)}亿"
    if kind == 5:
        return str(rng.randint(10000, 99999))
    return str(rng.randint(10, 99) * 10)


def fill(frame: str, c: Copy) -> str:
    """Put words for the {slots} of `frame`."""
    rng = c.rng
    out: list[str] = []
    i = 0
    while i < len(frame):
        if frame[i] != "{":
            out.append(frame[i])
            i += 1
            continue
        j = frame.index("}", i)
        out.append(_slot(frame[i + 1 : j], c, rng))
        i = j + 1
    text = "".join(out)
    return text.translate(_WIDE) if c.wide else text


_WIDE = {ord(d): ord(d) - 48 + 0xFF10 for d in "0123456789"}


def _slot(key: str, c: Copy, rng: random.Random) -> str:
    match key:
        case "place":
            return c.place
        case "county":
            return c.county
        case "village":
            return place(rng)
        case "city":
            return rng.choice(W.CITIES)
        case "org":
            return c.org
        case "org2":
            return rng.choice(W.ORG_HEAD)
        case "thing":
            return rng.choice((c.thing, c.thing2))
        case "thing1":
            return c.thing
        case "other":
            return rng.choice(W.THINGS[c.topic])
        case "any":
            return rng.choice(W.THINGS[rng.choice(W.TOPICS)])
        case "person":
            return c.person
        case "person2":
            return c.person2
        case "who":
            return name(rng)
        case "title":
            return c.title
        case "title2":
            return rng.choice(W.TITLES)
        case "people":
            return rng.choice(W.PEOPLE)
        case "firm":
            return c.firm
        case "firm2":
            return firm(rng)
        case "n":
            return number(rng)
        case "small":
            return str(rng.randint(2, 60))
        case "cn":
            return rng.choice("一二三四五六七八九十") + rng.choice(("", "", "十"))
        case "pct":
            return (
                f"{rng.randint(1, 99)}.{rng.randint(1, 9)}%"
                if rng.random() < 0.7
                else (f"{rng.randint(2, 98)}%")
            )
        case "year":
            return str(rng.randint(1998, 2026))
        case "month":
            return str(rng.randint(1, 12))
        case "day":
            return str(rng.randint(1, 28))
        case "time":
            return rng.choice(W.TIMES)
        case "verb":
            return rng.choice(W.VERBS)
        case "quality":
            return rng.choice(W.QUALITIES)
        case "idiom":
            return rng.choice(W.IDIOMS)
        case "latin":
            return rng.choice(W.LATIN)
        case "feeling":
            return rng.choice(W.FEELINGS)
        case "head":
            return rng.choice(W.SECTION_HEADS)
        case "rare":
            return rng.choice(LEVEL1) + rng.choice(LEVEL1)
        case "unit":
            return rng.choice(
                ("亩", "人次", "户", "吨", "公里", "台", "件", "个", "家", "名", "套")
            )
    raise KeyError(key)


def brief_for(rng: random.Random, topic: str = "") -> Copy:
    topic = topic or rng.choice(W.TOPICS)
    thing, thing2 = rng.sample(W.THINGS[topic], 2)
    county = place(rng, W.COUNTY_TAIL)
    return Copy(
        rng, topic, place(rng), county, county + rng.choice(W.ORG_HEAD), thing, thing2,
        name(rng), name(rng), rng.choice(W.TITLES), firm(rng),
    )  # fmt: skip


def _pick(frames: tuple[str, ...], c: Copy) -> str:
    """A frame not used lately in this report."""
    for _ in range(8):
        frame = c.rng.choice(frames)
        if frame not in c.used:
            break
    c.used.append(frame)
    if len(c.used) > 40:
        del c.used[:20]
    return fill(frame, c)


def sentence(c: Copy) -> str:
    return _pick(QUOTES if c.rng.random() < 0.22 else FRAMES, c)


def paragraph(c: Copy, first: bool = False) -> list[str]:
    """The sentences of one paragraph."""
    rng = c.rng
    out = [_pick(LEADS, c)] if first else []
    for _ in range(rng.choice((1, 2, 2, 3, 3, 4, 5))):
        out.append(sentence(c))
    if rng.random() < 0.12:
        out.append(_pick(CLOSERS, c))
    return out


def headline(c: Copy, low: int = 5, high: int = 18) -> str:
    """A headline between `low` and `high` characters where one can be had."""
    best = ""
    for _ in range(40):
        frame = c.rng.choice(HEADLINES)
        made = fill(frame, c)
        if low <= len(made) <= high and made not in c.heads:
            c.heads.append(made)
            return made
        if not best or abs(len(made) - (low + high) / 2) < abs(len(best) - (low + high) / 2):
            best = made
    if len(best) <= high and best not in c.heads:
        return best
    return c.rng.choice(LEVEL1) + c.rng.choice(LEVEL1) + "记事见闻录"[: max(1, high - 2)]
