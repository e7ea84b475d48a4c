"""IIIF and BagIt, read by others' programs; plain text, Markdown, CSV and JSON Lines."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import bagit
import numpy as np
import pytest
from iiif_prezi3 import AnnotationPage, Manifest
from PIL import Image

from digitise.exporting import export_issue
from digitise.formats.exports import FORMATS, Bundle, Settings, SourceFile, produce
from digitise.formats.exports.iiif import manifest
from digitise.formats.issue_json import load_issue
from digitise.model import Issue


def _files(bundle: Bundle, *names: str) -> dict[str, bytes]:
    return dict(produce(bundle, names))


def test_a_manifest_that_others_read(modern: Issue, bundled: Callable[..., Bundle]) -> None:
    files = _files(bundled(modern, base_url="https://press.example/modern"), "iiif")
    value = json.loads(files["iiif/manifest.json"])
    read = Manifest(**value)
    assert [(c.width, c.height) for c in read.items] == [(1400, 1800)] * 2
    assert value["items"][0]["id"] == "https://press.example/modern/iiif/canvas/p0001"
    assert value["navDate"] == "2031-04-05T00:00:00Z"
    body = value["items"][0]["items"][0]["items"][0]["body"]
    assert body["id"].removeprefix("https://press.example/modern/") in files
    notes = json.loads(files["iiif/annotations/p0001.json"])
    assert len(AnnotationPage(**notes).items) == 7
    assert value["items"][0]["annotations"][0]["id"] == notes["id"]
    lines = [line for region in modern.pages[0].regions for line in region.lines]
    assert [n["body"]["value"] for n in notes["items"]] == [line.text for line in lines]
    assert notes["items"][0]["target"].endswith("/canvas/p0001#xywh=100,100,300,60")


def test_a_range_an_article_over_its_pages(modern: Issue, bundled: Callable[..., Bundle]) -> None:
    value = manifest(bundled(modern))
    (contents,) = value["structures"]
    articles = [article for page in contents["items"] for article in page["items"]]
    assert [next(iter(a["label"].values())) for a in articles] == [
        ["河边的早晨"], ["3 月 雨水 12.5 毫米"],
    ]  # fmt: skip
    canvases = [item["source"].rpartition("/")[2] for item in articles[0]["items"]]
    assert canvases == ["p0001"] * 3 + ["p0002"] * 2


def test_an_issue_of_vertical_lines_turns_leftwards(
    old: Issue, bundled: Callable[..., Bundle]
) -> None:
    assert manifest(bundled(old))["viewingDirection"] == "right-to-left"


def test_tiles_make_the_page_again(old: Issue, bundled: Callable[..., Bundle]) -> None:
    bundle = bundled(old, tiles=True)
    files = _files(bundle, "iiif")
    info = json.loads(files["iiif/tiles/p0001/info.json"])
    assert (info["profile"], info["width"], info["height"]) == ("level0", 1400, 1800)
    whole = np.asarray(Image.open(io.BytesIO(bundle.images["p0001"].read())), dtype=int)
    for factor in info["tiles"][0]["scaleFactors"]:
        made = np.full((-(-1800 // factor), -(-1400 // factor)), -1)
        for x in range(0, 1400, 512 * factor):
            for y in range(0, 1800, 512 * factor):
                w, h = min(512 * factor, 1400 - x), min(512 * factor, 1800 - y)
                region = "full" if (w, h) == (1400, 1800) else f"{x},{y},{w},{h}"
                size = -(-w // factor), -(-h // factor)
                place = f"iiif/tiles/p0001/{region}/{size[0]},{size[1]}/0/default.jpg"
                tile = np.asarray(Image.open(io.BytesIO(files[place])), dtype=int)
                assert tile.shape == (size[1], size[0])
                x0, y0 = x // factor, y // factor
                made[y0 : y0 + size[1], x0 : x0 + size[0]] = tile
        assert made.min() >= 0
        if factor == 1:
            assert np.abs(made - whole).mean() < 3
    for size in info["sizes"]:
        assert f"iiif/tiles/p0001/full/{size['width']},{size['height']}/0/default.jpg" in files


def test_a_tiff_is_given_to_browsers_as_jpeg(old: Issue, bundled: Callable[..., Bundle]) -> None:
    def encode(image: Image.Image) -> tuple[bytes, str]:
        out = io.BytesIO()
        image.save(out, "TIFF")
        return out.getvalue(), "image/tiff"

    files = _files(bundled(old, encode), "iiif")
    assert files["iiif/images/p0001.jpg"][:3] == b"\xff\xd8\xff"
    assert Image.open(io.BytesIO(files["iiif/images/p0001.jpg"])).size == (1400, 1800)


def _write(files: dict[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_a_bag_that_tells_of_damage(
    modern: Issue, bundled: Callable[..., Bundle], tmp_path: Path
) -> None:
    master = tmp_path / "master.pdf"
    master.write_bytes(b"%PDF-1.7 the original")
    digest = hashlib.sha256(master.read_bytes()).hexdigest()
    source = SourceFile(master, "master.pdf", "", "application/pdf", 21, digest)
    bundle = replace(bundled(modern, bagged=("tei", "csv", "pdfa")), sources=(source,))
    bag = _write(_files(bundle, "bagit"), tmp_path / "out") / "bag"
    bagit.Bag(str(bag)).validate()
    found = {p.relative_to(bag / "data").as_posix() for p in (bag / "data").rglob("*.*")}
    assert found == {
        "issue.json", "issue.tei.xml", "articles.csv", "issue-a.pdf", "images/p0001.jpg",
        "images/p0002.jpg", "sources/master.pdf",
    }  # fmt: skip
    assert load_issue((bag / "data/issue.json").read_bytes()).articles[0].headline == "河边的早晨"
    (bag / "data/articles.csv").write_bytes(b"")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


def test_a_bag_made_again_with_less_is_valid(modern: Issue, tmp_path: Path) -> None:
    for chosen in (("tei", "csv"), ("csv",)):
        export_issue(modern, ["bagit"], tmp_path, lambda page: None, Settings(bagged=chosen))
    bagit.Bag(str(tmp_path / "bag")).validate()
    assert not (tmp_path / "bag/data/issue.tei.xml").exists()


@pytest.mark.parametrize("name", ["text", "paragraphs", "markdown", "csv", "jsonl", "hocr", "tei",
                                  "html", "iiif", "pdf", "pdfa", "bagit"])  # fmt: skip
def test_the_same_bytes_and_names_inside_the_folder(
    name: str, modern: Issue, bundled: Callable[..., Bundle]
) -> None:
    bundle = bundled(modern, bagged=("csv",))
    once = list(FORMATS[name].export(bundle))
    assert once == list(FORMATS[name].export(bundle))
    assert len({path for path, _ in once}) == len(once)
    wicked = replace(modern, pages=tuple(replace(p, id=f"../{p.id}") for p in modern.pages),
                     articles=())  # fmt: skip
    for path, _ in FORMATS[name].export(Bundle(wicked)):
        assert not path.startswith("/") and ".." not in path.split("/")


def test_text_as_it_reads_and_as_printed(modern: Issue) -> None:
    files = _files(Bundle(modern), "text", "paragraphs", "markdown")
    assert files["text/articles/001.txt"].decode("utf-8").split("\n\n") == [
        "河边的早晨", modern.articles[0].paragraphs[0], "一位老人坐在石阶上看报。\n",
    ]  # fmt: skip
    assert "一位老人（下转A2版）\n" in files["text/pages/p0001.txt"].decode("utf-8")
    assert "===== A2 =====" in files["text/issue.txt"].decode("utf-8")
    assert "- [河边的早晨](001.md) (A1, A2)" in files["markdown/index.md"].decode("utf-8")


def test_an_index_that_spreadsheets_may_open(modern: Issue) -> None:
    evil = replace(modern.articles[1], headline='=HYPERLINK("http://x")', kicker="-1+1")
    issue = replace(modern, articles=(modern.articles[0], evil))
    files = _files(Bundle(issue), "csv", "jsonl")
    table: list[dict[str, Any]] = list(
        csv.DictReader(io.StringIO(files["articles.csv"].decode("utf-8-sig"), newline=""))
    )
    assert (table[1]["headline"], table[1]["kicker"]) == ('\'=HYPERLINK("http://x")', "'-1+1")
    assert (table[0]["pages"], table[0]["x0"], table[0]["y0"]) == ("A1 A2", "100", "100")
    values = [json.loads(line) for line in files["articles.jsonl"].decode("utf-8").splitlines()]
    assert values[1]["headline"] == evil.headline
    assert values[0]["pages"] == ["A1", "A2"]
    assert tuple(values[0]["paragraphs"]) == modern.articles[0].paragraphs
