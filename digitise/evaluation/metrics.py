"""The figures, always counted the same way.

Figures are kept as counts, so that those of several issues can be added up: a rate over many
issues is the rate of all their articles and characters, not a mean of rates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from ..formats.issue_json import MASTHEAD_FIELDS
from ..formats.plain import ordered_regions
from ..model import Issue, Masthead, Page
from .matching import Match, Similarities
from .strings import distance, normal


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts, and the rates that follow. A rate without anything to count is 1.0 (0.0 for an
    error rate): nothing was missed.

    `articles_*` and `article_*` are over entries of kind "article", `entries_*` over all.
    """

    articles_counted: int = 0
    articles_predicted: int = 0
    articles_true: int = 0
    entries_counted: int = 0
    entries_predicted: int = 0
    entries_true: int = 0
    article_edits: int = 0
    article_edits_assigned: int = 0
    article_length: int = 0
    paragraphs_counted: int = 0
    paragraphs_predicted: int = 0
    paragraphs_true: int = 0
    page_edits: int = 0
    page_length: int = 0
    page_longer: int = 0
    page_missed: int = 0
    jumps_right: int = 0
    jumps_predicted: int = 0
    jumps_true: int = 0
    masthead_right: int = 0
    masthead_fields: int = 0
    articles_split: int = 0
    articles_merged: int = 0
    headlines_right: int = 0
    headlines_true: int = 0
    roles_right: int = 0
    roles_true: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def article_precision(self) -> float:
        return _rate(self.articles_counted, self.articles_predicted, 1.0)

    @property
    def article_recall(self) -> float:
        return _rate(self.articles_counted, self.articles_true, 1.0)

    @property
    def article_f1(self) -> float:
        """Pairs of similarity 0.90 or more, against the articles of both sides."""
        return _rate(2 * self.articles_counted, self.articles_predicted + self.articles_true, 1.0)

    @property
    def entry_f1(self) -> float:
        """As `article_f1`, over entries of all kinds; whether the kinds agree does not matter."""
        return _rate(2 * self.entries_counted, self.entries_predicted + self.entries_true, 1.0)

    @property
    def article_cer(self) -> float:
        """Distances of the pairs that count, plus the length of all other true articles."""
        return _rate(self.article_edits, self.article_length, 0.0)

    @property
    def article_cer_assigned(self) -> float:
        """As `article_cer`, but with the distance of every pair of the assignment, those below
        0.90 included, no pair costing more than the length of its true article."""
        return _rate(self.article_edits_assigned, self.article_length, 0.0)

    @property
    def paragraph_f1(self) -> float:
        """As `article_f1`, over the paragraphs of entries of kind "article": a paragraph counts
        when its article does and it is found whole, at a similarity of 0.90 or more."""
        found = self.paragraphs_predicted + self.paragraphs_true
        return _rate(2 * self.paragraphs_counted, found, 1.0)

    @property
    def order(self) -> float:
        """Edit distance of the pages' text in reading order / length of the longer; 0 is best."""
        return _rate(self.page_edits, self.page_longer, 0.0)

    @property
    def page_cer(self) -> float:
        """Edit distance of the pages' text in reading order / length of the truth."""
        return _rate(self.page_edits, self.page_length, 0.0)

    @property
    def page_missed_share(self) -> float:
        """Share of the true pages' characters that are nowhere on the predicted page, whatever
        their order: what of `page_cer` is reading, not ordering."""
        return _rate(self.page_missed, self.page_length, 0.0)

    @property
    def jump_precision(self) -> float:
        return _rate(self.jumps_right, self.jumps_predicted, 1.0)

    @property
    def jump_recall(self) -> float:
        return _rate(self.jumps_right, self.jumps_true, 1.0)

    @property
    def masthead(self) -> float:
        """Share of the masthead's fields that are exactly right."""
        return _rate(self.masthead_right, self.masthead_fields, 1.0)

    @property
    def headlines(self) -> float:
        """Share of the true articles that are found with exactly their headline."""
        return _rate(self.headlines_right, self.headlines_true, 1.0)

    @property
    def roles(self) -> float:
        """Share of the true pages' characters in a region of the right kind."""
        return _rate(self.roles_right, self.roles_true, 1.0)


RATES = (
    "article_f1", "article_precision", "article_recall", "article_cer", "article_cer_assigned",
    "entry_f1", "paragraph_f1", "order", "page_cer", "page_missed_share",
    "jump_precision", "jump_recall", "masthead", "headlines", "roles",
)  # fmt: skip


def _rate(part: int, whole: int, nothing: float) -> float:
    return part / whole if whole else nothing


def article_figures(
    matches: Sequence[Match], n_predicted: int, true_lengths: Mapping[int, int]
) -> Figures:
    """F1 and CER of entries of kind "article".

    `matches` is their assignment, `n_predicted` how many were predicted, `true_lengths` the
    length of each true article's normal text by its place in the issue.
    """
    counted = {m.true: m.edits for m in matches if m.counts}
    assigned = {m.true: m.edits for m in matches}
    lengths = true_lengths.items()
    return Figures(
        articles_counted=len(counted),
        articles_predicted=n_predicted,
        articles_true=len(true_lengths),
        article_edits=sum(counted.get(j, length) for j, length in lengths),
        article_edits_assigned=sum(min(assigned.get(j, length), length) for j, length in lengths),
        article_length=sum(true_lengths.values()),
    )


def headline_figures(matches: Sequence[Match], predicted: Issue, true: Issue) -> Figures:
    """Headlines of entries of kind "article", white space apart; that of an article that does
    not count is wrong."""
    right = sum(
        normal(predicted.articles[m.predicted].headline) == normal(true.articles[m.true].headline)
        for m in matches
        if m.counts
    )
    return Figures(
        headlines_right=right,
        headlines_true=sum(1 for a in true.articles if a.kind == "article"),
    )


def paragraph_figures(matches: Sequence[Match], predicted: Issue, true: Issue) -> Figures:
    """Whether paragraphs are whole, which comparing without white space does not tell."""
    counted = 0
    for match in matches:
        if match.counts:
            ours = [normal(p) for p in predicted.articles[match.predicted].paragraphs]
            theirs = [normal(p) for p in true.articles[match.true].paragraphs]
            counted += sum(m.counts for m in Similarities(ours, theirs).match())
    return Figures(
        paragraphs_counted=counted,
        paragraphs_predicted=_paragraphs(predicted),
        paragraphs_true=_paragraphs(true),
    )


def _paragraphs(issue: Issue) -> int:
    return sum(len(a.paragraphs) for a in issue.articles if a.kind == "article")


def page_figures(predicted: Issue, true: Issue) -> Figures:
    """Text in reading order, page by page, matched by number. Nothing where the truth has no
    printed lines at all."""
    ours = {page.number: _text(page) for page in predicted.pages}
    theirs = {page.number: _text(page) for page in true.pages}
    if not any(theirs.values()):
        return Figures()
    total = Figures()
    for number in sorted(ours.keys() | theirs.keys()):
        p, t = ours.get(number, ""), theirs.get(number, "")
        total += Figures(
            page_edits=distance(p, t),
            page_length=len(t),
            page_longer=max(len(p), len(t)),
            page_missed=_missed(p, t),
        )
    return total


def jump_figures(matches: Sequence[Match], predicted: Issue, true: Issue) -> Figures:
    """Jumps (article, from page, to page); two articles are the same when their pair counts.

    An unresolved jump, one without `to_page`, claims nothing and is not counted.
    """
    same = {m.predicted: m.true for m in matches if m.counts}
    found = {
        (same.get(i, -1 - i), *jump)
        for i, _ in enumerate(predicted.articles)
        for jump in jumps_of(predicted, i)
    }
    wanted = {(j, *jump) for j, _ in enumerate(true.articles) for jump in jumps_of(true, j)}
    return Figures(
        jumps_right=len(found & wanted), jumps_predicted=len(found), jumps_true=len(wanted)
    )


def masthead_figures(predicted: Masthead, true: Masthead) -> Figures:
    right = sum(
        normal(getattr(predicted, name)) == normal(getattr(true, name)) for name in MASTHEAD_FIELDS
    )
    return Figures(masthead_right=right, masthead_fields=len(MASTHEAD_FIELDS))


def jumps_of(issue: Issue, place: int) -> list[tuple[int, int]]:
    """The jumps of an entry that lead somewhere: numbers of the pages they lead from and to."""
    numbers = {page.id: page.number for page in issue.pages}
    return [
        (_number(c.from_page, numbers), _number(c.to_page, numbers))
        for c in issue.articles[place].continuations
        if c.to_page
    ]


def _number(page_id: str, numbers: dict[str, int]) -> int:
    digits = page_id.removeprefix("p")
    return numbers.get(page_id, int(digits) if digits.isascii() and digits.isdigit() else 0)


def _text(page: Page) -> str:
    return normal("\n".join(region.text for region in ordered_regions(page)))


def _missed(predicted: str, true: str) -> int:
    left: dict[str, int] = {}
    for letter in predicted:
        left[letter] = left.get(letter, 0) + 1
    missed = 0
    for letter in true:
        if left.get(letter, 0) > 0:
            left[letter] -= 1
        else:
            missed += 1
    return missed
