#!/usr/bin/env python3
"""Checks that every diagnostic is reported somewhere, explained on a page of its own, and covered by a test.

    check_diagnostics.py <project root>
"""

import pathlib
import re
import sys
from typing import Iterator, List, NamedTuple

from source_tree import Finding, code_files, report, without_comments_and_text

TABLES = pathlib.PurePosixPath("compiler/diag/codes")
PAGES = pathlib.PurePosixPath("docs/diagnostics")
_ENTRY = re.compile(r"^[ \t]*KD_DIAG\w*\([ \t]*(?P<number>\d{4})[ \t]*,[ \t]*\w+[ \t]*,[ \t]*(?P<name>\w+)", re.MULTILINE)
_PAGE = re.compile(r"KD(?P<number>\d{4})\.md")


class Diagnostic(NamedTuple):
    code: str  # "KD4107"
    name: str  # "unknown_field"
    table: pathlib.PurePosixPath
    line: int  # in the table


def read_tables(root: pathlib.Path) -> List[Diagnostic]:
    entries = []
    for path in sorted((root / TABLES).glob("*.def")):
        text = path.read_text(encoding="utf-8")
        entries += [Diagnostic(f"KD{match['number']}", match["name"], TABLES / path.name, text.count("\n", 0, match.start("number")) + 1)
                    for match in _ENTRY.finditer(text)]
    return entries


def repeated_codes(table: List[Diagnostic]) -> Iterator[Finding]:
    seen = {}
    for entry in table:
        if entry.code in seen:
            yield Finding(entry.table, entry.line, f"{entry.code} is `{seen[entry.code]}` already")
        seen[entry.code] = entry.name


def unreported(root: pathlib.Path, table: List[Diagnostic]) -> Iterator[Finding]:
    words = set()
    for path in code_files(root):
        if path.parent != TABLES:
            words.update(re.findall(r"\w+", without_comments_and_text((root / path).read_text(encoding="utf-8"))))
    for entry in table:
        if entry.name not in words:
            yield Finding(entry.table, entry.line, f"{entry.code} `{entry.name}` is reported nowhere")


def undocumented(root: pathlib.Path, table: List[Diagnostic]) -> Iterator[Finding]:
    for entry in table:
        page = PAGES / f"{entry.code}.md"
        if not (root / page).is_file():
            yield Finding(entry.table, entry.line, f"{entry.code} `{entry.name}` has no page {page}")
    codes = {entry.code for entry in table}
    for path in sorted((root / PAGES).glob("KD*.md")):
        match = _PAGE.fullmatch(path.name)
        if not match or f"KD{match['number']}" not in codes:
            yield Finding(PAGES / path.name, 1, f"a page of no code in {TABLES}")


def untested(root: pathlib.Path, table: List[Diagnostic]) -> Iterator[Finding]:
    """A test covers a code when it names it: KD4107 in text, or the enumerator unknown_field in C++."""
    codes, names = set(), set()
    for path in (root / "tests").rglob("*"):
        if not path.is_file() or "layout" in path.parts:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        codes.update(re.findall(r"KD\d{4}", text))
        if path.suffix in (".cpp", ".hpp"):
            names.update(re.findall(r"::(\w+)", text))
    for entry in table:
        if entry.code not in codes and entry.name not in names:
            yield Finding(entry.table, entry.line, f"{entry.code} `{entry.name}` is in no test")


def check(root: pathlib.Path) -> List[Finding]:
    table = read_tables(root)
    if not table:
        return [Finding(TABLES, 1, "no KD_DIAG entry was found")]
    return [*repeated_codes(table), *unreported(root, table), *undocumented(root, table), *untested(root, table)]


if __name__ == "__main__":
    sys.exit(report("diagnostics", check(pathlib.Path(sys.argv[1]))))
