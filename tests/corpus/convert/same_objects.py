#!/usr/bin/env python3
"""Converts manifests with `kdsl import yaml` and builds the result: the same objects, field by field; comments stay.

usage: same_objects.py KDSL FOLDER
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from published_objects import objects  # noqa: E402


def comments(text):
    return sum(line.strip().startswith("#") and line.strip("# \t") != "" for line in text.split("\n"))


def build(kdsl, module):
    """Builds a module. What one file of a set names and another one makes is declared as the message says."""
    while True:
        built = subprocess.run([kdsl, "build", str(module)], capture_output=True, text=True)
        declared = module.read_text(encoding="utf-8")
        missing = [line for line in dict.fromkeys(re.findall(r"say so: `(external .*)`$", built.stderr, re.MULTILINE)) if line not in declared]
        if built.returncode == 0 or not missing:
            return built
        module.write_text(declared + "\n" + "\n".join(missing) + "\n", encoding="utf-8")


def convert(kdsl, path):
    """Problems of one file."""
    text = path.read_text(encoding="utf-8")
    try:
        wanted = objects(text)
    except (yaml.YAMLError, KeyError):
        return None
    done = subprocess.run([kdsl, "import", "yaml", str(path)], capture_output=True, text=True)
    left_out = [line for line in done.stderr.split("\n") if ": left out" in line or "no object of Kubernetes" in line]
    if left_out or not wanted:
        return None if done.returncode in (0, 1) else [done.stderr]
    if done.returncode not in (0, 1):
        return [done.stderr]
    with tempfile.TemporaryDirectory() as folder:
        module = pathlib.Path(folder) / "converted.kdsl"
        module.write_text(done.stdout, encoding="utf-8")
        formatted = subprocess.run([kdsl, "fmt", "--check", str(module)], capture_output=True, text=True)
        built = build(kdsl, module)
    if built.returncode != 0:
        return [built.stderr]
    problems = [] if formatted.returncode == 0 else ["not in the standard layout"]
    made = objects(built.stdout)
    problems += [f"{key}: {'missing' if key not in made else 'differs'}" for key, one in wanted.items() if made.get(key) != one]
    problems += [f"{key}: not in the manifest" for key in made if key not in wanted]
    kept = sum("//" in line for line in done.stdout.split("\n"))
    if kept < comments(text):
        problems.append(f"{comments(text)} comments, {kept} kept")
    return problems


def main():
    kdsl, folder = sys.argv[1:]
    converted = skipped = failed = 0
    for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
        problems = convert(kdsl, path)
        if problems is None:
            skipped += 1
            continue
        converted += 1
        failed += bool(problems)
        for problem in problems:
            print(f"{path.relative_to(folder)}: {problem}")
    print(f"{converted} files converted, {skipped} without objects of the API, {failed} that differ")
    sys.exit(1 if failed or not converted else 0)


if __name__ == "__main__":
    main()
