"""The sample newspaper through the real program, measured against its truth."""

from __future__ import annotations

from pathlib import Path

import pytest

import digitise
from digitise.evaluation import Figures, evaluate_files
from digitise.layout import analyse
from digitise.options import Options
from digitise.sources import expand, read_text_layer

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
BORN_DIGITAL = ("lanjiang-2026-03-13", "lanjiang-2026-03-17")
SCAN = "lanjiang-2026-03-13-scan"


def _measured(sample: str, out: Path) -> Figures:
    result = digitise.run([SAMPLES / sample], out)
    assert result.exit_code == 0, result.failures
    (evaluation,) = evaluate_files(out / sample, SAMPLES / f"{sample}.truth.json")
    return evaluation.figures


@pytest.mark.slow
@pytest.mark.parametrize("sample", BORN_DIGITAL)
def test_a_born_digital_issue_comes_out_whole(sample: str, tmp_path: Path) -> None:
    figures = _measured(sample, tmp_path)
    assert figures.article_f1 == 1.0
    assert figures.article_cer <= 0.002
    assert figures.jump_precision == 1.0
    assert figures.jump_recall == 1.0
    assert figures.masthead == 1.0


@pytest.mark.slow
def test_a_scanned_issue_comes_out_nearly_whole(tmp_path: Path) -> None:
    figures = _measured(SCAN, tmp_path)
    assert figures.article_f1 >= 0.95
    assert figures.article_cer <= 0.01
    assert figures.jump_precision >= 0.95
    assert figures.jump_recall >= 0.95


@pytest.mark.parametrize("sample", BORN_DIGITAL)
def test_the_text_layer_alone_gives_every_character_its_place(sample: str) -> None:
    """Without an engine: each character printed is in one line of one region."""
    options = Options(text_layer="always")
    for ref in expand((SAMPLES / sample,), options):
        sheet = read_text_layer(ref, options, None)
        assert sheet is not None
        layout = analyse(sheet)
        printed = sorted(c.text for x in sheet.lines for c in x.chars if c.text.strip())
        placed = sorted(
            c.text for r in layout.page.regions for x in r.lines for c in x.chars if c.text.strip()
        )
        assert placed == printed
        owned = [rid for piece in layout.pieces for rid in piece.regions]
        assert sorted(owned) == sorted(r.id for r in layout.page.regions)
