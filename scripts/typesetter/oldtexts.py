"""Copy for papers before 1950: traditional characters, no figures, stops of their own."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from . import texts as T
from .almanac import chinese_numeral

_QUOTES = str.maketrans({"“": "「", "”": "」", "‘": "『", "’": "』", "《": "「", "》": "」"})
_AGENCIES = ("路透電", "哈瓦斯電", "海通電", "美聯電", "塔斯電", "中央社電", "本報專電")
_TOWNS = ("巴黎", "倫敦", "柏林", "羅馬", "紐約", "東京", "南京", "漢口", "重慶", "天津", "北平")
_TRADES = ("綢緞莊", "藥房", "醫院", "茶莊", "皮鞋店", "鐘錶行", "書局", "照相館", "銀樓", "旅社")
_WARES = (
    "統辦環球貨品", "花色新奇價目公道", "批發零售一律歡迎", "新到各種國貨", "承蒙惠顧無任歡迎",
    "專治內外各科", "精製各種丸散", "貨眞價實童叟無欺", "遠近馳名", "備有樣本函索卽寄",
    "開幕紀念大減價", "地方寬敞空氣清潔", "手工精巧式樣大方", "經驗宏富手術精良",
)  # fmt: skip
_ROADS = ("福州路", "南京路", "山東路", "河南路", "霞飛路", "靜安寺路", "愛多亞路", "四馬路")


@dataclass(frozen=True, slots=True)
class OldManner:
    """How one paper sets its text: the stops it knows, whether they may begin a line, the
    indent in ems."""

    comma: str
    stop: str
    loose: bool
    indent: int


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def traditional(text: str) -> str:
    return str(_converter().convert(text))


def random_manner(rng: random.Random) -> OldManner:
    comma, stop = rng.choice((("、", "、"), ("、", "。"), ("，", "。")))
    return OldManner(comma, stop, rng.random() < 0.6, rng.choice((0, 1, 1, 2)))


def _plain(text: str) -> bool:
    return not any(ch.isascii() for ch in text)


def _turned(text: str, manner: OldManner) -> str:
    text = traditional(text).translate(_QUOTES)
    out = []
    for c in text:
        if c in "，；：" and manner.comma == "、":
            c = "、"
        elif c in "。！？":
            c = manner.stop if manner.stop != "。" or c == "。" else c
        out.append(c)
    return "".join(out)


def paragraphs(c: T.Copy, manner: OldManner, chars: int, news: bool) -> list[str]:
    """Paragraphs of `chars` characters or a little more; `news` begin with a telegram's head."""
    rng = c.rng
    out: list[str] = []
    total = 0
    for _ in range(600):
        if total >= chars:
            break
        made = [s for s in (T.sentence(c) for _ in range(rng.choice((2, 3, 4, 5)))) if _plain(s)]
        if not made:
            continue
        text = _turned("".join(made), manner)
        if news and not out:
            day = "".join(rng.choice(("", "廿", "十")) + rng.choice("一二三四五六七八九") + "日")
            text = f"（{rng.choice(_TOWNS)}{day}{rng.choice(_AGENCIES)}）" + text
        out.append(text)
        total += len(text)
    return out


def headline(c: T.Copy, low: int, high: int) -> str:
    """A headline of `low` to `high` characters without figures or marks."""
    for _ in range(200):
        text = traditional(T.headline(c, low, high))
        if low <= len(text) <= high and all("\u4e00" <= ch <= "\u9fff" for ch in text):
            return text
    pool = [traditional(ch) for ch in T.LEVEL1]
    return "".join(c.rng.choice(pool) for _ in range(c.rng.randint(low, high)))


def person(rng: random.Random) -> str:
    return traditional(T.name(rng))


def advert(rng: random.Random) -> tuple[str, list[str]]:
    """The name of a firm and the lines beneath it."""
    firm = traditional(T.firm(rng)[:2]) + rng.choice(_TRADES)
    lines = rng.sample(_WARES, rng.randint(2, 4))
    spelt = "".join(rng.choice("一二三四五六七八九〇") for _ in range(5))
    lines.append(rng.choice(_ROADS) + chinese_numeral(rng.randint(3, 98)) + "號")
    if rng.random() < 0.7:
        lines.append("電話" + spelt)
    return firm, lines


def republican(day: date) -> str:
    """中華民國二十八年四月廿三日."""

    def spelt(n: int) -> str:
        text = chinese_numeral(n)
        return text.replace("二十", "廿") if 20 < n < 30 else text

    return f"中華民國{chinese_numeral(day.year - 1911)}年{spelt(day.month)}月{spelt(day.day)}日"


def columns_of(text: str, length: int, manner: OldManner) -> list[str]:
    """A paragraph cut into lines of `length` characters; where marks may not begin a line they
    hang on to the character before, which goes down with them."""
    rest = "　" * manner.indent + text
    out = []
    while rest:
        k = min(length, len(rest))
        if not manner.loose and k < len(rest):
            while k > 3 and (rest[k] in "、。，」』）！？" or rest[k - 1] in "「『（"):
                k -= 1
        out.append(rest[:k])
        rest = rest[k:]
    return out


__all__ = [
    "OldManner", "advert", "columns_of", "headline", "paragraphs", "person",
    "random_manner", "republican", "traditional",
]  # fmt: skip
