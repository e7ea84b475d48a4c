"""Papers set down the page: print and truth agree, and the layout reads them from the right."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from digitise.articles import assemble
from digitise.evaluation import evaluate
from digitise.formats.issue_json import load_issue
from digitise.layout import analyse
from digitise.options import Options
from digitise.sources import expand, read_text_layer
from scripts.make_samples import make_random
from scripts.typesetter.fonts import FACES
from scripts.typesetter.oldpages import random_old_issue
from scripts.typesetter.oldtexts import republican
from scripts.typesetter.truth import truth

pytestmark = pytest.mark.skipif(
    not all(f.path.is_file() for f in FACES.values()), reason="the font packages are not installed"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("old")
    make_random(1, 5, out, False, 1, old=True)
    return out


def inked(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace())


def printed(page: dict[str, Any]) -> str:
    return "".join(line["text"] for region in page["regions"] for line in region["lines"])


def test_the_same_arguments_make_the_same_issue() -> None:
    first, second = (truth(*random_old_issue(3, 2, 1)) for _ in range(2))
    assert first == second


def test_the_text_layer_holds_what_the_truth_says(made: Path) -> None:
    issue, drafts = random_old_issue(5, 1, 1)
    said = truth(issue, drafts)
    doc: Any = pymupdf.open(made / issue.id / "issue.pdf")  # type: ignore[no-untyped-call]
    with doc:
        for page, own in zip(doc, said["pages"], strict=True):
            assert inked(page.get_text()) == inked(printed(own))
    modes = {r["writing_mode"] for page in said["pages"] for r in page["regions"]}
    assert modes == {"vertical-rl", "horizontal-rtl"}
    assert republican(date.fromisoformat(issue.masthead.date)) in printed(said["pages"][0])


def test_a_republican_date() -> None:
    assert republican(date(1939, 4, 23)) == "中華民國二十八年四月廿三日"


def test_most_articles_of_a_page_in_bands_are_found_whole(made: Path) -> None:
    folder = next(p for p in made.iterdir() if p.is_dir())
    layouts = []
    for ref in expand([folder / "issue.pdf"], Options()):
        sheet = read_text_layer(ref, Options(), None)
        assert sheet is not None
        layouts.append(analyse(sheet))
    true = load_issue((made / f"{folder.name}.truth.json").read_bytes())
    figures = evaluate(assemble(folder.name, layouts), true).figures
    assert figures.article_f1 >= 0.6, figures
