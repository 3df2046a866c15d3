"""The fenced blocks of a Markdown page, and what their info strings ask for."""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

FENCE = re.compile(r"^```(?!`)\s*(.*)$")
# `// web.kdsl`, `// file: web.kdsl`, `# values.yaml`; words may follow a colon.
FILE_NAME = re.compile(r"^(?://|#)\s*(?:file:\s*)?([\w.-]+(?:/[\w.-]+)*\.(?:kdsl|yaml|json|toml|conf|txt))\s*(?::.*)?$")
CODE = re.compile(r"^KD\d{4}$")


class PageError(Exception):
    """A block that asks for what there is not."""


@dataclass
class Block:
    line: int  # of its first line of text, from 1
    language: str
    words: list[str]  # of the info string, behind the language
    text: str
    file: str | None = None  # named by its first line
    wanted: set[str] = field(default_factory=set)  # codes that a check must report, exactly

    @property
    def is_fragment(self) -> bool:
        return self.language == "kdsl" and "fragment" in self.words

    @property
    def is_checked(self) -> bool:
        return self.language == "kdsl" and not self.is_fragment


def blocks_of(page: str, default_code: str | None) -> list[Block | None]:
    """The blocks in order, and a None for every heading between them."""
    found: list[Block | None] = []
    current: Block | None = None
    lines: list[str] = []
    for number, line in enumerate(page.splitlines(), 1):
        fence = FENCE.match(line)
        if current is not None:
            if line.rstrip() == "```":
                current.text = "".join(part + "\n" for part in lines)
                finish(current, default_code)
                found.append(current)
                current = None
            else:
                lines.append(line)
        elif fence:
            words = fence.group(1).split()
            current = Block(number + 1, words[0] if words else "", words[1:], "")
            lines = []
        elif line.startswith("#"):
            found.append(None)
    if current is not None:
        raise PageError(f"the block of line {current.line} is never closed")
    return found


def finish(block: Block, default_code: str | None) -> None:
    name = FILE_NAME.match(block.text.split("\n", 1)[0])
    if name and not name.group(1).startswith("/") and ".." not in PurePosixPath(name.group(1)).parts:
        block.file = name.group(1)
    if block.language != "kdsl":
        return
    words = list(block.words)
    if not words or words == ["fragment"]:
        return
    if words[0] not in ("fails", "warns"):
        raise PageError(f"line {block.line - 1}: there is no `kdsl {' '.join(words)}`")
    codes = words[1:] or ([default_code] if default_code else [])
    if not codes or not all(CODE.match(code) for code in codes):
        raise PageError(f"line {block.line - 1}: `kdsl {words[0]}` wants a code, as in `kdsl {words[0]} KD4107`")
    block.wanted = set(codes)


def groups_of(blocks: list[Block | None]) -> list[list[Block]]:
    """Blocks that are files of one project. A heading, a block without a name, or a name that comes again begins a new group."""
    groups: list[list[Block]] = []
    named: list[Block] = []
    for block in blocks:
        if block is None:
            named = []
        elif block.file is None:
            groups.append([block])
            if block.language == "kdsl":
                named = []
        elif named and all(other.file != block.file for other in named):
            named.append(block)
        else:
            named = [block]
            groups.append(named)
    return groups
