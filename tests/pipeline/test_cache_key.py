"""What a page that was read is kept under."""

from __future__ import annotations

from pathlib import Path

import pytest

from digitise import Options, cache
from digitise.cache import entry


def test_another_model_of_ones_own_reads_the_page_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    module = tmp_path / "house_layout_model.py"
    options = Options(engine="layoutparser:house_layout_model:Model")
    missing = entry(tmp_path, "p0001", "0" * 64, options)
    module.write_text("class Model:\n    score = 0.5\n")
    first = entry(tmp_path, "p0001", "0" * 64, options)
    assert entry(tmp_path, "p0001", "0" * 64, options) == first != missing
    module.write_text("class Model:\n    score = 0.75\n")
    assert entry(tmp_path, "p0001", "0" * 64, options) != first


def test_another_model_of_characters_reads_the_page_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = entry(tmp_path, "p0001", "0" * 64, Options())
    other = tmp_path / "glyphs.onnx"
    other.write_bytes(b"another")
    monkeypatch.setattr(cache, "shipped_model", lambda name: other)
    cache.versions.cache_clear()
    try:
        assert entry(tmp_path, "p0001", "0" * 64, Options()) != before
    finally:
        cache.versions.cache_clear()
