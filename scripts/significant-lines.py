#!/usr/bin/env python3
"""Counts the lines of files that are neither blank nor a comment (`//` or `#`) nor the `---` between documents.

usage: significant-lines.py FILE…
"""
import pathlib
import sys


def significant(path):
    lines = (line.strip() for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines())
    return sum(1 for line in lines if line and line != "---" and not line.startswith(("//", "#")))


def main():
    counts = {path: significant(path) for path in sys.argv[1:]}
    for path, count in counts.items():
        print(f"{count:7} {path}")
    if len(counts) > 1:
        print(f"{sum(counts.values()):7} in all")


if __name__ == "__main__":
    main()
