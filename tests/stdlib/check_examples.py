#!/usr/bin/env python3
"""Everything in the library has a comment; those of components and params have examples, and these compile.

A component's comment has a program in a fenced block; it builds without a word. Its last declaration is what the examples of the params refine: text in
backticks that begins with the param's name, `drain: 90s`. What a module itself takes is tried on top of the module.

usage: check_examples.py KDSL
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```kdsl(?: fragment)?\n(?P<program>.*?)^```$", re.MULTILINE | re.DOTALL)
DECLARED = re.compile(r"^(?:resource|let) (?P<name>\w+)", re.MULTILINE)
OF_THE_LANGUAGE = {"std/prelude", "std/project_file", "std/target"}  # tried by what uses them: every file, every project


def run(kdsl, folder, *arguments):
    return subprocess.run([kdsl, *arguments], cwd=folder, capture_output=True, text=True)


def snippet_of(name, doc):
    texts = re.findall(r"`([^`]+)`", doc)
    for begin in (rf"{name}[.:]", rf".*, {name}[.:]"):  # alone, or beside what it needs
        for text in texts:
            if re.match(begin, text):
                return text
    return None


class Examples:
    def __init__(self, modules):
        self.modules = modules
        self.components = {item["name"]: item for module in modules for item in module["items"] if item["word"] == "component"}
        self.programs, self.tests, self.failures, self.count = {}, {}, [], 0

    def collect(self):
        for module in self.modules:
            if module["path"] in OF_THE_LANGUAGE or module["path"].startswith("std/crd/"):
                continue
            for item in module["items"]:
                where = f"{module['path']}.{item['name']}"
                if not item.get("doc"):
                    self.failures.append(f"{where} has no comment")
                if item["word"] == "schema":
                    self.failures += [f"{where}.{member['name']} has no comment" for member in item.get("members", []) if member["word"] == "field" and not member.get("doc")]
                if item["word"] == "component":
                    self.component(where, item)
                elif item["word"] == "param":
                    self.param(where, item, f'extends "{module["path"]}"\n', "{snippet}")
                for program in FENCE.finditer(item.get("doc", "")):
                    self.programs.setdefault(where, program["program"])

    def component(self, where, item):
        program = FENCE.search(item.get("doc", ""))
        if program is None:
            self.failures.append(f"{where} has no program in its comment")
            return
        # Made by the tests only, so that objects are there once.
        base = re.sub(r"^resource ", "let ", program["program"], flags=re.MULTILINE)
        name = DECLARED.findall(base)[-1]
        base_name = re.match(r"\w+", item["extends"]["text"])[0] if isinstance(item.get("extends"), dict) else item.get("extends")
        inherited = {member["name"] for member in self.components.get(base_name, {}).get("members", [])}
        for member in item["members"]:
            if member["word"] == "param" and member["name"] not in inherited:
                self.param(f"{where}.{member['name']}", member, base, f"resource example = {name} {{ {{snippet}} }}")

    def param(self, where, member, base, body):
        snippet = snippet_of(member["name"], member.get("doc", ""))
        if snippet is None:
            self.failures.append(f"{where} has no example in its comment, such as `{member['name']}: …`")
            return
        self.count += 1
        self.tests[where] = base + f'test "{where}" {{\n  {body.replace("{snippet}", snippet)}\n}}\n'

    def compile(self, kdsl):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name in ("password", "token"):
                (folder / f"{name}.sealed").write_text("A" * 400 + "\n", encoding="utf-8")
            for where, program in self.programs.items():
                (folder / "program.kdsl").write_text(program, encoding="utf-8")
                done = run(kdsl, folder, "build", "program.kdsl")
                if done.returncode or done.stderr:
                    self.failures.append(f"the program of {where}:\n{done.stderr}")
            for number, text in enumerate(self.tests.values()):
                (folder / f"param_{number}.kdsl").write_text(text, encoding="utf-8")
            (folder / "program.kdsl").unlink()
            done = run(kdsl, folder, "test", ".", "--color", "never")
            passed = re.search(r"^(\d+) passed, 0 failed", done.stdout, re.MULTILINE)
            if done.returncode or not passed or int(passed[1]) != len(self.tests):
                self.failures.append(done.stdout + done.stderr)


def main():
    kdsl = str(pathlib.Path(sys.argv[1]).resolve())
    written = subprocess.run([kdsl, "doc", "std", "--format", "json"], capture_output=True, text=True, check=True)
    examples = Examples(json.loads(written.stdout)["modules"])
    examples.collect()
    examples.compile(kdsl)
    for failure in examples.failures:
        print(failure)
    print(f"{len(examples.programs)} programs and {examples.count} params, {len(examples.failures)} failures")
    sys.exit(1 if examples.failures or not examples.count else 0)


if __name__ == "__main__":
    main()
