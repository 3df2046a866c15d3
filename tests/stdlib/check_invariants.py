#!/usr/bin/env python3
"""Each row of docs/stdlib/invariants.md says who finds a mistake: a code has a page and a case that shows it, a check a test that it passes and one that it
fails.

usage: check_invariants.py ROOT
"""
import pathlib
import re
import sys

ROW = re.compile(r"^\| (?P<id>[A-Z]\d\d) \| (?P<rule>[^|]+) \| (?P<found>[^|]+) \|$", re.MULTILINE)
GROUPS = {"G": 12, "W": 19, "A": 6, "O": 11, "E": 5, "L": 5}


def main():
    root = pathlib.Path(sys.argv[1])
    tests = "\n".join(path.read_text(encoding="utf-8") for path in sorted((root / "stdlib" / "tests").glob("*.kdsl")))
    failing = set(re.findall(r'(?<!!)\bfails\((?:[^"\n]|"(?:\\.|[^"\\])*")*?, "([\w.]+)"\)', tests))
    passing = set(re.findall(r'!fails\((?:[^"\n]|"(?:\\.|[^"\\])*")*?, "([\w.]+)"\)', tests))
    cases = "\n".join(str(path.name) + path.read_text(encoding="utf-8") for path in (root / "tests").rglob("*") if path.suffix in (".kdsl", ".test"))
    text = (root / "docs" / "stdlib" / "invariants.md").read_text(encoding="utf-8")
    rows, failures = {row["id"]: row for row in ROW.finditer(text)}, []
    for letter, count in GROUPS.items():
        failures += [f"{letter}{number:02} is not there" for number in range(1, count + 1) if f"{letter}{number:02}" not in rows]
    failures += [f"S{number} is not there" for number in [f"{n:02}" for n in range(1, 13)] + list(range(20, 29)) if f"S{number}" not in rows]
    for name, row in rows.items():
        found = re.findall(r"`([\w.]+)`", row["found"])
        codes = re.findall(r"KD\d{4}(?=\])", row["found"])
        if not found and not codes and ".md" not in row["found"]:
            failures.append(f"{name} is found by nobody")
        for check in found:
            failures += [f"{name}: no test fails `{check}`"] if check not in failing else []
            failures += [f"{name}: no test passes `{check}`"] if check not in passing else []
        for code in codes:
            failures += [f"{name}: {code} has no page"] if not (root / "docs" / "diagnostics" / f"{code}.md").exists() else []
            failures += [f"{name}: no case shows {code}"] if code not in cases else []
    for failure in failures:
        print(failure)
    print(f"{len(rows)} invariants, {len(failures)} failures")
    sys.exit(1 if failures or not rows else 0)


if __name__ == "__main__":
    main()
