#!/usr/bin/env python3
"""Reads what write_hostile wrote with a YAML reader that is not ours, and compares.

usage: read_back.py READER WRITE_HOSTILE
READER is pyyaml, libyaml, kubectl, npm-yaml or js-yaml. Exits with 77 if that reader is not installed.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
HERE = pathlib.Path(__file__).resolve().parent
# PyYAML's reader in Python takes a minute for all of them.
COUNTS = {"pyyaml": 5_000}
DEFAULT_COUNT = 100_000


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def run(command, **options):
    """The output of a reader; its complaints go to the test's log."""
    result = subprocess.run(command, capture_output=True, **options)
    if result.returncode != 0:
        sys.exit(f"{command[0]} failed: {result.stderr.decode('utf-8', 'replace')[:2000]}")
    return result.stdout.decode("utf-8")


def pyyaml_loader(name):
    try:
        import yaml
    except ImportError:
        skip("the Python package yaml is not installed (Debian: python3-yaml)")
    if not hasattr(yaml, name):
        skip(f"this Python's yaml has no {name}")
    return lambda path: list(yaml.load_all(path.read_text("utf-8"), Loader=getattr(yaml, name)))


def kubectl_loader():
    kubectl = shutil.which("kubectl") or skip("kubectl is not installed")

    def load(path):
        if path.name == "numbers.yaml":
            return None  # no object of the API
        # An empty patch, applied without a cluster, prints each object as kubectl has read it.
        command = [kubectl, "patch", "--local", "--type=merge", "--patch={}", "--output=json", f"--filename={path}"]
        output = run(command, env={**os.environ, "KUBECONFIG": os.devnull})
        documents, at, decoder = [], 0, json.JSONDecoder()
        while at < len(output):
            document, at = decoder.raw_decode(output, at)
            documents.append(document)
            while output[at:at + 1].isspace():
                at += 1
        return documents

    return load


def node_loader(package):
    node = shutil.which("node") or skip("node is not installed")
    if not (HERE / "node_modules" / package).is_dir():
        skip(f"the npm package {package} is not installed: run `npm ci` in tests/yaml")

    return lambda path: json.loads(run([node, HERE / "read_back.mjs", package, path]))


LOADERS = {
    "pyyaml": lambda: pyyaml_loader("SafeLoader"),
    "libyaml": lambda: pyyaml_loader("CSafeLoader"),
    "kubectl": kubectl_loader,
    "npm-yaml": lambda: node_loader("yaml"),
    "js-yaml": lambda: node_loader("js-yaml"),
}


def differences(expected, read):
    """Pairs of what was written and what came back instead, types included."""
    for number, (left, right) in enumerate(zip(expected, read)):
        if type(left) is not type(right) or left != right:
            yield f"{number}: wrote {left!r}, read {right!r}"
    if len(expected) != len(read):
        yield f"wrote {len(expected)} values, read {len(read)}"


def compare_strings(load, folder):
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    numbers = [f"k{i}" for i in range(len(expected))]
    values, keys = {}, {}
    for document in load(folder / "values.yaml"):
        values.update(document["data"])
    for document in load(folder / "keys.yaml"):
        keys.update((number, text) for text, number in document["data"].items())
    yield from ("value " + text for text in differences(expected, [values.get(number) for number in numbers]))
    yield from ("key " + text for text in differences(expected, [keys.get(number) for number in numbers]))


def compare_numbers(load, folder, keeps_types):
    documents = load(folder / "numbers.yaml")
    if documents is None:
        return
    expected = json.loads((folder / "numbers.json").read_text("utf-8"))
    if not keeps_types:  # JavaScript has doubles only
        expected, documents[0] = ([float(x) if type(x) is int else x for x in numbers] for numbers in (expected, documents[0]))
    yield from ("number " + text for text in differences(expected, documents[0]))


def main():
    reader, program = sys.argv[1:]
    load = LOADERS[reader]()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([program, folder, str(COUNTS.get(reader, DEFAULT_COUNT))], check=True)
        found = list(compare_strings(load, folder)) + list(compare_numbers(load, folder, reader in ("pyyaml", "libyaml")))
        total = len(json.loads((folder / "expected.json").read_text("utf-8")))
    for line in found[:20]:
        print(line)
    print(f"{reader}: {total} strings as values and as keys, {len(found)} misread")
    sys.exit(1 if found else 0)


main()
