#!/usr/bin/env python3
"""Counts in the READMEs of examples: the significant lines of what is written and of the YAML that it stands for, and one program of it in YAML.

A README says what to build and which program to show: `<!-- lines: BUILD NAME -->`, where BUILD is a target of its project or a file. All from there to
`<!-- end of lines -->` is written by this script.

usage: example-readmes.py KDSL [--check]
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PART = re.compile(r"(?P<begin><!-- lines: (?P<build>\S+) (?P<name>\S+) -->\n).*?(?P<end><!-- end of lines -->)", re.DOTALL)
NAME = re.compile(r"^metadata:\n(?:  .*\n)*?  name: (?P<name>\S+)$", re.MULTILINE)


def significant(text):
    lines = (line.strip() for line in text.splitlines())
    return sum(1 for line in lines if line and line != "---" and not line.startswith(("//", "#")))


def built(kdsl, folder, build):
    command = [kdsl, "build", build, "-o", "-"] if (folder / "project.kdsl").exists() else [kdsl, "build", build]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def is_of(document, name):
    found = NAME.search(document)
    return found is not None and re.fullmatch(rf"{re.escape(name)}(-.*)?", found["name"].strip('"')) is not None


def part(kdsl, folder, build, name):
    written = {file.relative_to(folder): significant(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*")) if file.suffix in (".kdsl", ".yaml") and not {"out", "golden"} & set(file.parts)}
    documents = built(kdsl, folder, build).split("\n---\n")
    shown = [document.removeprefix("---\n").strip("\n") for document in documents if is_of(document, name)]
    rows = [f"| `{file}` | {lines} |" for file, lines in written.items()]
    if len(written) > 1:
        rows.append(f"| together | **{sum(written.values())}** |")
    rows.append(f"| the YAML of `{build}`: {len(documents)} objects | {sum(map(significant, documents))} |")
    title = f"<code>{name}</code> in YAML: {len(shown)} objects, {sum(map(significant, shown))} lines"
    return "\n".join(["", "| | significant lines |", "|---|---|", *rows, "", f"<details><summary>{title}</summary>", "", "```yaml", "\n---\n".join(shown), "```", "", "</details>", "", ""])


def main():
    kdsl, check = str(pathlib.Path(sys.argv[1]).resolve()), "--check" in sys.argv[2:]
    failures = 0
    for folder in sorted({file.parent for file in (ROOT / "examples").glob("*/*.kdsl")}):
        readme = folder / "README.md"
        old = readme.read_text(encoding="utf-8") if readme.exists() else ""
        if PART.search(old) is None:
            print(f"{readme.relative_to(ROOT)} has no lines")
            failures += 1
            continue
        new = PART.sub(lambda found: found["begin"] + part(kdsl, folder, found["build"], found["name"]) + found["end"], old)
        if new != old:
            print(f"{readme.relative_to(ROOT)} {'is not up to date: run scripts/example-readmes.py' if check else 'written'}")
            failures += check
            if not check:
                readme.write_text(new, encoding="utf-8")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
