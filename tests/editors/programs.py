"""All kdsl text of this repository: cases, examples, the standard library, the fuzzers' seeds, and the blocks of the documentation;
and every word of the grammar in every place that a name may have."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/docs"), str(ROOT / "tests/editors")]
from classes import syntax_errors  # noqa: E402
from markdown_blocks import blocks_of  # noqa: E402

FOLDERS = ("tests/cases", "tests/fuzz/corpus", "examples", "stdlib")


@dataclass(frozen=True)
class Program:
    name: str  # where it is, for messages
    text: bytes


def blocks(page: Path) -> list[Program]:
    found = []
    # The code that a failing example is for does not matter here.
    for block in blocks_of(page.read_text(encoding="utf-8"), "KD0000"):
        if block is not None and block.language == "kdsl":
            found.append(Program(f"{page.relative_to(ROOT)}:{block.line}", block.text.encode()))
    return found


def places() -> list[str]:
    """Where a word may stand as a name or a key, written `@`. A line that is indented belongs to the one before."""
    text = (ROOT / "tests/editors/places.txt").read_text(encoding="utf-8")
    return re.split(r"\n(?! )", text.rstrip("\n"))


def mistakes(kdsl: str, text: bytes) -> set[int]:
    """The lines, from 1, where the compiler reports what it cannot read."""
    found: set[int] = set()
    for one in syntax_errors(kdsl, text):
        found.update(range(one["place"]["begin"]["line"], one["place"]["end"]["line"] + 1))
    return found


def word_program(kdsl: str, word: str) -> Program:
    """The word in every place where it makes sense."""
    left = [place.replace("@", word) for place in places()]
    while True:
        text = ("\n".join(left) + "\n").encode()
        wrong = mistakes(kdsl, text)
        if not wrong:
            return Program(f"the places of `{word}`", text)
        kept = []
        line = 1
        for place in left:
            end = line + place.count("\n") + 1
            if wrong.isdisjoint(range(line, end)):
                kept.append(place)
            line = end
        assert len(kept) < len(left), f"mistakes outside of the places of `{word}`"
        left = kept


def word_programs(kdsl: str) -> list[Program]:
    words = re.findall(r'KDSL_(?:CONTEXTUAL|RESERVED)\(\w+, "(\w+)"\)', (ROOT / "grammar/tokens.def").read_text())
    assert len(words) > 40
    return [word_program(kdsl, word) for word in words]


def all_programs(kdsl: str) -> list[Program]:
    found = word_programs(kdsl)
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.kdsl")):
            found.append(Program(str(path.relative_to(ROOT)), path.read_bytes()))
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        found += blocks(page)
    return found
