"""Any operation that could be made on a document, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from digitise.archive.corrections import operations as ops
from digitise.archive.corrections.document import Document, LineEntry, PageEntry, RegionEntry

TEXTS = st.text(alphabet="河桥鱼船春AB12，。（）<>&\"' 　", max_size=12)
BOXES = st.tuples(
    st.integers(0, 1500), st.integers(0, 2500), st.integers(2, 400), st.integers(2, 400)
).map(
    lambda b: ((b[0], b[1]), (b[0] + b[2], b[1]), (b[0] + b[2], b[1] + b[3]), (b[0], b[1] + b[3]))
)


def new_id(prefix: str, number: int) -> str:
    return f"{prefix}{number:08d}"


@st.composite
def operations(draw: Any, document: Document, number: int) -> ops.Operation:
    """One operation, most of them sensible, some that will be refused."""

    def pick(kind: type) -> str:
        keys = sorted(k for k, e in document.entities.items() if isinstance(e, kind))
        return str(draw(st.sampled_from(keys))) if keys else "p0001-r001"

    def some(keys: tuple[str, ...], least: int = 1) -> tuple[str, ...]:
        if len(keys) < least:
            return keys
        return tuple(draw(st.lists(st.sampled_from(keys), min_size=least, unique=True)))

    def article() -> str:
        return str(draw(st.sampled_from(document.article_ids)))

    def maybe(keys: tuple[str, ...]) -> str | None:
        return draw(st.one_of(st.none(), st.sampled_from(keys))) if keys else None

    line, region, page = pick(LineEntry), pick(RegionEntry), pick(PageEntry)
    home = document.region(region)
    lines = home.lines if home else ()
    leaf = document.page(page)
    order = leaf.order if leaf else ()
    everything = tuple(k for k, e in document.entities.items() if isinstance(e, RegionEntry))
    kind = draw(st.sampled_from(sorted(ops.TYPES)))
    made: dict[str, Any] = {
        "set_text": lambda: ops.SetText(line, draw(TEXTS)),
        "add_line": lambda: ops.AddLine(
            region, new_id("p0001-l", number), draw(BOXES), draw(TEXTS), maybe(lines)
        ),
        "move_line": lambda: ops.MoveLine(
            line, draw(st.one_of(st.none(), BOXES)), maybe((region,)), None
        ),
        "split_line": lambda: ops.SplitLine(
            line, new_id("p0001-l", number), draw(st.integers(0, 8))
        ),
        "merge_lines": lambda: ops.MergeLines(some(lines, 2)) if len(lines) > 1 else None,
        "delete_line": lambda: ops.DeleteLine(line),
        "order_lines": lambda: ops.OrderLines(region, tuple(draw(st.permutations(lines)))),
        "add_region": lambda: ops.AddRegion(
            page,
            new_id("p0001-r", number),
            draw(st.sampled_from(ops.REGION_KINDS)),
            draw(st.sampled_from(ops.WRITING_MODES)),
            draw(BOXES),
            draw(st.one_of(st.none(), st.just(article()))),
            new_id("a", number),
            maybe(order),
        ),
        "move_region": lambda: ops.MoveRegion(region, draw(BOXES), draw(st.booleans())),
        "split_region": lambda: (
            ops.SplitRegion(region, new_id("p0001-r", number), some(lines)) if lines else None
        ),
        "merge_regions": lambda: ops.MergeRegions(some(order, 2)) if len(order) > 1 else None,
        "delete_region": lambda: ops.DeleteRegion(region),
        "set_kind": lambda: ops.SetKind(region, draw(st.sampled_from(ops.REGION_KINDS))),
        "set_direction": lambda: ops.SetDirection(region, draw(st.sampled_from(ops.WRITING_MODES))),
        "set_order": lambda: ops.SetOrder(page, tuple(draw(st.permutations(order)))),
        "article_assemble": lambda: ops.ArticleAssemble(
            new_id("a", number), draw(st.sampled_from(ops.ARTICLE_KINDS)), some(everything)
        ),
        "article_regions": lambda: ops.ArticleRegions(
            article(), some(everything), new_id("a", number)
        ),
        "article_split": lambda: ops.ArticleSplit(article(), new_id("a", number), some(everything)),
        "article_merge": lambda: ops.ArticleMerge(article(), article()),
        "article_set": lambda: ops.ArticleSet(
            article(),
            draw(st.sampled_from(("kicker", "headline", "subheadline", "byline"))),
            draw(st.one_of(st.none(), TEXTS)),
        ),
        "continuation_make": lambda: ops.ContinuationMake(
            article(), "p0001", "p0002", draw(st.one_of(st.none(), st.just(article())))
        ),
        "continuation_accept": lambda: ops.ContinuationAccept(article(), draw(st.integers(0, 1))),
        "continuation_break": lambda: ops.ContinuationBreak(
            article(), draw(st.integers(0, 1)), new_id("a", number)
        ),
        "masthead_set": lambda: ops.MastheadSet(
            draw(st.sampled_from(ops.MASTHEAD_FIELDS)), draw(TEXTS)
        ),
        "comment": lambda: ops.Comment(draw(st.sampled_from((line, page, "issue"))), draw(TEXTS)),
        "flag": lambda: ops.Flag(draw(st.sampled_from((line, region))), draw(TEXTS)),
        "status": lambda: ops.SetStatus(
            draw(st.sampled_from((page, "issue"))), draw(st.sampled_from(ops.STATUSES))
        ),
        "revert": lambda: ops.Revert(draw(st.integers(1, max(1, document.seq)))),
    }
    operation = made[kind]() if kind in made else None
    return operation if operation is not None else ops.SetText(line, draw(TEXTS))
