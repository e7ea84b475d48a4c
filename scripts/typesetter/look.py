"""The house style of one random newspaper: what all its pages share."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .canvas import Colour
from .linebreak import Setting


@dataclass(frozen=True, slots=True)
class Look:
    width: float
    height: float
    margin: float
    columns: int
    gutter: float
    size: float
    leading: float
    setting: Setting
    subfont: str
    byline: str  # square, plain, colon, paren
    label_style: str  # A1, 01, 第1版, 1版
    jump_style: int
    colour: Colour
    separators: float  # how often modules are parted by a rule
    fullwidth_digits: bool


def random_look(rng: random.Random) -> Look:
    broad = rng.random() < 0.75
    width, height = rng.choice(((1105.0, 1545.0), (992.0, 1417.0), (1020.0, 1474.0)))
    columns = rng.choice((5, 6, 6, 7, 8))
    if not broad:
        width, height = rng.choice(((808.0, 1134.0), (737.0, 1063.0)))
        columns = rng.choice((4, 5))
    size = rng.choice((9.0, 9.0, 9.5, 9.5, 10.0, 10.5))
    if columns >= 7:
        size = min(size, 9.5)
    return Look(
        width=width,
        height=height,
        margin=rng.uniform(32, 48),
        columns=columns,
        gutter=size * rng.uniform(1.1, 1.7),
        size=size,
        leading=size * rng.uniform(1.28, 1.5),
        setting=Setting(
            font="song",
            manner=rng.choice(("squeeze", "squeeze", "hang", "push")),
            trim_quote=rng.random() < 0.5,
            latin_gap=rng.choice((0.0, 0.0, 0.12, 0.2)),
        ),
        subfont=rng.choice(("hei-bold", "song-bold", "kai", "hei")),
        byline=rng.choice(("square", "plain", "square", "colon")),
        label_style=rng.choice(("A1", "A01", "01", "第1版", "1版")),
        jump_style=rng.randrange(11),
        colour=rng.choice(((0.75, 0.05, 0.08), (0.0, 0.0, 0.0), (0.1, 0.2, 0.5), (0.8, 0.1, 0.1))),
        separators=rng.choice((0.15, 0.45, 0.8)),
        fullwidth_digits=rng.random() < 0.07,
    )
