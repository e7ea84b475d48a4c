"""Language and script of a text, as the codes that libraries use."""

from __future__ import annotations

from dataclasses import dataclass

from ...model import Article, Issue

# Frequent characters that one script has and the other writes otherwise, so that neither set
# holds a character of the other's (Unihan kSimplifiedVariant, kTraditionalVariant).
_SIMPLIFIED = frozenset(
    "国会来时个们为说这对发经学过后进动还现开关长问间门东车马见业产两从义乐习书买乱争亲众优"
    "传伤伦伟体儿兰兴养军农决况净减办务劳势区医华协单卖卫厂厅历压县参双变叶号听启员图团场坏"
    "块坚坛报担拥择挂挤据损换标树样桥机权条极构枪"
)
_TRADITIONAL = frozenset(
    "國會來時個們為說這對發經學過後進動還現開關長問間門東車馬見業產兩從義樂習書買亂爭親眾優"
    "傳傷倫偉體兒蘭興養軍農決況淨減辦務勞勢區醫華協單賣衛廠廳歷壓縣參雙變葉號聽啟員圖團場壞"
    "塊堅壇報擔擁擇掛擠據損換標樹樣橋機權條極構槍"
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """`tag`: BCP 47 ("zh-Hans"); `code`: ISO 639-2/B ("chi"); `script`: ISO 15924 ("Hans").
    Each empty where it is not known."""

    tag: str = ""
    code: str = ""
    script: str = ""


_CODES = {"zh": "chi", "en": "eng", "ja": "jpn", "ko": "kor", "de": "ger", "fr": "fre", "ru": "rus"}
_SCRIPTS = {"en": "Latn", "de": "Latn", "fr": "Latn", "ja": "Jpan", "ko": "Kore", "ru": "Cyrl"}


def tongue(tag: str) -> Tongue:
    """What a BCP 47 tag says: "zh-Hant-TW" is chi in Hant."""
    parts = tag.split("-")
    script = next((p.title() for p in parts[1:] if len(p) == 4 and p.isalpha()), "")
    language = parts[0].lower()
    code = _CODES.get(language, language if len(language) == 3 else "")
    return Tongue(tag, code, script or _SCRIPTS.get(language, ""))


def told(text: str) -> str:
    """The BCP 47 tag of a text that is mostly Chinese, or empty: "zh-Hans", "zh-Hant", or "zh"
    where the two scripts cannot be told apart. Other languages are never guessed."""
    han = sum("\u4e00" <= c <= "\u9fff" for c in text)
    kana = sum("\u3041" <= c <= "\u30fa" for c in text)
    letters = sum(c.isalpha() for c in text)
    if not han or 2 * han < letters or 10 * kana > han:
        return ""
    simple = sum(c in _SIMPLIFIED for c in text)
    full = sum(c in _TRADITIONAL for c in text)
    if simple == full:
        return "zh"
    return "zh-Hans" if simple > full else "zh-Hant"


def issue_language(issue: Issue) -> str:
    """The issue's tag, told from its pages where it is not given."""
    if issue.language:
        return issue.language
    lines = (line.text for p in issue.pages for r in p.regions for line in r.lines)
    return told("".join(lines))


def article_language(article: Article, default: str) -> str:
    """The article's tag, or that of its issue."""
    return article.language or default
