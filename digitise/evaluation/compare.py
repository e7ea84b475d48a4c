"""Two runs side by side: against one truth, or against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .diagnosis import Finding
from .metrics import RATES
from .pairing import evaluate_files, pair_outputs, read_issue
from .report import VERDICTS, Evaluation, evaluate, evaluation_text, total

_LOWER_IS_BETTER = frozenset(
    {"article_cer", "article_cer_assigned", "order", "page_cer", "page_missed_share"}
)
_WORDS = {
    "en": ("figure", "A", "B", "better", "Articles that came out otherwise:", "none"),
    "zh": ("指标", "A", "B", "更好", "结果不同的文章：", "无"),
}


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
    lines = _table(first, second, words)
    lines += ["", words[4]]
    found = changes(first, second)
    lines += [_change_line(c, language) for c in found] or [f"  {words[5]}"]
    return "\n".join(lines) + "\n"


def compare_outputs(a: Path, b: Path, language: str = "en") -> str:
    """`b` measured as if `a` were the truth: how far two runs agree, entry by entry."""
    pairs = pair_outputs(a, b)
    evaluations = [evaluate(read_issue(p.predicted), read_issue(p.true)) for p in pairs]
    return evaluation_text(evaluations, language)


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


def _table(
    first: Sequence[Evaluation], second: Sequence[Evaluation], words: Sequence[str]
) -> list[str]:
    a, b = total(first), total(second)
    lines = [f"{words[0]:<22}{words[1]:>10}{words[2]:>10}{'B - A':>10}  {words[3]}"]
    for name in RATES:
        x, y = getattr(a, name), getattr(b, name)
        better = ""
        if abs(x - y) > 5e-7:
            better = "B" if (y < x) == (name in _LOWER_IS_BETTER) else "A"
        lines.append(f"{name:<22}{x:>10.4f}{y:>10.4f}{y - x:>+10.4f}  {better}".rstrip())
    for name in ("articles_split", "articles_merged"):
        x, y = getattr(a, name), getattr(b, name)
        better = "" if x == y else "B" if y < x else "A"
        lines.append(f"{name:<22}{x:>10}{y:>10}{y - x:>+10}  {better}".rstrip())
    return lines


def _change_line(change: Change, language: str) -> str:
    def told(f: Finding) -> str:
        verdict = VERDICTS.get(f.verdict, "正确") if language == "zh" else f.verdict
        return f"{verdict} ({f.edits}/{f.length})" if f.edits else verdict

    return (
        f"  {change.issue_id} {change.true} {change.title}: "
        f"{told(change.before)} -> {told(change.after)}"
    )
