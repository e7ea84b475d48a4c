"""An evaluation: figures and findings of one issue or many, as a table and as JSON."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..formats.json_layout import Flat, dumps
from ..model import Issue
from .diagnosis import Finding, findings
from .matching import Similarities
from .metrics import (
    RATES,
    Figures,
    article_figures,
    headline_figures,
    jump_figures,
    masthead_figures,
    page_figures,
    paragraph_figures,
)
from .roles import RoleCount, role_counts, total_roles
from .strings import article_text, difference, normal

EVALUATION_SCHEMA = "digitise/evaluation/1"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`masthead`: (field, difference) for each field that is wrong."""

    issue_id: str
    figures: Figures
    findings: tuple[Finding, ...] = ()
    masthead: tuple[tuple[str, str], ...] = ()
    roles: tuple[RoleCount, ...] = ()


def evaluate(predicted: Issue, true: Issue) -> Evaluation:
    """The figures of one issue against its truth. Text is compared in NFKC without white space;
    pages are told by their numbers, articles by their text."""
    ours = [article_text(a) for a in predicted.articles]
    theirs = [article_text(a) for a in true.articles]
    similarities = Similarities(ours, theirs)
    everything = similarities.match()
    articles_p = [i for i, a in enumerate(predicted.articles) if a.kind == "article"]
    articles_t = [j for j, a in enumerate(true.articles) if a.kind == "article"]
    only_articles = similarities.match(articles_p, articles_t)
    found = findings(predicted, true, ours, theirs, everything)
    verdicts = [f.verdict for f in found if f.kind == "article"]
    roles = role_counts(predicted, true)
    figures = (
        article_figures(only_articles, len(articles_p), {j: len(theirs[j]) for j in articles_t})
        + Figures(
            entries_counted=sum(m.counts for m in everything),
            entries_predicted=len(ours),
            entries_true=len(theirs),
            articles_split=verdicts.count("split"),
            articles_merged=verdicts.count("merged"),
            roles_right=sum(r.right for r in roles),
            roles_true=sum(r.total for r in roles),
        )
        + headline_figures(only_articles, predicted, true)
        + paragraph_figures(only_articles, predicted, true)
        + page_figures(predicted, true)
        + jump_figures(everything, predicted, true)
        + masthead_figures(predicted.masthead, true.masthead)
    )
    wrong = tuple(
        (name, difference(getattr(predicted.masthead, name), value))
        for name, value in asdict(true.masthead).items()
        if normal(getattr(predicted.masthead, name)) != normal(value)
    )
    return Evaluation(true.id, figures, found, wrong, roles)


def evaluate_many(pairs: Iterable[tuple[Issue, Issue]]) -> tuple[Evaluation, ...]:
    """`evaluate` for each (predicted, true)."""
    return tuple(evaluate(predicted, true) for predicted, true in pairs)


def total(evaluations: Sequence[Evaluation]) -> Figures:
    """All counts added up."""
    return sum((e.figures for e in evaluations), Figures())


def evaluation_json(evaluations: Sequence[Evaluation]) -> bytes:
    """UTF-8 JSON, schema "digitise/evaluation/1": total figures, then issue by issue."""
    return dumps(
        {
            "schema": EVALUATION_SCHEMA,
            "total": _figures_value(total(evaluations)),
            "roles": [Flat(asdict(r)) for r in total_roles([e.roles for e in evaluations])],
            "issues": [
                {
                    "id": e.issue_id,
                    "figures": _figures_value(e.figures),
                    "masthead": [Flat(list(item)) for item in e.masthead],
                    "articles": [Flat(_finding_value(f)) for f in e.findings],
                }
                for e in evaluations
            ],
        }
    )


def _figures_value(figures: Figures) -> dict[str, Any]:
    rates = {name: round(getattr(figures, name), 6) for name in RATES}
    return {**rates, "counts": asdict(figures)}


def _finding_value(finding: Finding) -> dict[str, Any]:
    value = asdict(finding)
    value["similarity"] = round(finding.similarity, 4)
    value["fields"] = dict(finding.fields)
    return value


_HEADINGS = {
    "en": (
        "issue", "articles", "F1", "CER", "all F1", "par. F1", "order", "jumps P/R", "masthead",
        "headlines", "roles", "split/merged",
    ),
    "zh": (
        "期", "文章", "F1", "字错率", "全部F1", "段落F1", "语序", "转版 P/R", "报头",
        "标题", "角色", "拆/并",
    ),
}  # fmt: skip
_ROLES = {"en": "roles, share of characters right:", "zh": "各类区域字符判对比例："}
_AS = {"en": "mostly taken for", "zh": "多被当作"}
_TOTAL = {"en": "total", "zh": "合计"}
VERDICTS = {
    "differs": "有出入",
    "poor": "相差大",
    "split": "被拆分",
    "merged": "被合并",
    "missing": "缺失",
    "extra": "多余",
}


def evaluation_text(
    evaluations: Sequence[Evaluation], language: str = "en", *, details: bool = True
) -> str:
    """A table, one row an issue and a total; below it, with `details`, each entry that is not
    right: [-…-] is what the truth has and {+…+} what was found in its place.

    "articles" is counted / found / true. CER and order are error rates: 0 is best.
    """
    language = language if language in _HEADINGS else "en"
    rows = [_HEADINGS[language], *(_row(e.issue_id, e.figures) for e in evaluations)]
    if len(evaluations) > 1:
        rows.append(_row(_TOTAL[language], total(evaluations)))
    widths = [max(columns_of(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell + " " * (w - columns_of(cell)) if k == 0 else " " * (w - columns_of(cell)) + cell
            for k, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    if details:
        lines += _role_lines(evaluations, language)
        for e in evaluations:
            lines += _details(e, language)
    return "\n".join(lines) + "\n"


def _row(name: str, f: Figures) -> tuple[str, ...]:
    return (
        name,
        f"{f.articles_counted}/{f.articles_predicted}/{f.articles_true}",
        f"{f.article_f1:.4f}",
        f"{f.article_cer:.2%}",
        f"{f.entry_f1:.4f}",
        f"{f.paragraph_f1:.4f}",
        f"{f.order:.2%}" if f.page_longer else "-",
        f"{f.jump_precision:.2f}/{f.jump_recall:.2f}",
        f"{f.masthead:.2f}",
        f"{f.headlines:.4f}",
        f"{f.roles:.4f}" if f.roles_true else "-",
        f"{f.articles_split}/{f.articles_merged}",
    )


def _role_lines(evaluations: Sequence[Evaluation], language: str) -> list[str]:
    counts = total_roles([e.roles for e in evaluations])
    if not counts:
        return []
    lines = ["", _ROLES[language]]
    for c in counts:
        wrong = f"  {_AS[language]} {c.mistaken_for}" if c.mistaken_for else ""
        lines.append(f"  {c.kind:<14}{c.right / max(1, c.total):.4f}  {c.right}/{c.total}{wrong}")
    return lines


def _details(evaluation: Evaluation, language: str) -> list[str]:
    lines = [f"    masthead.{name}: {text}" for name, text in evaluation.masthead]
    for f in evaluation.findings:
        if f.verdict == "right":
            continue
        verdict = VERDICTS[f.verdict] if language == "zh" else f.verdict
        ids = f"{'+'.join(f.true) or '-'} ~ {'+'.join(f.predicted) or '-'}"
        figure = f"  {f.edits}/{f.length}" if f.length else ""
        lines.append(f"  {verdict}  {ids}  {f.kind}  {f.title}{figure}")
        lines += [f"    {name}: {text}" for name, text in f.fields]
    return ["", evaluation.issue_id, *lines] if lines else []


def columns_of(text: str) -> int:
    """Columns on a terminal: wide characters take two (UAX 11)."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
