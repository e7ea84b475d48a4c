"""Two runs side by side: against one truth, or against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..formats.json_layout import Flat, dumps
from .diagnosis import Finding
from .metrics import RATES
from .pairing import evaluate_files, pair_outputs, read_issue
from .report import (
    VERDICTS,
    Evaluation,
    columns_of,
    evaluate,
    evaluation_json,
    evaluation_text,
    total,
)

_LOWER_IS_BETTER = frozenset(
    {"article_cer", "article_cer_assigned", "order", "page_cer", "page_missed_share"}
)
_WORDS = {
    "en": ("figure", "A", "B", "better", "Articles that came out otherwise:", "none"),
    "zh": ("指标", "A", "B", "更好", "结果不同的文章：", "无"),
}
_ZH = {
    "article_f1": "文章 F1",
    "article_precision": "文章精确率",
    "article_recall": "文章召回率",
    "article_cer": "文章字错率",
    "article_cer_assigned": "文章字错率（配对）",
    "entry_f1": "全部 F1",
    "paragraph_f1": "段落 F1",
    "order": "语序",
    "page_cer": "版面字错率",
    "page_missed_share": "版面漏字比例",
    "jump_precision": "转版精确率",
    "jump_recall": "转版召回率",
    "masthead": "报头",
    "headlines": "标题",
    "roles": "角色",
    "articles_split": "被拆分文章",
    "articles_merged": "被合并文章",
}
_COUNTS = ("articles_split", "articles_merged")
COMPARISON_SCHEMA = "digitise/comparison/1"


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the truth that came out otherwise in B than in A."""

    issue_id: str
    true: str
    title: str
    before: Finding
    after: Finding


def compare_with_truth(a: Path, b: Path, truth: Path, language: str = "en") -> str:
    """The figures of two outputs of the same issues against `truth`, and the entries whose
    verdict or distance is not the same in both. Raises what `evaluate_files` raises."""
    first, second = evaluate_files(a, truth), evaluate_files(b, truth)
    words = _WORDS.get(language, _WORDS["en"])
    lines = _table(first, second, words, language)
    lines += ["", words[4]]
    found = changes(first, second)
    lines += [_change_line(c, language) for c in found] or [f"  {words[5]}"]
    return "\n".join(lines) + "\n"


def comparison_json(a: Path, b: Path, truth: Path) -> bytes:
    """What `compare_with_truth` tells, as UTF-8 JSON, schema "digitise/comparison/1": for each
    figure the values of A and B and which is better ("" where they are alike), for each article
    that came out otherwise its verdict and edits in both. Raises what `evaluate_files` raises."""
    first, second = evaluate_files(a, truth), evaluate_files(b, truth)
    figures: dict[str, Any] = {
        name: Flat({"a": round(x, 6), "b": round(y, 6), "better": better})
        for name, x, y, better in _figures(first, second)
    }
    return dumps(
        {
            "schema": COMPARISON_SCHEMA,
            "figures": figures,
            "articles": [
                Flat(
                    {
                        "issue": c.issue_id,
                        "true": c.true,
                        "title": c.title,
                        "a": {"verdict": c.before.verdict, "edits": c.before.edits},
                        "b": {"verdict": c.after.verdict, "edits": c.after.edits},
                    }
                )
                for c in changes(first, second)
            ],
        }
    )


def compare_outputs(a: Path, b: Path, language: str = "en") -> str:
    """`b` measured as if `a` were the truth: how far two runs agree, entry by entry."""
    pairs = pair_outputs(a, b)
    evaluations = [evaluate(read_issue(p.predicted), read_issue(p.true)) for p in pairs]
    return evaluation_text(evaluations, language)


def agreement_json(a: Path, b: Path) -> bytes:
    """What `compare_outputs` tells, in the form of an evaluation."""
    pairs = pair_outputs(a, b)
    return evaluation_json([evaluate(read_issue(p.predicted), read_issue(p.true)) for p in pairs])


def changes(first: Sequence[Evaluation], second: Sequence[Evaluation]) -> list[Change]:
    """True entries whose verdict or edits differ between two evaluations of the same issues."""
    out: list[Change] = []
    others = {e.issue_id: {f.true: f for f in e.findings if f.true} for e in second}
    for e in first:
        for before in e.findings:
            after = others.get(e.issue_id, {}).get(before.true)
            if not before.true or after is None:
                continue
            if (before.verdict, before.edits) != (after.verdict, after.edits):
                out.append(Change(e.issue_id, "+".join(before.true), before.title, before, after))
    return out


def _figures(
    first: Sequence[Evaluation], second: Sequence[Evaluation]
) -> list[tuple[str, float, float, str]]:
    """(name, in A, in B, which is better) of every figure; counts are whole numbers."""
    a, b = total(first), total(second)
    out: list[tuple[str, float, float, str]] = []
    for name in (*RATES, *_COUNTS):
        x, y = getattr(a, name), getattr(b, name)
        better = ""
        if abs(x - y) > 5e-7:
            lower = name in _LOWER_IS_BETTER or name in _COUNTS
            better = "B" if (y < x) == lower else "A"
        out.append((name, x, y, better))
    return out


def _table(
    first: Sequence[Evaluation], second: Sequence[Evaluation], words: Sequence[str], language: str
) -> list[str]:
    lines = [f"{_padded(words[0])}{words[1]:>10}{words[2]:>10}{'B - A':>10}  {words[3]}"]
    for name, x, y, better in _figures(first, second):
        label = _padded(_ZH[name] if language == "zh" else name)
        form = "" if name in _COUNTS else ".4f"
        lines.append(
            f"{label}{format(x, '>10' + form)}{format(y, '>10' + form)}"
            f"{format(y - x, '>+10' + form)}  {better}".rstrip()
        )
    return lines


def _padded(text: str, columns: int = 22) -> str:
    return text + " " * (columns - columns_of(text))


def _change_line(change: Change, language: str) -> str:
    def told(f: Finding) -> str:
        verdict = VERDICTS.get(f.verdict, "正确") if language == "zh" else f.verdict
        return f"{verdict} ({f.edits}/{f.length})" if f.edits else verdict

    return (
        f"  {change.issue_id} {change.true} {change.title}: "
        f"{told(change.before)} -> {told(change.after)}"
    )
