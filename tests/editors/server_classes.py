#!/usr/bin/env python3
"""What the language server's semantic tokens make of programs: server_classes.py FOLDER (see test_highlighting.py)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lsp"))
from client import Client, uri_of  # noqa: E402

LETTERS = {"keyword": "k", "string": "s", "number": "n", "comment": "c"}


def main(folder: Path) -> None:
    with Client() as client:
        types = client.initialize()["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"]
        for path in sorted(folder.glob("*.kdsl")):
            text = path.read_bytes()
            uri = uri_of(str(path))
            client.open(uri, text.decode())
            data = client.request("textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})["data"]
            client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
            path.with_suffix(".classes").write_text(letters_of(text, data, types))
        client.shut_down()


def letters_of(text: bytes, data: list[int], types: list[str]) -> str:
    letters = ["o"] * len(text)
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    line = column = 0
    for at in range(0, len(data), 5):
        down, right, length, kind = data[at : at + 4]
        line, column = line + down, (column if down == 0 else 0) + right
        begin = starts[line] + column  # the client offers UTF-8
        letters[begin : begin + length] = LETTERS.get(types[kind], "o") * length
    return "".join(letters)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
