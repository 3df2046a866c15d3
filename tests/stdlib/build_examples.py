#!/usr/bin/env python3
"""Builds every example, as a project or file by file: without a warning. The line counts in their READMEs (rows such as "| `shop.kdsl` | 84 |") are right.

usage: build_examples.py KDSL ROOT
"""
import pathlib
import re
import subprocess
import sys
import tempfile

COUNT = re.compile(r"^\| `(?P<file>[^`]+)` \| (?P<lines>\d+) \|$", re.MULTILINE)


def significant(root, file):
    counted = subprocess.run([sys.executable, root / "scripts" / "significant-lines.py", file], capture_output=True, text=True, check=True)
    return int(counted.stdout.split()[0])


def built(kdsl, folder):
    """(what was built, complaints) of each build of an example."""
    if (folder / "project.kdsl").exists():
        with tempfile.TemporaryDirectory() as out:
            run = subprocess.run([kdsl, "build", "-o", out], cwd=folder, capture_output=True, text=True)
            complaints = run.stderr if run.returncode or "warning" in run.stderr or "error" in run.stderr else ""
            if not complaints and not any(pathlib.Path(out).rglob("*.yaml")):
                complaints = "nothing was written"
        yield folder.name, complaints
        return
    for file in sorted(folder.glob("*.kdsl")):
        run = subprocess.run([kdsl, "build", file.name], cwd=folder, capture_output=True, text=True)
        yield f"{folder.name}/{file.name}", run.stderr or ("" if run.stdout else "nothing was written")


def main():
    kdsl, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    failures, builds, counts = [], 0, 0
    for folder in sorted(path for path in (root / "examples").iterdir() if path.is_dir()):
        for name, complaints in built(kdsl, folder):
            builds += 1
            if complaints:
                failures.append(f"{name}:\n{complaints}")
        readme = folder / "README.md"
        for row in COUNT.finditer(readme.read_text(encoding="utf-8") if readme.exists() else ""):
            counts += 1
            lines = significant(root, folder / row["file"])
            if lines != int(row["lines"]):
                failures.append(f"{readme.relative_to(root)}: {row['file']} has {lines} significant lines, not {row['lines']}")
    for failure in failures:
        print(failure)
    print(f"{builds} builds and {counts} line counts, {len(failures)} failures")
    sys.exit(1 if failures or builds < 6 else 0)


if __name__ == "__main__":
    main()
