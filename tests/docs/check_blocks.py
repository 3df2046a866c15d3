#!/usr/bin/env python3
"""Compiles every ```kdsl block of the documentation with the kdsl program. README.md beside this file tells what the info strings mean."""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from markdown_blocks import Block, PageError, blocks_of, groups_of  # noqa: E402

PAGE_CODE = re.compile(r"^KD\d{4}$")
# An example that shows an import alone is fine as it is.
TOLERATED = {"KD3014"}
# What only a build reports: `kdsl check` takes files whose params nobody set yet.
BUILD_ONLY = {"KD5011"}


def pages(root: Path) -> list[Path]:
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]


class Checker:
    def __init__(self, kdsl: str, root: Path, update: bool):
        self.kdsl = kdsl
        self.root = root
        self.update = update
        self.numbers = self.read_numbers()
        self.failures: list[str] = []
        self.checked = 0

    def read_numbers(self) -> dict[str, str]:
        """The codes by the names that JSON output has: a user's check is shown by its own name."""
        table = "".join(path.read_text() for path in sorted((self.root / "compiler/diag/codes").glob("*.def")))
        return {name: f"KD{number}" for number, name in re.findall(r"KD_DIAG\((\d{4}), \w+, (\w+),", table)}

    def run(self, *arguments: str, folder: str, text: str | None = None) -> subprocess.CompletedProcess:
        return subprocess.run([self.kdsl, *arguments], cwd=folder, input=text, capture_output=True, text=True, timeout=60)

    def diagnose(self, block: Block, folder: str, *arguments: str) -> str:
        """What kdsl says about a block."""
        name = self.place(block, folder)
        if block.wanted & BUILD_ONLY:
            return self.run("build", *arguments, name, folder=folder).stderr
        return self.run("check", *arguments, name, folder=folder).stdout

    def fail(self, page: Path, block: Block, message: str) -> None:
        self.failures.append(f"{page.relative_to(self.root)}:{block.line}: {message}")

    def page(self, page: Path) -> None:
        code = page.stem if PAGE_CODE.match(page.stem) else None
        try:
            blocks = blocks_of(page.read_text(), code)
        except PageError as error:
            self.failures.append(f"{page.relative_to(self.root)}: {error}")
            return
        shown: Block | None = None  # the kdsl block that messages and outputs belong to
        replacements: list[tuple[Block, str]] = []
        with tempfile.TemporaryDirectory() as folder:
            for group in groups_of(blocks):
                for block in group:
                    if block.file is not None:
                        path = Path(folder) / block.file
                        path.parent.mkdir(parents=True, exist_ok=True)
                        path.write_text(block.text)
                for block in group:
                    if block.is_fragment:
                        self.fragment(page, block, folder)
                    elif block.is_checked:
                        self.file(page, block, folder)
                    elif shown is not None:
                        self.output(page, block, shown, folder, replacements)
                    shown = block if block.language == "kdsl" else shown
        if replacements and self.update:
            lines = page.read_text().splitlines()
            for block, text in sorted(replacements, key=lambda pair: -pair[0].line):
                lines[block.line - 1 : block.line - 1 + block.text.count("\n")] = text.splitlines()
            page.write_text("\n".join(lines) + "\n")

    def fragment(self, page: Path, block: Block, folder: str) -> None:
        self.checked += 1
        result = self.run("fmt", "-", folder=folder, text=block.text)
        if result.returncode != 0:
            self.fail(page, block, f"is no kdsl:\n{result.stdout}{result.stderr}")

    def file(self, page: Path, block: Block, folder: str) -> None:
        self.checked += 1
        report = self.diagnose(block, folder, "--diagnostics", "json")
        try:
            found = json.loads(report)["diagnostics"]
        except (ValueError, KeyError):
            self.fail(page, block, f"kdsl gives no report: {report}")
            return
        codes = {self.numbers.get(diagnostic["name"], diagnostic["code"]) for diagnostic in found}
        if codes - (TOLERATED - block.wanted) == block.wanted:
            return
        text = self.diagnose(block, folder, "--color", "never")
        self.fail(page, block, f"wants {', '.join(sorted(block.wanted)) or 'no diagnostic'}, got:\n{text or 'none'}")

    def place(self, block: Block, folder: str) -> str:
        """A block that names no file is main.kdsl."""
        if block.file is not None:
            return block.file
        (Path(folder) / "main.kdsl").write_text(block.text)
        return "main.kdsl"

    def output(self, page: Path, block: Block, code: Block, folder: str, replacements: list[tuple[Block, str]]) -> None:
        """A ```text block of a message, and a ```yaml output block, hold what the kdsl block before them gives."""
        if block.language == "text" and re.match(r"(error|warning)\[", block.text):
            actual = without_summary(self.diagnose(code, folder, "--color", "never"))
        elif block.language == "yaml" and "output" in block.words:
            actual = self.run("build", "--order", "source", self.place(code, folder), folder=folder).stdout
        else:
            return
        self.checked += 1
        if actual == block.text:
            return
        if self.update:
            replacements.append((block, actual))
        else:
            self.fail(page, block, f"shows\n{block.text}but kdsl gives\n{actual}")


def without_summary(text: str) -> str:
    """Without the count of errors, the last paragraph."""
    return text.rstrip("\n").rpartition("\n\n")[0] + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kdsl", required=True, help="the program")
    parser.add_argument("--root", required=True, type=Path, help="the project's folder")
    parser.add_argument("--update", action="store_true", help="write the messages and outputs that pages show anew")
    parser.add_argument("pages", nargs="*", type=Path, help="these pages only")
    options = parser.parse_args()
    root = options.root.resolve()
    checker = Checker(str(Path(options.kdsl).resolve()), root, options.update)
    for page in [path.resolve() for path in options.pages] or pages(root):
        checker.page(page)
    for failure in checker.failures:
        print(failure)
    print(f"{checker.checked} blocks checked, {len(checker.failures)} wrong")
    return 1 if checker.failures or checker.checked == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
