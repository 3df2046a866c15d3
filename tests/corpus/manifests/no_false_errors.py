#!/usr/bin/env python3
"""Manifests as raw resources, by `import "./x.yaml" as v: Manifests` and through `kdsl import yaml`: they build, and what is told of them is true.

usage: no_false_errors.py KDSL PUBLISHED EVERY_KIND

PUBLISHED has manifests that people use: each file builds once it is declared what its other files make, and its objects come out as they went in.
EVERY_KIND has an object of each kind with each field set, to values that mean nothing (`nameValue`, all alternatives at once): their types must fit. Rules about
values do find something there, truly; so these are allowed, and nothing else is.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from published_objects import objects  # noqa: E402

# What may be told of values that mean nothing.
TRUE_OF_NONSENSE = {
    "KD1011": "no object: of events that only a watch sends",
    "KD4003": "a number or text outside of its range",
    "KD4113": "a deprecated field",
    "KD5020": "a number or text outside of its range",
    "KD5108": "fields that exclude each other",
    "KD6002": "a name that the server refuses",
    "KD6003": "no name: of requests that are never stored",
    "KD6031": "a fraction of a byte",
    "KD6301": "an API version that is gone",
    "KD6302": "an API version that is deprecated",
}
# Rules of the API server, and references to what no other file makes.
RULES = re.compile(r"KD6[124][0-9][0-9]")

MODULE = 'import "./objects.yaml" as v: Manifests\nresource raw = v\n'


def converted(kdsl, text):
    """The file as source; nothing if it has no object that there is a type for."""
    done = subprocess.run([kdsl, "import", "yaml", "-"], input=text, capture_output=True, text=True)
    return done.stdout if "resource " in done.stdout else None


def build(kdsl, folder, text, source=MODULE):
    """The diagnostics and the output; what the file leaves to others is declared as the messages say."""
    module = pathlib.Path(folder) / "main.kdsl"
    module.write_text(source, encoding="utf-8")
    (pathlib.Path(folder) / "objects.yaml").write_text(text, encoding="utf-8")
    while True:
        built = subprocess.run([kdsl, "build", str(module), "--diagnostics", "json"], capture_output=True, text=True)
        if built.returncode not in (0, 1):
            return [{"code": "", "severity": "error", "message": f"ended with {built.returncode}: {built.stderr}"}], ""
        found = json.loads(built.stderr)["diagnostics"] if built.stderr else []
        declared = module.read_text(encoding="utf-8")
        texts = [edit["text"].strip() for one in found for fix in one.get("fixes", []) for edit in fix["edits"]]
        lines = [line for line in dict.fromkeys(texts) if line.startswith("external ") and line not in declared]
        if built.returncode == 0 or not lines:
            return found, built.stdout
        module.write_text(declared + "\n".join(lines) + "\n", encoding="utf-8")


def main():
    kdsl, published, every_kind = sys.argv[1:]
    failed = checked = 0
    kinds = set()

    def tell(path, problem):
        nonlocal failed
        failed += 1
        print(f"{path}: {problem}")

    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(pathlib.Path(published).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            try:
                wanted = objects(text)
            except (yaml.YAMLError, KeyError):
                continue
            if any(key[0].startswith("kustomize.config.k8s.io/") for key in wanted):
                continue  # read by kustomize, applied by nobody
            if not wanted or any(isinstance(one, dict) and "kind" not in one for one in yaml.safe_load_all(text) if one):
                continue
            checked += 1
            found, output = build(kdsl, folder, text)
            for one in found:
                tell(path.relative_to(published), f"{one['severity']}[{one['code']}]: {one['message']}")
            if source := converted(kdsl, text):
                for one in build(kdsl, folder, text, source)[0]:
                    tell(path.relative_to(published), f"converted: {one['severity']}[{one['code']}]: {one['message']}")
            if not any(one["severity"] == "error" for one in found) and objects(output) != wanted:
                differing = [key for key, one in wanted.items() if objects(output).get(key) != one]
                tell(path.relative_to(published), f"other objects come out: {differing[:3]}")
        for path in sorted(pathlib.Path(every_kind).glob("*.yaml")):
            checked += 1
            text = path.read_text(encoding="utf-8")
            found, _ = build(kdsl, folder, text)
            if source := converted(kdsl, text):
                found += build(kdsl, folder, text, source)[0]
            kinds.update(one["code"] for one in found)
            for one in found:
                if one["code"] not in TRUE_OF_NONSENSE and not RULES.fullmatch(one["code"]):
                    tell(path.name, f"{one['severity']}[{one['code']}]: {one['message']}")
    print(f"{checked} files, {failed} false messages; of values that mean nothing: {', '.join(sorted(kinds))}")
    sys.exit(1 if failed or not checked else 0)


if __name__ == "__main__":
    main()
