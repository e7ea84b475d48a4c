"""Plain text and Markdown: as printed, or as it reads."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Article, Issue
from ..json_layout import clean
from ..markdown import article_markdown, escape
from ..plain import issue_text, one_line, page_text
from ..write import article_names
from .bundle import Bundle
from .xmlkit import xml_ids


def export_lines(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """text/issue.txt and text/pages/<page>.txt: one printed line a line."""
    issue = bundle.issue
    names = xml_ids(issue)
    for page in issue.pages:
        yield f"text/pages/{names[page.id,]}.txt", page_text(page, issue.articles).encode("utf-8")
    yield "text/issue.txt", issue_text(issue).encode("utf-8")


def export_paragraphs(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """text/articles/<nnn>.txt: one paragraph a line."""
    for name, article in zip(article_names(bundle.issue), bundle.issue.articles, strict=True):
        yield f"text/articles/{name}.txt", article_text(article).encode("utf-8")


def export_markdown(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """markdown/<nnn>.md, and markdown/index.md with a link to each."""
    issue = bundle.issue
    for name, article in zip(article_names(issue), issue.articles, strict=True):
        yield f"markdown/{name}.md", article_markdown(article, issue).encode("utf-8")
    yield "markdown/index.md", _contents(issue).encode("utf-8")


def article_text(article: Article) -> str:
    """Kicker, headline, deck, byline, then the paragraphs and captions, one a line, a blank line
    between them; ends with a line feed. Empty for an article without text."""
    fields = (
        article.kicker,
        article.headline,
        article.subheadline,
        article.byline,
        *article.paragraphs,
        *article.captions,
    )
    shown = [one_line(text).strip() for text in fields]
    blocks = [text for text in shown if text]
    return clean("\n\n".join(blocks) + "\n") if blocks else ""


def article_title(article: Article) -> str:
    """What to call an article in a list: its headline, else the beginning of its text."""
    if article.headline.strip():
        return one_line(article.headline).strip()
    for text in (article.kicker, *article.paragraphs, *article.captions):
        if text.strip():
            start = one_line(text).strip()
            return start if len(start) <= 24 else start[:23] + "…"
    return ""


def _contents(issue: Issue) -> str:
    head = issue.masthead
    title = " ".join(filter(None, (issue.title or head.title or issue.id, head.date)))
    lines = [f"# {escape(title)}", ""]
    labels = {page.id: page.label or str(page.number) for page in issue.pages}
    for name, article in zip(article_names(issue), issue.articles, strict=True):
        if article.kind == "furniture":
            continue
        pages = ", ".join(dict.fromkeys(labels.get(part.page, part.page) for part in article.parts))
        title = escape(article_title(article)) or article.id
        lines.append(f"- [{title}]({name}.md)" + (f" ({escape(pages)})" if pages else ""))
    return clean("\n".join(lines) + "\n")
