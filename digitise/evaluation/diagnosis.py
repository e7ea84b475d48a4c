"""What became of each entry: right, different, missing, split, merged, extra."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Article, Issue
from .matching import Match
from .strings import article_text, difference, normal

Verdict = Literal["right", "differs", "poor", "split", "merged", "missing", "extra"]

_GRAM = 4
_MOSTLY = 0.6
_NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry. `predicted` and `true` are article ids, several where an entry was split or
    merged; `title` is its headline or the beginning of its text.

    right: every field agrees. differs: the pair counts, some field differs. poor: most likely
    the same entry, but below the 0.90 that counts. missing, extra: on one side only.
    """

    verdict: Verdict
    kind: str
    title: str
    predicted: tuple[str, ...] = ()
    true: tuple[str, ...] = ()
    similarity: float = 0.0
    edits: int = 0
    length: int = 0
    fields: tuple[tuple[str, str], ...] = ()


def findings(
    predicted: Issue,
    true: Issue,
    texts_predicted: Sequence[str],
    texts_true: Sequence[str],
    matches: Sequence[Match],
) -> tuple[Finding, ...]:
    """True entries in their order, then what was predicted beyond them.

    `matches` is the assignment over all kinds, `texts_*` the normal texts of all entries.
    """
    pairs = {m.true: m for m in matches}
    counted = {m.predicted for m in matches if m.counts}
    loose = [j for j in range(len(texts_true)) if j not in pairs or not pairs[j].counts]
    shared = _Shared(texts_predicted, {j: texts_true[j] for j in loose})
    explained: set[int] = set()
    out = []
    for j, article in enumerate(true.articles):
        match = pairs.get(j)
        if match is not None and match.counts:
            out.append(_pair("differs", predicted.articles[match.predicted], article, match))
            continue
        pieces = [i for i in shared.pieces_of(j) if i not in counted]
        wholes = shared.wholes_of(j)
        verdict: Verdict = "missing"
        involved: list[int] = []
        if len(pieces) > 1:
            verdict, involved = "split", pieces
        elif wholes and len(shared.inside(wholes[0])) + (wholes[0] in counted) > 1:
            verdict, involved = "merged", wholes[:1]
        elif match is not None and match.similarity >= _NEAR:
            verdict, involved = "poor", [match.predicted]
        explained.update(involved)
        if verdict == "poor" and match is not None:
            out.append(_pair("poor", predicted.articles[match.predicted], article, match))
            continue
        length = len(texts_true[j])
        near = match.similarity if match is not None else 0.0
        ids = tuple(predicted.articles[i].id for i in involved)
        out.append(
            Finding(
                verdict, article.kind, _title(article), ids, (article.id,), near, length, length
            )
        )
    for i, article in enumerate(predicted.articles):
        if i not in counted and i not in explained:
            out.append(Finding("extra", article.kind, _title(article), (article.id,)))
    return tuple(out)


class _Shared:
    """How many runs of four characters predicted texts share with those true ones that have no
    counterpart."""

    def __init__(self, predicted: Sequence[str], true: Mapping[int, str]) -> None:
        grams = {j: _grams(text) for j, text in true.items()}
        owners: dict[str, list[int]] = {}
        for j, own in grams.items():
            for gram in own:
                owners.setdefault(gram, []).append(j)
        self._true_sizes = {j: len(own) for j, own in grams.items()}
        self._sizes: list[int] = []
        self._common: list[Counter[int]] = []
        for text in predicted if true else ():
            own = _grams(text)
            self._sizes.append(len(own))
            self._common.append(Counter(j for gram in own & owners.keys() for j in owners[gram]))

    def pieces_of(self, j: int) -> list[int]:
        """Predicted texts that lie for the most part in true text j."""
        return [i for i, n in enumerate(self._sizes) if 0 < _MOSTLY * n <= self._common[i][j]]

    def wholes_of(self, j: int) -> list[int]:
        """Predicted texts that hold most of true text j."""
        least = _MOSTLY * self._true_sizes[j]
        return [i for i, common in enumerate(self._common) if 0 < least <= common[j]]

    def inside(self, i: int) -> list[int]:
        """True texts most of which lies in predicted text i."""
        sizes = self._true_sizes.items()
        return [j for j, n in sizes if 0 < _MOSTLY * n <= self._common[i][j]]


def _pair(verdict: Verdict, predicted: Article, true: Article, match: Match) -> Finding:
    wrong = tuple(_fields(predicted, true))
    return Finding(
        "right" if verdict == "differs" and not wrong else verdict,
        true.kind,
        _title(true),
        (predicted.id,),
        (true.id,),
        match.similarity,
        match.edits,
        len(article_text(true)),
        wrong,
    )


def _fields(predicted: Article, true: Article) -> list[tuple[str, str]]:
    out = []
    if predicted.kind != true.kind:
        out.append(("kind", f"[-{true.kind}-]{{+{predicted.kind}+}}"))
    for name in ("kicker", "headline", "subheadline", "byline"):
        ours, theirs = getattr(predicted, name), getattr(true, name)
        if normal(ours) != normal(theirs):
            out.append((name, difference(ours, theirs)))
    for name in ("paragraphs", "captions"):
        ours, theirs = getattr(predicted, name), getattr(true, name)
        # A mark that never occurs in print shows where one paragraph ends and the next begins.
        text_p = "¶".join(normal(p) for p in ours)
        text_t = "¶".join(normal(t) for t in theirs)
        if text_p != text_t:
            count = "" if len(ours) == len(theirs) else f"{len(ours)} / {len(theirs)}: "
            out.append((name, count + difference(text_p, text_t)))
    return out


def _title(article: Article) -> str:
    text = article.headline or next(iter((*article.paragraphs, *article.captions)), "")
    text = " ".join(text.split())
    return text if len(text) <= 24 else text[:23] + "…"


def _grams(text: str) -> frozenset[str]:
    if not text:
        return frozenset()
    return frozenset(text[i : i + _GRAM] for i in range(max(1, len(text) - _GRAM + 1)))
