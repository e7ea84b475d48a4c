"""How fast the search is: generated articles, real queries, against a plain LIKE in the same run.

python scripts/benchmark_search.py [--articles 100000] [--catalogue URL] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import zlib
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, insert, select, text

sys.path.insert(0, str(Path(__file__).parents[1]))

from digitise.archive import Archive, open_archive, tables
from digitise.archive.folding import tokens
from digitise.archive.search import Query, search
from digitise.archive.searching import insert_entries

# Frequencies as in running text (Zipf): a few hundred common characters, thousands of rare ones.
_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去"
    "把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但"
    "质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式"
)
_RARE = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 6000))
_QUERIES = (
    "防汛演练", "旧城改造", "图书馆", "水", "农业", "鄱阳湖", "记者", "经济发展", "春耕 备耕",
    "医疗保险", "“中国人民”", "學習", "小学 -教育", "丝绸之路", "丈夫", "台风预警",
)  # fmt: skip


def fill(archive: Archive, count: int) -> None:
    """`count` articles of 200 to 1,200 characters, ten to an issue."""
    rng = np.random.default_rng(7)
    letters = np.array(list(dict.fromkeys(_COMMON + _RARE)))
    weights = 1.0 / np.arange(2, len(letters) + 2) ** 1.05
    weights /= weights.sum()
    words = [word.strip("“”-") for query in _QUERIES for word in query.split()]
    archive.catalogue.transact(
        lambda c: c.execute(insert(tables.titles).values(id="bench", name="测试报"))
    )
    for start in range(0, count, 1000):
        rows = []
        for number in range(start, min(count, start + 1000)):
            body = "".join(rng.choice(letters, int(rng.integers(200, 1200)), p=weights))
            if rng.random() < 0.5:
                word = words[int(rng.integers(len(words)))]
                cut = int(rng.integers(len(body)))
                body = body[:cut] + word + body[cut:]
            rows.append((number, "".join(rng.choice(letters, 12, p=weights)), body))
        archive.catalogue.transact(lambda c, rows=rows: _enter(c, rows))  # type: ignore[misc]


def _enter(connection: Connection, rows: list[tuple[int, str, str]]) -> None:
    for issue in sorted({number // 10 for number, _, _ in rows}):
        day = np.datetime64("1980-01-01") + issue
        connection.execute(
            insert(tables.issues).values(
                id=f"bench-{issue}", title_id="bench", date=str(day), folder=f"bench/{issue}",
                current_version=1,
            )
        )  # fmt: skip
    connection.execute(
        insert(tables.articles),
        [
            {
                "key": number + 1, "issue_id": f"bench-{number // 10}",
                "article_id": f"a{number % 10 + 1:03d}", "position": number % 10 + 1,
                "kind": "article", "headline": head, "text": body, "pages": ["p0001"],
                "labels": " A1 ", "confidence": 0.97,
            }
            for number, head, body in rows
        ],
    )  # fmt: skip
    insert_entries(connection, [(n + 1, tokens(head), tokens(body)) for n, head, body in rows])
    lines = [
        {"key": number + 1, "lines": zlib.compress(json.dumps(_lines(body)).encode())}
        for number, _, body in rows
    ]
    connection.execute(insert(tables.article_lines), lines)


def _lines(body: str) -> list[list[object]]:
    return [
        ["p0001", body[i : i + 18], 0, 60 * i, 900, 60 * i, 900, 60 * i + 50, 0, 60 * i + 50]
        for i in range(0, len(body), 18)
    ]


def measure(archive: Archive, rounds: int) -> dict[str, float]:
    """Milliseconds: median and 95th percentile of search, median of LIKE, and their ratio."""
    a = tables.articles.c
    found: list[float] = []
    scanned: list[float] = []
    worked: list[float] = []
    for turn in range(rounds):
        for words in _QUERIES:
            start, spent = time.perf_counter(), time.process_time()
            search(archive, Query(words))
            found.append(1000 * (time.perf_counter() - start))
            worked.append(1000 * (time.process_time() - spent))
        if turn < 2:
            for words in _QUERIES:
                first = words.split()[0].strip("“”")
                query = select(a.key).where(a.text.like(f"%{first}%"))
                start = time.perf_counter()
                archive.catalogue.query(lambda c, query=query: c.execute(query).all())  # type: ignore[misc]
                scanned.append(1000 * (time.perf_counter() - start))
    p95 = float(np.percentile(found, 95))
    return {
        "search median ms": round(float(np.median(found)), 1),
        "search p95 ms": round(p95, 1),
        "search p95 ms of processor time (without a server's)": round(
            float(np.percentile(worked, 95)), 1
        ),
        "LIKE median ms": round(float(np.median(scanned)), 1),
        "LIKE median / search p95": round(float(np.median(scanned)) / p95, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--catalogue", default="")
    parser.add_argument("--keep", type=Path, default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        archive = open_archive(folder, given.catalogue, create=True)
        count = archive.catalogue.query(
            lambda c: c.execute(text("SELECT count(*) FROM articles")).scalar()
        )
        if not count:
            start = time.perf_counter()
            fill(archive, given.articles)
            print(f"filled in {time.perf_counter() - start:.0f} s", flush=True)
        for name, value in measure(archive, given.rounds).items():
            print(f"{name}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
