#!/usr/bin/env python3
"""A highlighter agrees with the compiler about the class of each byte: test_highlighting.py [--whole] PROGRAMS COMMAND [ARGUMENT…]

PROGRAMS is the folder that write_programs.py wrote. The command gets a copy of it as its last argument, and writes NAME.classes beside
each NAME.kdsl there: one letter a byte, as in classes.py. Programs with syntax errors are compared in texts and comments only;
with --whole not at all, since a parser's recovery may read them in another way. A command that ends with 77 has not what it needs, and has said so.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from classes import CLASS_NAMES  # noqa: E402

SHOWN = 25
SKIPPED = 77


def difference(text: bytes, wanted: str, seen: str, letters: str) -> str | None:
    """The first byte that the highlighter sees otherwise, of those that the compiler gives one of the letters."""
    for at, (letter, other) in enumerate(zip(wanted, seen)):
        if letter in letters and letter != other:
            line = text.count(b"\n", 0, at) + 1
            begin = text.rfind(b"\n", 0, at) + 1
            before = text[begin:at].decode(errors="replace")
            rest = text[at:].split(b"\n")[0].decode(errors="replace")
            return (f"line {line}: {CLASS_NAMES[letter]} for the compiler, {CLASS_NAMES.get(other, other)} here\n"
                    f"    {before}{rest}\n    {' ' * len(before)}^")
    return None


def main(programs: Path, highlighter: list[str], whole_only: bool) -> int:
    failures = []
    count = compared = 0
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "programs"
        shutil.copytree(programs, folder)
        done = subprocess.run([*highlighter, str(folder)], timeout=300, check=False)
        if done.returncode != 0:
            if done.returncode != SKIPPED:
                print(f"the highlighter ended with {done.returncode}: {' '.join(highlighter)}")
            return done.returncode
        for path in sorted(folder.glob("*.kdsl")):
            text = path.read_bytes()
            wanted = path.with_suffix(".wanted").read_text()
            state, name = path.with_suffix(".name").read_text().split(" ", 1)
            seen = path.with_suffix(".classes").read_text(encoding="latin-1")
            if whole_only and state == "broken":
                continue
            letters = "sc" if state == "broken" else "ksnco"
            count += 1
            compared += sum(letter in letters for letter in wanted)
            if len(seen) != len(text):
                failures.append(f"{name}: {len(seen)} classes for {len(text)} bytes")
            elif (found := difference(text, wanted, seen, letters)) is not None:
                failures.append(f"{name}, {found}")
    for failure in failures[:SHOWN]:
        print(failure)
    print(f"{count} programs, {compared} bytes compared, {len(failures)} programs seen otherwise")
    return 1 if failures or compared < 50_000 else 0


if __name__ == "__main__":
    arguments = [one for one in sys.argv[1:] if one != "--whole"]
    sys.exit(main(Path(arguments[0]), arguments[1:], whole_only="--whole" in sys.argv))
