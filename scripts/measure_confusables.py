"""Whether a list of words settles characters that look alike: what it would mend and break.

    python scripts/measure_confusables.py TRUTH.json SHEET.json [SHEET.json ...]

SHEETs are pages as read (`measure_opening.py --keep`), TRUTH the issue they are of. A character is
changed for one that looks like it where it forms no word with its neighbours and exactly one other
does; the words are the phrases of OpenCC (Apache-2.0), simplified and traditional. Numbers are
left alone. A change mends when the printed text has the new wording and not the old one, with
two characters on each side; it breaks when it is the other way round.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

from digitise.formats.issue_json import load_issue  # noqa: E402
from digitise.formats.sheet_json import load_sheet  # noqa: E402

ALIKE = (
    "己已巳",
    "未末",
    "日曰",
    "〇○0O",
    "一—",
    "几儿",
    "自白",
    "手于",
    "土士",
    "天夭",
    "大太犬",
    "侯候",
    "酒洒",
)
NUMBERS = frozenset("〇一二三四五六七八九十百千万萬廿卅0123456789")
LONGEST = 4


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("truth", type=Path)
    parser.add_argument("sheets", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    known = words()
    issue = load_issue(options.truth.read_bytes())
    printed = "\n".join(
        "".join(line.text for region in page.regions for line in region.lines)
        for page in issue.pages
    )
    count: Counter[str] = Counter()
    characters = 0
    for path in options.sheets:
        for line in load_sheet(path.read_bytes()).lines:
            text = line.text
            characters += len(text)
            for at, new in changes(text, known):
                before, behind = text[max(0, at - 2) : at], text[at + 1 : at + 3]
                old_there = before + text[at] + behind in printed
                new_there = before + new + behind in printed
                verdict = (
                    "unknown" if old_there == new_there else "mends" if new_there else "breaks"
                )
                count[verdict] += 1
                print(f"{verdict:<8}{before}[{text[at]} > {new}]{behind}")
    print(
        f"{characters} characters: mends {count['mends']}, breaks {count['breaks']},"
        f" not told {count['unknown']}"
    )
    return 0


def words() -> frozenset[str]:
    """The phrases of two to four characters in OpenCC's tables."""
    import opencc

    found: set[str] = set()
    for name in ("STPhrases.txt", "TSPhrases.txt"):
        table = Path(opencc.__file__).parent / "dictionary" / name
        found.update(table.read_text("utf-8").split())
    return frozenset(word for word in found if 2 <= len(word) <= LONGEST)


def changes(text: str, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """(index, character that would be put there)."""
    for at, char in enumerate(text):
        others = sorted({c for group in ALIKE if char in group for c in group if c != char})
        around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
        if not others or set(around) & NUMBERS or _in_word(text, at, char, known):
            continue
        fitting = [c for c in others if _in_word(text, at, c, known)]
        if len(fitting) == 1:
            yield at, fitting[0]


def _in_word(text: str, at: int, char: str, known: frozenset[str]) -> bool:
    text = text[:at] + char + text[at + 1 :]
    return any(
        text[start : start + length] in known
        for length in range(2, LONGEST + 1)
        for start in range(max(0, at - length + 1), at + 1)
    )


if __name__ == "__main__":
    sys.exit(main())
