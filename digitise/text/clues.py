"""What a text's own words tell of the part it plays on a page. Scores are 0..1."""

from __future__ import annotations

import re

from .bylines import (
    Dateline,
    Signed,
    byline_score,
    credit_score,
    dateline,
    is_byline,
    split_trailing_byline,
    split_trailing_credit,
)
from .jumps import find_jumps, find_references
from .marks import (
    CLOSERS,
    FULL_STOPS,
    MID_STOPS,
    NO_LINE_START,
    OPENERS,
    PAIRED,
    ends_openly,
    ends_sentence,
    is_digit,
    is_han,
    is_latin,
    open_marks,
)
from .names import name_score
from .spaces import squash

__all__ = [
    "Dateline", "Signed", "byline_score", "credit_score", "dateline", "ends_openly",
    "ends_sentence", "is_byline", "is_caption_opening", "is_column_label", "is_credit",
    "is_dash_led", "is_index_entry", "looks_like_advertisement", "looks_like_notice",
    "opens_dialogue",
    "runs_on", "split_trailing_byline", "split_trailing_credit", "starts_like_continuation",
]  # fmt: skip

is_credit = credit_score


def is_dash_led(text: str) -> bool:
    """Whether a deck opens with a dash: ——看某市如何…"""
    return re.match(r"\s*(?:[—–―─━-]{2}|——|—|―)\s*[^\s\d]", text) is not None


_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])\s*\S"
)


def is_numbered(title: str) -> bool:
    """Whether a title is one of several in a row inside a text: 二、…, （三）…."""
    return _NUMBERED.match(title) is not None


_SPEAKER = re.compile(r"\s*(?:问|答|记者|主持人|提问|读者|网友|[QA])\s*[:：]\s*\S")


def opens_dialogue(text: str) -> bool:
    """Whether a text is something said in an interview: 问：…, 记者：…, 答：…"""
    return _SPEAKER.match(text) is not None


_INDEX_TAIL = re.compile(
    r"(?:[….·]{2,}|[—-]{2,}|[/▶►→>»▷])\s*第?\s*[A-Z]?\d{1,2}\s*版?\s*$"
    r"|\s第?\s*(?:[A-Z]\s?\d{1,2}|0\d|\d{1,2}\s*版)\s*版?\s*$"
    r"|[（(]?(?:详见|见)?第?[A-Z]?\d{1,2}版[）)]?\s*$"
)
_BARE_TAIL = re.compile(r"[^\s\d]\s+\d{1,2}$")


def is_index_entry(text: str) -> float:
    """How far a text is one line of a 导读: a headline with the page it stands on."""
    s = text.strip()
    if re.fullmatch(
        r"(?:今日|本期|内版|本报|本周|版面|要闻|内容)?(?:导读|要目|看点|提要)", squash(s)
    ):
        return 0.9
    if not 4 <= len(squash(s)) <= 60 or find_jumps(s):
        return 0.0
    if find_references(s) and not s.endswith("。"):
        return 0.85
    if _INDEX_TAIL.search(s) and "。" not in s[:-4]:
        return 0.7
    if _BARE_TAIL.search(s) and not any(c in s for c in "，。、；："):
        return 0.35
    return 0.0


_LABEL_WORDS = re.compile(
    r"(?:进行时|时评|观察|聚焦|关注|视点|热线|论坛|专栏|专题|特刊|速递|快讯|短波|简讯|要闻|纵横|在线|走笔|笔谈|调查|直击|链接|"
    r"导读|广角|现场|档案|故事|人物|访谈|连线|广场|之窗|先锋|风采|实践|新篇|在行动|一线|见闻|专版|行|谈|录|说)$"
)


def is_column_label(text: str) -> float:
    """How far a short text is the label of a column (栏目): 4 to 8 characters, no stop in it."""
    s = squash(text).strip("■□●◆▲★【】[]《》「」〖〗—-|·")
    n = len(s)
    if not 2 <= n <= 14 or any(c in s for c in FULL_STOPS + "，、；：,;:"):
        return 0.0
    if name_score(s) >= 0.5 or byline_score(text) >= 0.7 or credit_score(text) >= 0.6:
        return 0.1
    score = {2: 0.3, 3: 0.35, 4: 0.55, 5: 0.55, 6: 0.55, 7: 0.5, 8: 0.45, 9: 0.3, 10: 0.25}.get(
        n, 0.15
    )
    if _LABEL_WORDS.search(s):
        score += 0.3
    if re.match(r"\s*[【〖■□●◆▲★]", text) and n <= 10:
        score += 0.15
    return min(1.0, score)


_PHONE = re.compile(
    r"(?:0\d{2,3}\s*[-—－)）]\s*)?\d{7,8}(?!\d)|1[3-9]\d{9}|400[-\s—]?\d{3,4}[-\s—]?\d{3,4}|(?:800|95)\d{3,}"
)
_AD_STRONG = (
    "广告|诚招|招聘|招租|出租|转让|出售|特价|优惠|促销|大酬宾|抢购|开盘|热销|咨询热线|订购热线|招商热线|服务热线|"
    "销售热线|代理|加盟|免费试|批发|零售|折起|钜惠|火热|VIP|加微信|扫码|二维码|销售电话|订购电话|厂家直销|售楼|"
    "诚邀|莅临|客商|特惠|元起|限时|欢迎来电|欢迎选购|欢迎光临|恭候|直达你家|惠顾"
)
_AD_WEAK = (
    "电话|热线|地址|传真|邮编|网址|联系人|QQ|微信|手机|价格|元/|样板间|开发商|投资商|乘车路线|"
    "营业|主营|经营项目|活动时间|品质|尊享|盛大|邮购"
)
_AD_STRONG_RE, _AD_WEAK_RE = re.compile(_AD_STRONG), re.compile(_AD_WEAK)


def looks_like_advertisement(text: str) -> float:
    """How far a block's words are an advertisement's: telephone, address, prices, offers."""
    s = squash(text)
    if not s:
        return 0.0
    strong = len(set(_AD_STRONG_RE.findall(s)))
    weak = len(set(_AD_WEAK_RE.findall(s)))
    phones = len(_PHONE.findall(s))
    if s in ("广告", "·广告·", "公益广告") or re.match(r"[（(【]?(?:公益)?广告[）)】]?$", s):
        return 0.95
    points = (
        1.0 * strong + 0.6 * weak + 0.9 * min(phones, 3) + 0.6 * (s.count("!") + s.count("！") >= 2)
    )
    # A report of the same words is long and full of sentences; an advertisement is not.
    sentences = s.count("。") + s.count("，")
    density = points / (1.0 + max(len(s) - 60, 0) / 160.0)
    density *= 0.5 if sentences >= 6 and sentences * 40 > len(s) else 1.0
    if dateline(text) or byline_score(text[-40:]) >= 0.9:
        density *= 0.3
    return min(1.0, density / 3.0)


_NOTICE_HEAD = re.compile(
    r"(?:公告|声明|启事|通告|公示|讣告|遗失|招标|拍卖|通知书?|告示|布告|注销|减资|债权转让|更正|致歉|开庭|送达|寻人|寻物|认领|作废|"
    r"催收|招领|中标|采购|竞价|挂失)"
)
_NOTICE_BODY = re.compile(
    r"特此(?:公告|声明|通告|通知|公示|启事)|声明作废|遗失.{0,30}(?:证|章|照|票|牌)|作废|自(?:本)?(?:公告|公示)(?:发布|刊登)?之日起|"
    r"法定代表人|统一社会信用代码|清算组|债权人|注销|竞买|招标编号|投标|本院|公告送达|视为送达|公示期|不幸逝世|因病|治丧|编号[:：]"
)


def looks_like_notice(text: str) -> float:
    """How far a block is a public notice: 公告, 声明, 遗失, 启事, 招标, 讣告 …

    `text` may be the head alone, the body alone, or both with a line break between.
    """
    s = text.strip()
    if not s:
        return 0.0
    first = squash(s.splitlines()[0])
    score = 0.0
    if len(first) <= 24 and not ends_sentence(first) and "，" not in first:
        if re.search(rf"{_NOTICE_HEAD.pattern}$", first):
            score = 0.8 if len(first) <= 12 else 0.65
        elif _NOTICE_HEAD.match(first):
            score = 0.45
    score += 0.25 * min(3, len({m.group()[:4] for m in _NOTICE_BODY.finditer(squash(s))}))
    if re.match(r"[●■▲◆★]?遗失", squash(s)):
        score += 0.3
    if dateline(s):
        score *= 0.3
    return min(1.0, score)


def is_caption_opening(text: str) -> bool:
    """图为…, 右图：…, ▲ …, （上图）: the way a caption that has no credit opens or ends."""
    s = text.strip()
    return (
        re.match(
            r"(?:[▲△▼◀◁▶▷↑↓←→]\s*)?(?:图为|图片为|图[一二三四1-4]?[:：]|[上下左右]图(?:为|[:：])|[（(][上下左右]图|这是|[▲△▼◀▶↑]\s*\S)",
            s,
        )
        is not None
        or re.search(r"[（(][上下左右]图[）)]\s*。?$", s) is not None
    )


def starts_like_continuation(text: str) -> bool:
    """Whether a text begins in the middle of a sentence: with a closing or a pausing mark, a
    unit, or a small letter."""
    s = text.lstrip()
    if not s:
        return False
    if s[0] in NO_LINE_START and not s.startswith(("——", "……", "·")):
        return True
    if s[0] in CLOSERS or (s[0] in MID_STOPS and not s.startswith(("——", "--"))):
        return True
    return "a" <= s[0] <= "z" and not s.startswith("www")


_PARTICLE_START = re.compile(r"[的地得了着过们吗呢吧]")
_BOUND_END = re.compile(
    r"(?:[的之和与及或在把被将对向从由为以让使据按并而且但因若如是有]|第|[“‘《（(「『]|[、，；：,;:])$"
)
_FRESH_START = re.compile(
    r"(?:本报|新华社|据|近日|日前|昨日|今年|[一二三四五六七八九十]、|[（(][一二三四五六七八九十][）)]|●|■|首先|其次|此外|另外|同时)"
)


def runs_on(before: str, after: str) -> float:
    """How far `after` carries on where `before` stops, by the words alone, 0..1.

    About 0.5 means that nothing speaks for or against. Open quotation marks and brackets,
    the mark at the end, and what may not begin or end a sentence are weighed.
    """
    a, b = before.rstrip(), after.lstrip()
    if not a or not b:
        return 0.0
    if starts_like_continuation(b) and not ends_sentence(a):
        return 0.95
    if starts_like_continuation(b):
        return 0.55 if b[0] in CLOSERS and open_marks(a) else 0.15
    if ends_sentence(a):
        if dateline(b):
            return 0.02
        return 0.4 if open_marks(a) else 0.35
    if dateline(b):
        return 0.05
    score = 0.75
    if a[-1] in "，、；：,;:" or a[-1] in OPENERS:
        score = 0.85
    if open_marks(a) and _closes_first(b):
        score = max(score, 0.92)
    if is_digit(a[-1]) and (is_digit(b[0]) or b[0] in "年月日%％万亿元个人次点时号岁"):
        score = 0.9
    elif is_latin(a[-1]) and is_latin(b[0]):
        score = max(score, 0.75)
    if _BOUND_END.search(a) or (is_han(b[0]) and _PARTICLE_START.match(b)):
        score = max(score, 0.88)
    if _FRESH_START.match(b) and a[-1] not in "，、":
        score -= 0.2
    if a[-1] in "：:" and len(a) < 12:
        score -= 0.2
    return round(min(max(score, 0.0), 1.0), 4)


def _closes_first(text: str) -> bool:
    """Whether the first bracket or quotation mark in `text` is a closing one."""
    for c in text[:200]:
        if c in PAIRED:
            return False
        if c in PAIRED.values():
            return True
    return False
