#!/usr/bin/env python3
"""Makes documentation sites and looks at every page: well-formed, every link leads somewhere, nothing from the web, the same bytes twice.

    check_site.py --kdsl PROGRAM --root PROJECT
"""

import argparse
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def make(kdsl: str, paths: list, out: Path) -> None:
    done = subprocess.run([kdsl, "doc", *paths, "-o", str(out), "--title", "A & B"], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)


def check(site: Path) -> int:
    pages = {path.relative_to(site).as_posix(): ElementTree.fromstring(path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>")) for path in site.rglob("*.html")}
    ids = {}
    for name, page in pages.items():
        found = [element.get("id") for element in page.iter() if element.get("id")]
        if len(found) != len(set(found)):
            raise SystemExit(f"{name}: an id is there twice")
        ids[name] = set(found)

    def leads(page: str, address: str) -> bool:
        if address.startswith(("https://", "http://")):
            return True
        path, _, anchor = address.partition("#")
        target = (site / page).parent.joinpath(path).resolve() if path else (site / page).resolve()
        if not target.is_file():
            return False
        return not anchor or anchor in ids[target.relative_to(site.resolve()).as_posix()]

    links = 0
    for name, page in pages.items():
        for element in page.iter():
            for attribute in ("href", "src"):
                address = element.get(attribute)
                if address is None:
                    continue
                links += 1
                if element.tag in ("script", "link") and "//" in address:
                    raise SystemExit(f"{name}: {address} is fetched from the web")
                if not leads(name, address):
                    raise SystemExit(f"{name}: {address} leads nowhere")
    index = (site / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(index.removeprefix("window.kdslIndex = ").rstrip().removesuffix(";"))
    for entry in entries:
        if not leads("index.html", entry["url"]):
            raise SystemExit(f"the search leads to {entry['url']}, which is not there")
    if not entries:
        raise SystemExit("the search finds nothing")
    return links


def contents(site: Path) -> dict:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kdsl", required=True)
    parser.add_argument("--root", type=Path, required=True)
    options = parser.parse_args()
    sample = str(options.root / "tests/cli/doc/Inputs/shop")
    with tempfile.TemporaryDirectory() as scratch:
        links = 0
        for number, paths in enumerate([[sample], ["std"], [sample, "std/app"]]):
            site, again = Path(scratch) / f"{number}", Path(scratch) / f"{number}-again"
            make(options.kdsl, paths, site)
            make(options.kdsl, paths, again)
            if contents(site) != contents(again):
                raise SystemExit(f"{paths}: two sites differ")
            links += check(site)
        shop = (Path(scratch) / "0/cache.html").read_text(encoding="utf-8")
        for wanted in ("&lt;b&gt;no markup&lt;/b&gt;", "<strong>one</strong>", '<a href="https://example.com/a?b=1&amp;c=2">the docs</a>', '<a href="parts/types.html#Settings"><code>Settings</code></a>',
                       "<li>second, with <code>code</code></li>", "resource c = Cache", '<a href="parts/types.html#Port">Port</a>', "A &amp; B"):
            if wanted not in shop:
                raise SystemExit(f"cache.html lacks {wanted}")
        for unwanted in ("<b>", "hidden", "secret"):
            if unwanted in shop:
                raise SystemExit(f"cache.html has {unwanted}")
    print(f"{links} links of the sites lead somewhere")
    return 0


if __name__ == "__main__":
    sys.exit(main())
