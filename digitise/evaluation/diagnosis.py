"""What became of each entry: right, different, missing, split, merged, extra."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Article, Issue
from .matching import Match
from .strings import article_text, difference, distance, normal

Verdict = Literal["right", "differs", "poor", "split", "merged", "missing", "extra"]

_GRAM = 4
_MOSTLY = 0.6
_NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry. `predicted` and `true` are article ids, several where an entry was split or
    merged; `title` is its headline or the beginning of its text.

    right: every field agrees. differs: the pair counts, some field differs. poor: most likely
    the same entry, but below the 0.90 that counts. missing, extra: on one side only; `true` of an
    extra entry names those whose text it repeats.
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
    shared = _Shared(texts_predicted, texts_true)
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
        elif wholes and len(shared.inside(wholes[0])) > 1:
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
            homes = tuple(true.articles[j].id for j in shared.homes_of(i))
            out.append(Finding("extra", article.kind, _title(article), (article.id,), homes))
    return tuple(out)


class _Shared:
    """How many runs of four characters each predicted text shares with each true one."""

    def __init__(self, predicted: Sequence[str], true: Sequence[str]) -> None:
        grams = [_grams(text) for text in predicted]
        owners: dict[str, list[int]] = {}
        for i, own in enumerate(grams):
            for gram in own:
                owners.setdefault(gram, []).append(i)
        self._sizes_p = [len(own) for own in grams]
        self._sizes_t = []
        self._common: list[Counter[int]] = []
        for text in true:
            own = _grams(text)
            self._sizes_t.append(len(own))
            self._common.append(Counter(i for gram in own for i in owners.get(gram, ())))

    def pieces_of(self, j: int) -> list[int]:
        """Predicted texts that lie for the most part in true text j."""
        return sorted(i for i, n in self._common[j].items() if n >= _MOSTLY * self._sizes_p[i])

    def wholes_of(self, j: int) -> list[int]:
        """Predicted texts that hold most of true text j."""
        return sorted(i for i, n in self._common[j].items() if n >= _MOSTLY * self._sizes_t[j])

    def inside(self, i: int) -> list[int]:
        """True texts most of which lies in predicted text i."""
        return [j for j, n in enumerate(self._sizes_t) if self._common[j][i] >= _MOSTLY * n]

    def homes_of(self, i: int) -> list[int]:
        """True texts that hold most of predicted text i."""
        size = self._sizes_p[i]
        return [j for j, common in enumerate(self._common) if 0 < _MOSTLY * size <= common[i]]


def _pair(verdict: Verdict, predicted: Article, true: Article, match: Match) -> Finding:
    wrong = tuple(_fields(predicted, true))
    text_p, text_t = article_text(predicted), article_text(true)
    return Finding(
        "right" if verdict == "differs" and not wrong else verdict,
        true.kind,
        _title(true),
        (predicted.id,),
        (true.id,),
        match.similarity,
        distance(text_p, text_t),
        len(text_t),
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
