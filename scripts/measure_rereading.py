"""Whether an issue that was corrected keeps all of it when another engine reads it again.

Takes two results of `digitise run` for the same pages, makes 200 corrections in the first through
the workbench (150 characters put otherwise, 30 lines confirmed, 8 headlines, the issue number,
comments, a flag), takes in the second, and looks for every one of them; then has every export
checked by `digitise validate`.

    python scripts/measure_rereading.py FIRST SECOND PAGE...
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.archive import add_run, list_issues, open_archive  # noqa: E402
from digitise.validating import validate  # noqa: E402
from scripts.browsing import served  # noqa: E402

FORMATS = ("alto", "alto-4.2", "alto-3.1", "page", "tei", "hocr", "mets", "pdf", "iiif", "bagit")
SIGNS = "甲乙丙丁戊己庚辛"


class Editor:
    def __init__(self, opening: str, issue: str) -> None:
        parts = urlsplit(opening)
        self.http = httpx.Client(
            base_url=f"{parts.scheme}://{parts.netloc}", timeout=120, follow_redirects=True,
            trust_env=False,
        )  # fmt: skip
        self.http.get(f"{parts.path}?{parts.query}").raise_for_status()
        self.csrf = self.get("/api/session")["csrf"]
        self.issue, self.place, self.count = issue, f"/api/issues/{quote(issue)}", 0

    def get(self, path: str) -> Any:
        return self.http.get(path).raise_for_status().json()

    def pages(self) -> dict[str, Any]:
        brief = self.get(self.place)["pages"]
        return {one["id"]: self.get(f"{self.place}/pages/{one['id']}") for one in brief}

    def do(self, **operation: Any) -> None:
        self.count += 1
        sent = {"operations": [{"id": f"reread-{self.count:05d}", "bases": {}, **operation}]}
        answer = self.http.post(
            f"{self.place}/operations", json=sent, headers={"X-CSRF-Token": self.csrf}
        )
        (result,) = answer.raise_for_status().json()["results"]
        if result["status"] != "applied":
            raise SystemExit(f"{operation}: {result}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("page", type=Path, nargs="+")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "archive"
        archive = open_archive(folder, create=True)
        issue = add_run(archive, given.first, given.page).issue
        with served(folder) as opening:
            wanted = corrected(Editor(opening, issue))
        if (
            add_run(archive, given.second, given.page).issue != issue
            or len(list_issues(archive)) > 1
        ):
            raise SystemExit("The second reading was not taken for the same issue.")
        with served(folder) as opening:
            return looked_at(Editor(opening, issue), wanted, Path(temporary) / "exports")


def corrected(editor: Editor) -> dict[str, Any]:
    """What was done: texts by place, headlines."""
    dice = random.Random(7)
    lines = [
        (key, line) for key, page in editor.pages().items()
        for line in page["lines"].values() if len(line["text"]) > 5
    ]  # fmt: skip
    chosen = dice.sample(lines, min(180, len(lines)))
    texts = []
    for n, (page, line) in enumerate(chosen):
        text, at = line["text"], dice.randrange(len(line["text"]))
        if n < 5 * len(chosen) // 6:
            text = text[:at] + dice.choice(SIGNS) + text[at + 1 :]
        editor.do(type="set_text", line=line["id"], text=text, bases={line["id"]: line["version"]})
        texts.append((page, middle(line), text))
    told = editor.get(editor.place)
    articles = [one for one in told["articles"] if one["kind"] == "article"]
    heads = []
    for one in dice.sample(articles, min(8, len(articles))):
        head = f"人工标题{one['id']}"
        editor.do(type="article_set", article=one["id"], field="headline", value=head,
                  bases={one["id"]: one["version"]})  # fmt: skip
        heads.append(head)
    editor.do(type="masthead_set", field="issue_number", value="12345",
              bases={"masthead": told["masthead"]["version"]})  # fmt: skip
    for _, line in chosen[:10]:
        editor.do(type="comment", target=line["id"], text="请核对")
    editor.do(type="flag", target=chosen[1][1]["id"], flag="看不清")
    print(f"{editor.count} corrections")
    return {"texts": texts, "heads": heads}


def middle(line: Any) -> tuple[float, float]:
    xs, ys = zip(*line["polygon"], strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)


def looked_at(editor: Editor, wanted: dict[str, Any], folder: Path) -> int:
    pages = editor.pages()
    kept = 0
    for key, (x, y), text in wanted["texts"]:
        near = [middle(line) for line in pages[key]["lines"].values() if line["text"] == text]
        kept += any(abs(a - x) + abs(b - y) < 40 for a, b in near)
    told = editor.get(editor.place)
    heads = {one["headline"] for one in told["articles"]}
    there = sum(head in heads for head in wanted["heads"])
    comments = len(editor.get(f"{editor.place}/comments")["comments"])
    flags = sum(bool(line["flag"]) for page in pages.values() for line in page["lines"].values())
    print(f"texts in their place: {kept} of {len(wanted['texts'])}")
    print(f"headlines: {there} of {len(wanted['heads'])}")
    print(
        f"issue number {told['masthead']['fields']['issue_number']}, comments {comments}, flags {flags}"
    )
    kinds = Counter(d["kind"] for d in editor.get(f"{editor.place}/disagreements")["disagreements"])
    print("disagreements told: " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
    mistakes = exported(editor, folder)
    whole = kept == len(wanted["texts"]) and there == len(wanted["heads"]) and not mistakes
    return 0 if whole else 1


def exported(editor: Editor, folder: Path) -> int:
    """Mistakes that `digitise validate` finds in what is exported."""
    issue = folder / "issue" / "issue.json"
    issue.parent.mkdir(parents=True)
    at = f"/export/{quote(editor.issue)}"
    issue.write_bytes(editor.http.get(f"{at}/json").raise_for_status().content)
    count = 0
    for name in FORMATS:
        answer = editor.http.get(f"{at}/{name}").raise_for_status()
        place = folder / name
        place.mkdir()
        if answer.headers["content-type"] == "application/zip":
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                archive.extractall(place)
        else:
            suffix = {"tei": "tei.xml", "hocr": "hocr.html", "pdf": "pdf"}.get(name, "xml")
            (place / f"issue.{suffix}").write_bytes(answer.content)
        for verdict in validate([place], issues=[issue]):
            count += len(verdict.findings) + (verdict.error is not None)
            for found in (*verdict.findings, *filter(None, (verdict.error,))):
                print(f"{name}: {found}")
    print(f"mistakes in exports ({', '.join(FORMATS)}): {count}")
    return count


if __name__ == "__main__":
    sys.exit(main())
