"""Which entries of an issue are right, as `digitise evaluate` counts: what confidence is about."""

from __future__ import annotations

from ..model import Issue
from .matching import Similarities
from .metrics import jumps_of, masthead_figures
from .strings import article_text, normal


def right_entries(predicted: Issue, true: Issue) -> tuple[bool, ...]:
    """For each entry of `predicted` whether it is right. One of kind "article" is when it counts
    for the article F1, has exactly its headline (white space apart) and exactly its jumps; any
    other is when it counts for the F1 of all entries and is of the right kind; a masthead when
    all its fields are right, in whatever order it is printed."""
    ours = [article_text(a) for a in predicted.articles]
    theirs = [article_text(a) for a in true.articles]
    similarities = Similarities(ours, theirs)
    articles_p = [i for i, a in enumerate(predicted.articles) if a.kind == "article"]
    articles_t = [j for j, a in enumerate(true.articles) if a.kind == "article"]
    out = [False] * len(ours)
    for m in similarities.match(articles_p, articles_t) if articles_p and articles_t else ():
        x, y = predicted.articles[m.predicted], true.articles[m.true]
        out[m.predicted] = (
            m.counts
            and normal(x.headline) == normal(y.headline)
            and sorted(jumps_of(predicted, m.predicted)) == sorted(jumps_of(true, m.true))
        )
    for m in similarities.match():
        x, y = predicted.articles[m.predicted], true.articles[m.true]
        if x.kind != "article":
            out[m.predicted] = m.counts and x.kind == y.kind
    fields = masthead_figures(predicted.masthead, true.masthead)
    for i, a in enumerate(predicted.articles):
        if a.kind == "masthead":
            out[i] = fields.masthead_right == fields.masthead_fields
    return tuple(out)
