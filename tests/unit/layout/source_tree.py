"""What the checks of this folder share: finding sources, dropping comments and text, reporting."""

import pathlib
import re
import sys
from typing import Iterable, Iterator, List, NamedTuple

CODE_FOLDERS = ("grammar", "compiler", "include", "lsp")
CODE_SUFFIXES = {".cpp", ".hpp", ".h", ".def", ".inc"}


class Finding(NamedTuple):
    path: pathlib.PurePosixPath
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def code_files(root: pathlib.Path, folders: Iterable[str] = CODE_FOLDERS) -> Iterator[pathlib.PurePosixPath]:
    """The C++ files of the folders, relative to the root, in a stable order."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in CODE_SUFFIXES and path.is_file():
                yield pathlib.PurePosixPath(path.relative_to(root).as_posix())


_COMMENT_OR_TEXT = re.compile(
    r'''//[^\n]*                                   # line comment
      | /\*.*?\*/                                  # block comment
      | R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"  # raw string
      | "(?:\\.|[^"\\\n])*"                        # string
      | (?:\bu8|(?<![0-9a-fA-F]))'(?:\\.|[^'\\\n])+'  # character, but no digit separator''',
    re.DOTALL | re.VERBOSE)


def without_comments_and_text(code: str) -> str:
    """The code with comments and literals blanked out; line numbers stay the same."""
    return _COMMENT_OR_TEXT.sub(lambda match: "\n" * match.group().count("\n") or " ", code)


def report(title: str, findings: List[Finding]) -> int:
    """Prints the findings; the exit code of the check."""
    for finding in findings:
        print(finding)
    print(f"{title}: {len(findings)} finding(s)", file=sys.stderr)
    return 1 if findings else 0
