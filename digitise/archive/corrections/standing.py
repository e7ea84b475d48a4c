"""What wants looking at in an issue: how sure its text is, what is wrong with its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...model import Article, Issue, Line
from .compose import issue_of
from .document import Document
from .mastheads import masthead_checks
from .operations import ISSUE, MASTHEAD

DOUBTFUL = 0.98
"""Characters the recogniser was less sure of than this are marked: scripts/measure_doubts.py tells
how many of the misread ones that are, and how many others (docs/figures.md)."""

DOUBTFUL_MARK = 0.6
"""The same for marks of punctuation, of which it is seldom sure and yet right: a full-width and a
half-width comma share the chances between them."""

STRAY = 0.04
"""More of a page's ink than this outside all regions wants looking at."""

UNSURE = 0.95
"""An article whose confidence is lower is queued with this as a reason."""

_HALF = 0.02
"""The share of expected wrong characters that gives a score of one half."""


def is_word(char: str) -> bool:
    """Whether a character is more than a mark of punctuation: a letter, digit or ideograph."""
    return char.isalnum()


def is_doubtful(char: str, confidence: float) -> bool:
    """Whether a character is marked that the recogniser was so sure of."""
    limit = DOUBTFUL if is_word(char) else DOUBTFUL_MARK
    return bool(char.strip()) and confidence < limit


def doubtful_in(line: Line) -> int:
    """Characters of a line that are marked."""
    if len(line.chars) == len(line.text):
        return sum(is_doubtful(c.text, c.confidence) for c in line.chars)
    return len(line.text) if line.confidence < DOUBTFUL else 0


@dataclass(frozen=True, slots=True)
class Measure:
    """Of some lines: how many, their characters, how many are doubtful, mean confidence, and the
    share of characters expected to be wrong."""

    lines: int = 0
    characters: int = 0
    doubtful: int = 0
    confidence: float = 1.0
    expected: float = 0.0


def measure(lines: Sequence[Line], risk: Mapping[int, float] | None = None) -> Measure:
    """`risk`: the share of wrong characters that people found among those of a confidence of
    so many percent (calibration.py); without it, what the confidence itself says. Marks of
    punctuation count only where they are marked: the others are right, however unsure."""
    characters = doubtful = 0
    weight = wrong = 0.0
    for line in lines:
        n = len(line.text)
        characters += n
        doubtful += doubtful_in(line)
        known = len(line.chars) == n
        shares = [c.confidence for c in line.chars] if known else [line.confidence] * n
        weight += sum(shares)
        for char, share in zip(line.text, shares, strict=True):
            if is_word(char) or is_doubtful(char, share):
                wrong += risk.get(int(share * 100), 1 - share) if risk else 1 - share
    if not characters:
        return Measure(len(lines))
    return Measure(
        len(lines), characters, doubtful, weight / characters, max(0.0, wrong / characters)
    )


def score_of(expected: float) -> float:
    """0 to 1 for the share of characters expected to be wrong."""
    return round(expected / (expected + _HALF), 4)


def items_of(
    document: Document, stray: Mapping[str, float], risk: Mapping[int, float] | None = None
) -> list[dict[str, Any]]:
    """The rows of `queue_items` for an issue, without the columns that name it. `stray`: for
    each page the share of its ink outside all regions, where it was measured."""
    issue = issue_of(document)
    lines = {r.id: r.lines for page in issue.pages for r in page.regions}
    everything = [line for some in lines.values() for line in some]
    whole = measure(everything, risk)
    first = issue.pages[0].id if issue.pages else ""
    failed = _failed(issue)
    out = [
        _item(
            ISSUE, "issue", first, issue.title or issue.id,
            max(score_of(whole.expected), 0.9 if failed else 0.0), whole,
            [*failed, *_doubts(whole)], document,
        )
    ]  # fmt: skip
    for article in issue.articles:
        own = [line for part in article.parts for r in part.regions for line in lines.get(r, ())]
        if article.kind == "furniture" or not own:
            continue
        found = measure(own, risk)
        doubts, reasons = score_of(found.expected), _doubts(found)
        if article.confidence < UNSURE:
            percent = f"{article.confidence:.0%}"
            reason = _reason(
                "article-unsure", f"The chance that it was put together rightly is {percent}.",
                f"文章拼合无误的可能性为 {percent}。",
            )  # fmt: skip
            # What the row stands there for comes first.
            reasons.insert(0 if 1 - article.confidence > doubts else len(reasons), reason)
        # the chance that the reading or the putting together wants mending
        score = 1 - (1 - doubts) * article.confidence
        page = article.parts[0].page
        out.append(
            _item(article.id, "article", page, _label(article), score, found, reasons, document)
        )
        out += _jumps(article, found, document)
    out += _mastheads(issue, whole, document)
    papers = {paper.id: paper for paper in issue.pages}
    for page_id, share in sorted(stray.items()):
        if share > STRAY and page_id in papers:
            reason = _reason(
                "ink", f"{share:.0%} of the page's ink lies outside all regions.",
                f"该版有 {share:.0%} 的墨迹不在任何区域内。",
            )  # fmt: skip
            paper = papers[page_id]
            found = measure([line for r in paper.regions for line in r.lines], risk)
            label = " ".join(filter(None, (paper.label or str(paper.number), paper.name)))
            out.append(
                _item(
                    page_id,
                    "ink",
                    page_id,
                    label,
                    min(0.95, 0.4 + 4 * share),
                    found,
                    [reason],
                    document,
                )
            )
    return out


def _item(
    target: str, kind: str, page: str, label: str, score: float, found: Measure,
    reasons: list[dict[str, str]], document: Document,
) -> dict[str, Any]:  # fmt: skip
    return {
        "target": target,
        "kind": kind,
        "page": page,
        "label": label[:300],
        "score": round(score, 4),
        "confidence": round(found.confidence, 4),
        "lines": found.lines,
        "doubtful": found.doubtful,
        "reasons": reasons,
        "status": status_of(document, target),
    }


def status_of(document: Document, target: str) -> str:
    """How far work on the issue, an article, a page or the masthead is: as somebody said, else
    done where all of its pages are said to be, in progress where people changed anything in it."""
    said = document.note(target).status
    if said != "open" or (target not in (ISSUE, MASTHEAD) and target not in document.entities):
        return said
    whole = document.note(ISSUE).status
    if target != ISSUE and whole in ("done", "passed"):
        return whole
    if target in (ISSUE, MASTHEAD):
        touched = document.versions if target == ISSUE else {MASTHEAD} & set(document.versions)
        return "in-progress" if any(":" not in key for key in touched) else "open"
    article, page = document.article(target), document.page(target)
    pages = {part.page for part in article.article.parts} if article else {target}
    if pages and all(document.note(key).status == "done" for key in pages):
        return "done"
    regions = page.regions if page else ()
    if article:
        regions = tuple(r for part in article.article.parts for r in part.regions)
    entries = [entry for key in regions if (entry := document.region(key)) is not None]
    keys = [target, *regions, *(line for entry in entries for line in entry.lines)]
    return "in-progress" if any(key in document.versions for key in keys) else "open"


def _label(article: Article) -> str:
    text = article.headline or article.kicker or (article.paragraphs or ("",))[0][:40]
    return text or article.id


def _reason(code: str, english: str, chinese: str) -> dict[str, str]:
    return {"code": code, "en": english, "zh": chinese}


def _doubts(found: Measure) -> list[dict[str, str]]:
    """Why a row stands where the text of its lines puts it: said of every one."""
    reasons = []
    if found.doubtful:
        reasons.append(_reason("doubtful", f"Doubtful characters: {found.doubtful}.",
                               f"存疑字符 {found.doubtful} 个。"))  # fmt: skip
    wrong, many = found.expected * found.characters, f"{found.characters:,}"
    if wrong >= 0.95:
        reasons.append(_reason("expected", f"About {wrong:.0f} of {many} characters are likely to be wrong.",
                               f"{many} 字中约有 {wrong:.0f} 字可能有误。"))  # fmt: skip
    elif wrong > 0.0:
        reasons.append(_reason("expected", f"Of {many} characters, fewer than one is likely to be wrong.",
                               f"{many} 字中可能有误的不足一字。"))  # fmt: skip
    elif not reasons:
        reasons.append(_reason("sure", "Nothing in its text is doubtful.", "文字均无存疑。"))
    return reasons


def _failed(issue: Issue) -> list[dict[str, str]]:
    failed = [page.id for page in issue.pages if page.error]
    if not failed:
        return []
    names = ", ".join(failed)
    return [_reason("page-failed", f"Pages that could not be read: {names}.",
                    f"未能读取的版面：{names}。")]  # fmt: skip


def _jumps(article: Article, found: Measure, document: Document) -> list[dict[str, Any]]:
    out = []
    for jump in article.continuations:
        if jump.status == "verified":
            continue
        if jump.status == "unresolved":
            score = 0.9
            reason = _reason("jump-unresolved", f"Where {jump.marker} leads was not found.",
                             f"{jump.marker} 的去向未找到。")  # fmt: skip
        else:
            score = 0.6
            reason = _reason("jump-one-sided", f"Only one end of {jump.marker} is marked.",
                             f"{jump.marker} 只有一端有标记。")  # fmt: skip
        out.append(
            _item(
                article.id,
                "jump",
                jump.from_page,
                _label(article),
                score,
                found,
                [reason],
                document,
            )
        )
    return out[:1]


def _mastheads(issue: Issue, whole: Measure, document: Document) -> list[dict[str, Any]]:
    bad = [check for check in masthead_checks(issue) if check.level != "ok"]
    if not bad:
        return []
    score = 0.95 if any(check.level == "error" for check in bad) else 0.5
    page = issue.pages[0].id if issue.pages else ""
    reasons = [_reason(check.code, *check.texts) for check in bad]
    return [_item("masthead", "masthead", page, issue.title or issue.id, score, whole, reasons,
                  document)]  # fmt: skip


def disagreeing(document: Document, count: int) -> dict[str, Any]:
    """The row for what machine and people disagree on after the issue was read anew."""
    reason = _reason(
        "disagreement",
        f"Read anew, the machine disagrees with people in {count} places.",
        f"重新识别后，机器与人工有 {count} 处不一致。",
    )
    first = document.machine.pages[0].id if document.machine.pages else ""
    label = document.masthead.title or document.machine.id
    return _item(ISSUE, "disagreement", first, label, 0.85, Measure(), [reason], document)
