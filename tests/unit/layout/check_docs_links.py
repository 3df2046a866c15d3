#!/usr/bin/env python3
"""Checks that the relative links of every Markdown file lead to a file of the project, and that docs/README.md
lists every other page of docs/ (diagnostics pages, one a code, apart).

    check_docs_links.py <project root>
"""

import pathlib
import re
import sys
from typing import Iterator, List

from source_tree import Finding, report

_LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]+`")
_SKIPPED_FOLDERS = {"build", "node_modules", ".git", ".deps", "out"}
INDEX = pathlib.PurePosixPath("docs/README.md")


def markdown_files(root: pathlib.Path) -> Iterator[pathlib.PurePosixPath]:
    for path in sorted(root.rglob("*.md")):
        relative = pathlib.PurePosixPath(path.relative_to(root).as_posix())
        if not _SKIPPED_FOLDERS & set(relative.parts):
            yield relative


def links(text: str) -> Iterator[tuple]:
    """(line, target without fragment) of each link to a file; links to the web and within the page are left out."""
    prose = _FENCE.sub(lambda match: "\n" * match.group().count("\n"), text)
    prose = _CODE.sub("code", prose)  # `[T](1..)` is a type
    for match in _LINK.finditer(prose):
        target = match["target"].split("#", 1)[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            yield prose.count("\n", 0, match.start()) + 1, target


def check(root: pathlib.Path) -> List[Finding]:
    findings, indexed = [], set()
    for page in markdown_files(root):
        for line, target in links((root / page).read_text(encoding="utf-8")):
            resolved = (root / page).parent / target
            if not resolved.exists():
                findings.append(Finding(page, line, f"the link {target} leads nowhere"))
            elif page == INDEX:
                indexed.add(resolved.resolve())
    for page in markdown_files(root):
        path = (root / page).resolve()
        listed = path in indexed or path.parent in indexed
        if page.parts[0] == "docs" and page != INDEX and page.parts[1] != "diagnostics" and not listed:
            findings.append(Finding(page, 1, f"{INDEX} does not list this page"))
    return findings


if __name__ == "__main__":
    sys.exit(report("docs links", check(pathlib.Path(sys.argv[1]))))
