from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digitise.formats.markdown import article_markdown, escape, quoted
from digitise.model import Issue

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!~|&;=:\"'$1a 山，。“”/"), max_size=20)


def _parts(markdown: str) -> tuple[Any, str]:
    _, front, body = markdown.split("---\n", 2)
    return yaml.safe_load(front), body


def _blocks(body: str) -> list[tuple[str, str]]:
    """(tag round it, text) of each block; markup inside a block fails the test."""
    out = []
    tokens = PARSER.parse(body)
    for i, token in enumerate(tokens):
        if token.type == "inline":
            kinds = {child.type for child in token.children or ()}
            assert kinds <= {"text", "strong_open", "strong_close"}, (body, kinds)
            tag = "strong" if "strong_open" in kinds else tokens[i - 1].tag
            out.append((tag, "".join(child.content for child in token.children or ())))
    return out


def test_golden_markdown(issue: Issue, golden: Any) -> None:
    for article in issue.articles:
        golden(f"{article.id}.md", article_markdown(article, issue).encode())


def test_front_matter_and_body_are_read_back(issue: Issue) -> None:
    front, body = _parts(article_markdown(issue.articles[1], issue))
    assert front["pages"] == ["A1", "A2"]
    assert front["subheadline"] == "——记南岭*防火队的 一个春天"
    assert front["continuations"] == [
        {"from": "A1", "to": "A2", "marker": "（下转A2版）", "back_marker": "（上接A1版）",
         "status": "verified"}
    ]  # fmt: skip
    assert front["confidence"] == pytest.approx(0.971)
    article = issue.articles[1]
    assert _blocks(body) == [
        ("p", article.kicker),
        ("h1", article.headline),
        ("p", article.subheadline),
        ("p", article.byline),
        ("p", article.paragraphs[0]),
        ("p", article.paragraphs[1]),
        ("strong", article.paragraphs[2]),
        ("p", article.paragraphs[3]),
        ("p", article.paragraphs[4]),
        ("p", article.captions[0]),
    ]


@settings(deadline=None)
@given(text=MARKUP)
def test_text_is_never_taken_for_markup(text: str) -> None:
    shown = " ".join(text.split("\n")).strip(" ")
    if not shown:
        return
    for before, after, tag in (
        ("", "", "p"),
        ("# ", "", "h1"),
        ("> ", "", "p"),
        ("**", "**", "strong"),
    ):
        assert _blocks(before + escape(text) + after) == [(tag, shown)]


@pytest.mark.parametrize(
    "text",
    ["1. 先", "12) 后", "- 项", "+ 项", "# 号", "## 号 ##", "> 引", "---", "***", "===", "~~~", "```",
     "<b>粗</b>", "<!-- x -->", "![图](x)", "[x]: y", "AT&amp;T", "&#35;", "a_b_c", "*强*", "|a|b|",
     "C:\\*", "1.5倍", "-3℃", "#"],
)  # fmt: skip
def test_what_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    assert _blocks(escape(text)) == [("p", text)]
    assert _blocks("# " + escape(text)) == [("h1", text)]


@settings(deadline=None)
@given(
    text=st.text()
    | st.text(st.sampled_from("\x00\x07\x7f\x85\x9f\u2028\u2029\ufeff\uffff\"\\:#'山\n\t "))
)
def test_front_matter_keeps_any_text(text: str) -> None:
    line = f"a: {quoted(text)}"
    assert len(line.splitlines()) == 1
    assert yaml.safe_load(line) == {"a": text}


def test_a_subhead_is_bold_only_as_often_as_it_is_printed(issue: Issue) -> None:
    article = replace(issue.articles[1], paragraphs=("三十里山路走了四十年",) * 2)
    _, body = _parts(article_markdown(article, issue))
    assert body.count("**三十里山路走了四十年**") == 1


def test_a_subhead_between_wide_spaces_is_still_bold(issue: Issue) -> None:
    article = replace(issue.articles[1], paragraphs=("\u3000三十里山路走了四十年\u3000",))
    _, body = _parts(article_markdown(article, issue))
    assert "\n**三十里山路走了四十年**\n" in body


def test_nothing_but_a_picture(issue: Issue) -> None:
    article = replace(issue.articles[0], kind="picture", headline="", paragraphs=())
    front, body = _parts(article_markdown(article, issue))
    assert front["kind"] == "picture"
    assert body == ""
