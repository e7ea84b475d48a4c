"""issue.json itself: what its schema cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ....model import Issue
from .boxes import check_boxes, check_order
from .findings import Finding, found


def check_source(issue: Issue, file: str) -> Iterator[Finding]:
    """Each region belongs to one entry, places are on the page, the reading order is one, and
    jumps lead to pages there are."""
    for page in issue.pages:
        if not page.error:
            yield from check_boxes(page, file)
            yield from check_order(page, page.reading_order, file)
    claims = Counter(
        (part.page, region_id)
        for article in issue.articles
        for part in article.parts
        for region_id in part.regions
    )
    for page in issue.pages:
        for region in page.regions:
            count = claims[page.id, region.id]
            if not count:
                yield found(
                    "block-alone",
                    file,
                    region.id,
                    "the region belongs to no entry of the issue",
                    "该区域不属于本期任何条目",
                )
            elif count > 1:
                yield found(
                    "block-shared",
                    file,
                    region.id,
                    f"the region belongs to {count} entries of the issue",
                    f"该区域同时属于 {count} 个条目",
                )
    pages = {page.id for page in issue.pages}
    for article in issue.articles:
        for jump in article.continuations:
            for page_id in (jump.from_page, jump.to_page):
                if page_id and page_id not in pages:
                    yield found(
                        "reference",
                        file,
                        article.id,
                        f'the jump {jump.marker} names page "{page_id}", which is not there',
                        f"转版 {jump.marker} 提到的版面 “{page_id}” 不存在",
                    )
