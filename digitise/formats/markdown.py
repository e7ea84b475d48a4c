"""One article as Markdown with YAML front matter.

The front matter is the article's record; the body reads from top to bottom as set: kicker,
headline, deck, byline, paragraphs with subheads in bold, captions as quotations. Text is data:
whatever Markdown would take for markup is escaped, nothing is normalised.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from ..model import Article, Continuation, Issue
from .json_layout import clean
from .plain import one_line

_MARKUP = re.compile(r"[\\`*_\[\]<>~$|]|&(?=#?\w+;)")
# Written out of the way of YAML readers: control characters, line separators, marks of order.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def article_markdown(article: Article, issue: Issue) -> str:
    """The file's text, ending with a line feed. Front matter fields, in this order:

    id, title (the headline, which static site tools show), newspaper, issue, date, pages
    (labels, or numbers where none is printed), kind, kicker, headline, subheadline, byline,
    continuations (from, to, marker, back_marker, status), confidence.
    """
    blocks: list[str] = []
    if article.kicker:
        blocks.append(escape(article.kicker))
    if article.headline:
        blocks.append(f"# {escape(article.headline)}")
    blocks += [escape(text) for text in (article.subheadline, article.byline) if text]
    subheads = Counter(_subheads(article, issue))
    for paragraph in article.paragraphs:
        text = escape(paragraph)
        if subheads[_bare(paragraph)] > 0:
            subheads[_bare(paragraph)] -= 1
            text = f"**{text.strip()}**"
        blocks.append(text)
    blocks += [f"> {escape(caption)}" for caption in article.captions]
    blocks = [block for block in blocks if block.strip("#*> ")]
    body = "".join(f"\n{block}\n" for block in blocks)
    return clean("---\n" + "\n".join(_front_matter(article, issue)) + "\n---\n" + body)


def escape(text: str) -> str:
    """`text` on one line, such that Markdown shows it as it is at the start of a block."""
    text = _MARKUP.sub(lambda m: "\\" + m.group(), one_line(text).strip(" \t"))
    text = re.sub(r"^([-+#=])", r"\\\1", text)
    text = re.sub(r"^(\d{1,9})([.)])(?=[ \t]|$)", r"\1\\\2", text)
    return re.sub(r"#$", r"\\#", text) if text[-2:] != "\\#" else text


def quoted(text: str) -> str:
    """`text` as a double-quoted scalar, which YAML 1.1 and 1.2 and JSON read alike."""
    out = json.dumps(clean(text), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m.group()):04x}", out)


def _front_matter(article: Article, issue: Issue) -> Iterator[str]:
    pages = [_label(part.page, issue) for part in article.parts]
    yield f"id: {quoted(article.id)}"
    yield f"title: {quoted(article.headline)}"
    yield f"newspaper: {quoted(issue.title or issue.masthead.title)}"
    yield f"issue: {quoted(issue.id)}"
    yield f"date: {quoted(issue.masthead.date)}"
    yield f"pages: [{', '.join(quoted(p) for p in dict.fromkeys(pages))}]"
    yield f"kind: {quoted(article.kind)}"
    yield f"kicker: {quoted(article.kicker)}"
    yield f"headline: {quoted(article.headline)}"
    yield f"subheadline: {quoted(article.subheadline)}"
    yield f"byline: {quoted(article.byline)}"
    yield "continuations:" if article.continuations else "continuations: []"
    for continuation in article.continuations:
        yield from _continuation(continuation, issue)
    yield f"confidence: {round(article.confidence, 3)}"


def _continuation(continuation: Continuation, issue: Issue) -> Iterator[str]:
    yield f"  - from: {quoted(_label(continuation.from_page, issue))}"
    yield f"    to: {quoted(_label(continuation.to_page, issue))}"
    yield f"    marker: {quoted(continuation.marker)}"
    yield f"    back_marker: {quoted(continuation.back_marker)}"
    yield f"    status: {quoted(continuation.status)}"


def _label(page_id: str, issue: Issue) -> str:
    for page in issue.pages:
        if page.id == page_id:
            return page.label or str(page.number)
    return page_id


def _subheads(article: Article, issue: Issue) -> Iterator[str]:
    pages = {page.id: page for page in issue.pages}
    for part in article.parts:
        if part.page in pages:
            for region in pages[part.page].regions:
                if region.id in part.regions and region.kind == "subhead":
                    yield _bare(region.text)


def _bare(text: str) -> str:
    return "".join(text.split())
