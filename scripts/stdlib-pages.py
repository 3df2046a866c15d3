#!/usr/bin/env python3
"""Puts what `kdsl doc` says of the standard library below the hand-written parts of docs/stdlib/*.md.

usage: stdlib-pages.py KDSL [--check]
With --check nothing is written; it fails if a page is not up to date.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN = "<!-- Written by `kdsl doc std --format markdown` from the source; scripts/stdlib-pages.py puts it here. -->"


def reference(page):
    """The declarations of a page, as a part of another one: headings one level down, links beside it; kinds of operators have no page here."""
    body = page[page.find("\n## ") :] if "\n## " in page else ""
    body = re.sub(r"^## ", "### ", body, flags=re.MULTILINE)
    body = re.sub(r"\[([^\]]+)\]\((?:\.\./)*(?:std/)?(?:crd/\w+|prelude)\.md[^)]*\)", r"\1", body)
    body = re.sub(r"\]\(\.\./std/", "](", body)
    return BEGIN + "\n" + body.rstrip() + "\n"


def main():
    kdsl, check = str(pathlib.Path(sys.argv[1]).resolve()), "--check" in sys.argv[2:]
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([kdsl, "doc", "std", "--format", "markdown", "-o", folder], check=True, stderr=subprocess.DEVNULL)
        for made in sorted((pathlib.Path(folder) / "std").glob("*.md")):
            if made.stem == "prelude":  # its types are on the page about types
                continue
            written = made.read_text(encoding="utf-8")
            page = ROOT / "docs" / "stdlib" / made.name
            intro = written[: written.find("\n## ")].rstrip() + "\n\n## Reference\n"
            old = page.read_text(encoding="utf-8") if page.exists() else intro
            by_hand = re.split(r"^<!-- Written by .*-->$", old, maxsplit=1, flags=re.MULTILINE)[0]
            new = by_hand.rstrip() + "\n\n" + reference(written)
            if new == old:
                continue
            stale.append(page)
            if not check:
                page.write_text(new, encoding="utf-8")
    for page in stale:
        print(f"{page.relative_to(ROOT)} {'is not up to date: run scripts/stdlib-pages.py' if check else 'written'}")
    sys.exit(1 if stale and check else 0)


if __name__ == "__main__":
    main()
