#!/usr/bin/env python3
"""Every diagnostic has a page and a test, every page a diagnostic, and docs/diagnostics/README.md lists them all."""

import argparse
import re
import sys
from pathlib import Path

# Codes that no test can provoke, each with its reason.
UNTESTED = {
    "KD9001": "an internal error is a mistake of the program: a test that could provoke it would be a bug to mend",
}
SECTIONS = {
    "1": "Files",
    "2": "Syntax",
    "3": "Names",
    "4": "Types",
    "5": "Evaluation",
    "6": "Kubernetes",
    "7": "Output",
    "8": "Projects",
    "9": "Limits and internal errors",
}
TEXT_FILES = {".kdsl", ".test", ".cpp", ".py", ".ts", ".mjs"}


def index_of(pages: dict[str, Path]) -> str:
    """The text of docs/diagnostics/README.md: the titles of all pages."""
    lines = ["# Diagnostics", "", "`kdsl explain KD4107` shows a page in the terminal."]
    for digit, section in SECTIONS.items():
        codes = sorted(code for code in pages if code[2] == digit)
        if codes:
            lines += ["", f"## {section}", ""]
        for code in codes:
            title = pages[code].read_text().split("\n", 1)[0].partition(": ")[2]
            lines.append(f"- [{code}]({code}.md): {title}")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", required=True, type=Path, help="the project's folder")
    parser.add_argument("--update", action="store_true", help="write the list of pages anew")
    options = parser.parse_args()
    root = options.root
    table = "".join(path.read_text() for path in sorted((root / "compiler/diag/codes").glob("*.def")))
    codes = {f"KD{number}": name for number, name in re.findall(r"^KD_DIAG\((\d{4}), \w+, (\w+),", table, re.MULTILINE)}
    problems = []

    pages = {path.stem: path for path in (root / "docs/diagnostics").glob("KD*.md")}
    for code in sorted(codes):
        if code not in pages:
            problems.append(f"{code} ({codes[code]}) has no page docs/diagnostics/{code}.md")
        elif not pages[code].read_text().startswith(f"# {code}: "):
            problems.append(f"docs/diagnostics/{code}.md does not begin with `# {code}: `")
    problems += [f"docs/diagnostics/{page}.md tells of a code that there is not" for page in sorted(pages) if page not in codes]

    index = root / "docs/diagnostics/README.md"
    if options.update:
        index.write_text(index_of(pages))
    elif not index.exists() or index.read_text() != index_of(pages):
        problems.append("docs/diagnostics/README.md does not list the pages as they are: run check_codes.py --update")

    # A test shows a code by its number, or in C++ by its name. Tests of the renderers use codes as samples only.
    tested: set[str] = set()
    by_name = {name: code for code, name in codes.items()}
    for path in sorted((root / "tests").rglob("*")):
        parts = path.relative_to(root / "tests").parts
        if path.suffix not in TEXT_FILES or "node_modules" in parts or parts[:2] == ("unit", "diag") or parts[0] == "docs":
            continue
        text = path.read_text(errors="replace")
        tested.update(re.findall(r"KD\d{4}", text))
        tested.update(by_name[name] for name in re.findall(r"code::(\w+)", text) if name in by_name)
    for code in sorted(codes):
        if code not in tested and code not in UNTESTED:
            problems.append(f"{code} ({codes[code]}) has no test: add a case to tests/cases/diagnostics/")

    for problem in problems:
        print(problem)
    print(f"{len(codes)} codes, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
