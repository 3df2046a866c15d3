#!/usr/bin/env python3
"""Generates src/parser.c from grammar.js with the tree-sitter command: generate.py [--check]

--check needs no tree-sitter: it compares grammar.js with the one that src/parser.c was generated from.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
STAMP = FOLDER / "src/grammar.js.sha256"
# What Neovim 0.7 to 0.11, Helix and Debian's libtree-sitter read.
ABI = "14"


def main() -> int:
    digest = hashlib.sha256((FOLDER / "grammar.js").read_bytes()).hexdigest()
    if "--check" in sys.argv:
        if STAMP.read_text().strip() == digest:
            print("src/parser.c is the parser of grammar.js")
            return 0
        print("grammar.js was changed, src/parser.c was not generated from it: run grammar/tree-sitter/generate.py")
        return 1
    subprocess.run(["tree-sitter", "generate", "--abi", ABI], cwd=FOLDER, check=True)
    STAMP.write_text(digest + "\n")
    # Only other generators read it.
    (FOLDER / "src/grammar.json").unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
