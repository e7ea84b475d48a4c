"""Help in both languages, the reference, and the shape of the catalogue."""

from __future__ import annotations

import string

import pytest

from digitise.cli import call
from digitise.messages import TEXTS, language_of
from scripts.cli_reference import PLACE, reference


def test_the_reference_is_what_the_program_says() -> None:
    assert PLACE.read_text(encoding="utf-8") == reference(), "run scripts/cli_reference.py"


@pytest.mark.parametrize(
    "name",
    ["", "run", "inspect", "doctor", "evaluate", "compare", "export", "import", "validate"],
)
def test_help_in_both_languages(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    command = [name] if name else []
    assert call([*command, "--help", "--language", "en"]) == 0
    english = capfd.readouterr().out
    assert call(["--language", "zh", *command, "--help"]) == 0
    chinese = capfd.readouterr().out
    assert english.isascii()
    assert english.startswith("Usage:")
    assert chinese.startswith("用法：")
    assert "Options" not in chinese
    assert "选项" in chinese


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "C", "LC_ALL": "zh_TW"}, "zh"),
        ([], {"LC_ALL": "", "LANG": "zh_HK"}, "zh"),
        (["run", "--language=en"], {"LANG": "zh_CN"}, "en"),
        (["run", "--language", "zh"], {"LANG": "C"}, "zh"),
        (["run", "--language"], {"LANG": "zh_CN"}, "zh"),
        (["run", "--", "--language", "zh"], {"LANG": "C"}, "en"),
    ],
)
def test_the_language_is_known_early(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_of(arguments, environment) == language


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_take_the_same_values(key: str) -> None:
    english, chinese = (
        {field for _, field, _, _ in string.Formatter().parse(text) if field} for text in TEXTS[key]
    )
    assert english == chinese


def test_the_engines_named_are_those_there_are() -> None:
    from digitise.cli.run import ENGINES
    from digitise.ocr.registry import NAMES

    assert set(ENGINES) == set(NAMES)


def test_the_version(capfd: pytest.CaptureFixture[str]) -> None:
    from digitise import __version__

    assert call(["--version"]) == 0
    assert __version__ in capfd.readouterr().out
