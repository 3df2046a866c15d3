"""The class of every byte of a program, as the compiler sees it.

A class is one letter: k keyword, s text, n number, c comment, o anything else. A keyword is a word that the syntax tree does not use as
a name or a key. A blank stands where nothing is decided: at blanks, and in what the compiler cannot read.
"""

import json
import re
import subprocess
from dataclasses import dataclass

LEAF = re.compile(r"^ *(\w+)(?: [a-z]+)? (\d+):(\d+)-(\d+):(\d+)", re.MULTILINE)
TOKEN = re.compile(r"^(\d+):(\d+)-(\d+):(\d+) (\w+)", re.MULTILINE)
NAMES = {"Name", "NameExpr", "PathWord", "QualifiedName", "WildcardPattern"}
TEXTS = {"Raw", "StringBegin", "StringChunk", "StringEnd"}
SYNTAX_ERROR = re.compile("KD[12]...")
UNDECIDED = " "
CLASS_NAMES = {"k": "keyword", "s": "text", "n": "number", "c": "comment", "o": "other"}


@dataclass
class Reference:
    classes: str  # one letter a byte
    broken: bool  # the text has syntax errors


def run(kdsl: str, text: bytes, *arguments: str) -> str:
    return subprocess.run([kdsl, *arguments, "-"], input=text, capture_output=True, timeout=60, check=False).stdout.decode()


def syntax_errors(kdsl: str, text: bytes) -> list[dict]:
    found = json.loads(run(kdsl, text, "check", "--diagnostics", "json"))["diagnostics"]
    return [one for one in found if SYNTAX_ERROR.fullmatch(one["code"])]


def reference(kdsl: str, text: bytes) -> Reference:
    starts = [0] + [match.end() for match in re.finditer(rb"\r\n|\r|\n", text)]

    def offset(line: str, column: str) -> int:
        return starts[int(line) - 1] + int(column) - 1

    names: set[int] = set()
    for kind, *place in LEAF.findall(run(kdsl, text, "dump", "tree")):
        if kind in NAMES:
            names.update(range(offset(*place[:2]), offset(*place[2:])))

    classes = [UNDECIDED] * len(text)
    behind = 0
    after_dot = False
    for *place, kind in TOKEN.findall(run(kdsl, text, "dump", "tokens")):
        begin, end = offset(*place[:2]), offset(*place[2:])
        mark_comments(text, behind, begin, classes)
        behind = max(behind, end)
        if kind == "Bad" or text[begin : begin + 1] == b"'":
            letter = UNDECIDED
        elif kind in TEXTS:
            letter = "s"
        elif kind == "Number":
            letter = "n"
        elif kind.startswith("Kw"):
            letter = "o" if after_dot or begin in names else "k"
        else:
            letter = "o"
        classes[begin:end] = letter * (end - begin)
        if begin != end:
            after_dot = kind in ("Dot", "QuestionDot")
    mark_comments(text, behind, len(text), classes)
    decided = (UNDECIDED if byte in b" \t\r\n" else letter for byte, letter in zip(text, classes))
    return Reference("".join(decided), bool(syntax_errors(kdsl, text)))


def mark_comments(text: bytes, begin: int, end: int, classes: list[str]) -> None:
    """Marks the comments in a gap between tokens."""
    for match in re.finditer(rb"//[^\r\n]*", text[begin:end]):
        classes[begin + match.start() : begin + match.end()] = "c" * len(match.group())
