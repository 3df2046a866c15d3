#!/usr/bin/env python3
"""Writes the reference part of docs/stdlib/*.md from the doc comments of stdlib/*.kdsl: what a module declares, its knobs with their defaults, its checks.

usage: stdlib-reference.py [--check]
With --check nothing is written; it fails if a page is not up to date, and in any case if something that users see has no doc comment.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN = "<!-- Written by scripts/stdlib-reference.py from the module's doc comments. -->"
DECLARATION = re.compile(r"^(?P<indent>  )?(?P<word>component|schema|param|resource|let|fn|type|oneof|check|final check|warn|policy|private let|private component|private schema|private fn|private type)\b\s*(?P<rest>.*)$")
FIELD = re.compile(r"^ {2,4}(?P<name>[A-Za-z_]\w*): (?P<rest>.*)$")


def cell(text):
    return text.replace("|", "\\|").strip()


def default_of(text):
    """`Port = 8080` as ("Port", "8080"): the first ` = ` outside of brackets and texts."""
    depth, quoted = 0, False
    for position, character in enumerate(text):
        if character == '"' and text[position - 1 : position] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif depth == 0 and text[position : position + 3] == " = ":
            return text[:position], text[position + 3 :]
    return text, None


class Module:
    """What one file declares. Top-level names begin in column 0, members in column 2: the formatter sees to that."""

    def __init__(self, path):
        self.name = "std/" + str(path.relative_to(ROOT / "stdlib").with_suffix(""))
        self.items, self.undocumented = [], []
        self.intro = ""
        doc, item = [], None
        written = re.sub(r"\n +else \"", ' else "', path.read_text(encoding="utf-8"))  # a message on a line of its own
        for number, line in enumerate(written.splitlines(), 1):
            if not self.items and line.startswith("// "):
                self.intro += (" " if self.intro else "") + line[3:]
            text = line.strip()
            if text.startswith("///"):
                doc.append(text[3:].strip())
                continue
            found = DECLARATION.match(line)
            field = FIELD.match(line) if item and item["word"] == "schema" else None
            where = f"{path.relative_to(ROOT)}:{number}"
            if item and item["word"] == "policy" and not found:
                found = DECLARATION.match(line[2:])  # its checks stand in an `each`
            if found and not found["indent"]:
                item = self.begin(found["word"], found["rest"], " ".join(doc), where)
            elif found and item:
                self.member(item, found["word"], found["rest"], " ".join(doc), where)
            elif field and not (found and found["word"] == "check"):
                chosen = line.startswith("    ")  # a member of a one-of group
                self.knob(item, field["name"], field["rest"] + (" = one of these" if chosen else ""), " ".join(doc), where, needs=False)
            doc = []

    def begin(self, word, rest, doc, where):
        name = re.match(r"\w+", rest)
        if word.startswith("private") or not name or word in ("param", "resource", "check", "final check", "warn"):
            return None
        item = {"word": word, "name": name[0], "text": rest, "doc": doc, "knobs": [], "checks": [], "makes": []}
        extends = re.search(r"\bextends (\w+)", rest)
        item["extends"] = extends[1] if extends else None
        if not doc and word in ("component", "schema"):
            self.undocumented.append(f"{where}: {word} {name[0]}")
        self.items.append(item)
        return item

    def knob(self, item, name, rest, doc, where, needs=True):
        kind, default = default_of(rest)
        if needs and not doc:
            self.undocumented.append(f"{where}: {item['name']}.{name}")
        item["knobs"].append((name, kind, default, doc))

    def member(self, item, word, rest, doc, where):
        if word == "param":
            name, _, text = rest.partition(": ")
            self.knob(item, name, text, doc, where)
        elif word in ("check", "final check", "warn"):
            name, _, text = rest.partition(": ")
            message = re.search(r'else "(?P<text>(?:\\.|[^"\\]|\$\{[^}]*\})*)"\s*$', text)
            kind = {"check": "", "final check": " (cannot be waived)", "warn": " (a warning)"}[word]
            if re.fullmatch(r"\w+", name):
                item["checks"].append((name + kind, message["text"] if message else text))
        elif word == "resource":
            made = sorted(set(re.findall(r"\b([A-Z]\w+) \{", rest)))
            item["makes"].append((rest.split(" ", 1)[0], ", ".join(made), doc))


def readable(message):
    """`${name}` of a message as _name_; quotes as they are printed."""
    message = message.replace('\\"', '"').replace("\\`", "`")
    message = re.sub(r"`\$\{[^}]*\}`", "…", message)
    return re.sub(r"\$\{[^}]*\}", "…", message)


def reference(module):
    lines = [BEGIN, ""]
    for item in module.items:
        if item["word"] not in ("component", "schema", "policy"):
            continue
        extends = f" extends {item['extends']}" if item["extends"] else ""
        lines += [f"### `{item['word']} {item['name']}{extends}`", "", item["doc"], ""]
        if item["extends"]:
            lines += [f"All that `{item['extends']}` has, and:", ""]
        if item["knobs"]:
            lines += ["| knob | type | default | |", "|---|---|---|---|"]
            for name, kind, default, doc in item["knobs"]:
                shown = "**required**" if default is None and not kind.endswith("?") else "" if default is None else "one of these" if default == "one of these" else "(see source)" if default.count("{") != default.count("}") else f"`{cell(default)}`"
                lines.append(f"| `{name}` | `{cell(kind.rstrip('?') if kind.endswith('?') else kind)}` | {shown} | {cell(doc)} |")
            lines.append("")
        if item["makes"]:
            lines += ["Makes: " + "; ".join(f"`{name}`" + (f" ({kinds})" if kinds else "") for name, kinds, _ in item["makes"]) + ".", ""]
        if item["checks"]:
            lines += ["| check | says |", "|---|---|"]
            lines += [f"| `{name.split(' ')[0]}`{' ' + name.split(' ', 1)[1] if ' ' in name else ''} | {cell(readable(message))} |" for name, message in item["checks"]]
            lines.append("")
    others = [item for item in module.items if item["word"] in ("type", "fn", "let") and item["doc"]]
    if others:
        lines += ["### Types, functions and values", "", "| | |", "|---|---|"]
        for item in others:
            signature = item["text"].split(" = ")[0] if item["word"] == "fn" else item["name"]
            lines.append(f"| `{item['word']} {cell(signature)}` | {cell(item['doc'])} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main():
    check = sys.argv[1:] == ["--check"]
    failures = []
    for path in sorted((ROOT / "stdlib").rglob("*.kdsl")):
        if path.name == "prelude.kdsl":
            continue
        module = Module(path)
        failures += [f"{line} has no doc comment" for line in module.undocumented]
        if path.parent.name == "crd":  # kinds: hover and `kdsl explain` tell their fields
            continue
        page = ROOT / "docs" / "stdlib" / path.relative_to(ROOT / "stdlib").with_suffix(".md")
        old = page.read_text(encoding="utf-8") if page.exists() else f"# {module.name}\n\n{module.intro}\n\n## Reference\n\n"
        begin = old.find(BEGIN)
        new = (old if begin < 0 else old[:begin]).rstrip() + "\n\n" + reference(module)
        if new == old:
            continue
        if check:
            failures.append(f"{page.relative_to(ROOT)} is not up to date: run scripts/stdlib-reference.py")
        else:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(new, encoding="utf-8")
    for line in failures:
        print(line)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
