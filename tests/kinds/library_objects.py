"""The objects that the library makes: of every target and file of examples/, of every value that its tests name, and of the programs in its comments.

A copy of the tests gets `golden "N.yaml": VALUE` for each `let` and for what a test says does not fail; `kdsl test --update` writes these files.
"""
import pathlib
import re
import subprocess
import tempfile

import yaml

LET = re.compile(r"^(?P<indent> *)let (?P<name>\w+) = ", re.MULTILINE)
TEST = re.compile(r'^test ".*?" \{\n(?P<body>.*?)^\}$', re.MULTILINE | re.DOTALL)
PASSES = re.compile(r"!fails\(")


class Loader(yaml.SafeLoader):
    """`=` is text, as in YAML 1.2."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:value"] for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text):
    """The objects of YAML documents; lists and maps of objects count as these, other values as none."""
    waiting, found = list(yaml.load_all(text, Loader)), []
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, dict) and {"apiVersion", "kind", "metadata"} <= value.keys():
            found.append(value)
        elif isinstance(value, (dict, list)):
            waiting = [inner for inner in (value.values() if isinstance(value, dict) else value)] + waiting
    return found


OF_KUBERNETES = re.compile(r"(?:[a-z]+|(?!gateway\.)[a-z.]+\.k8s\.io)/v\d+|v1")


def is_custom(thing):
    """True of kinds that are not the Kubernetes API's own."""
    return not OF_KUBERNETES.fullmatch(thing["apiVersion"]) or thing["apiVersion"].startswith("autoscaling.k8s.io/")


def passing(body):
    """What a test says does not fail: the first argument of each `!fails(…)`."""
    for call in PASSES.finditer(body):
        depth, quoted = 0, False
        for at in range(call.end(), len(body)):
            letter = body[at]
            if letter == '"' and body[at - 1] != "\\":
                quoted = not quoted
            elif not quoted and letter in "([{":
                depth += 1
            elif not quoted and depth == 0 and letter in ",)":
                yield body[call.end() : at]
                break
            elif not quoted and letter in ")]}":
                depth -= 1


def with_goldens(text, prefix):
    """A test file that writes what it names."""
    count = 0

    def golden(value):
        nonlocal count
        count += 1
        return f'  golden "{prefix}-{count}.yaml": {value}\n'

    def inside(found):
        body = found["body"]
        names = [let["name"] for let in LET.finditer(body) if let["indent"] == "  "]
        return found[0][:-1] + "".join(golden(value) for value in [*names, *passing(body)]) + "}"

    names = [let["name"] for let in LET.finditer(text) if not let["indent"]]
    return TEST.sub(inside, text) + "".join(f'\ntest "{prefix}: {name}" {{\n{golden(name)}}}\n' for name in names)


def of_tests(kdsl, stdlib):
    """(where, objects) of each value in the tests of the library."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for file in sorted((stdlib / "tests").rglob("*")):
            if file.is_file():
                text = file.read_text(encoding="utf-8")
                name = folder / file.relative_to(stdlib / "tests")
                name.parent.mkdir(parents=True, exist_ok=True)
                name.write_text(with_goldens(text, file.stem) if file.name.endswith("_test.kdsl") else text, encoding="utf-8")
        # Values that are no data, functions for instance, fail their test; what the others make is written.
        done = subprocess.run([kdsl, "test", "--update", "--color", "never", "."], cwd=folder, capture_output=True, text=True)
        written = sorted(folder.rglob("*.yaml"))
        if not written:
            raise SystemExit(done.stdout + done.stderr)
        for file in written:
            yield file.stem, read(file.read_text(encoding="utf-8"))


def of_examples(kdsl, examples):
    """(where, objects) of each target and file of the examples."""
    for folder in sorted(path for path in examples.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as out:
            if (folder / "project.kdsl").exists():
                subprocess.run([kdsl, "build", "-o", out, "-q"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
                for target in sorted(path for path in pathlib.Path(out).iterdir() if path.is_dir()):
                    for file in sorted(target.rglob("*.yaml")):
                        yield f"{folder.name} {target.name}", read(file.read_text(encoding="utf-8"))
            else:
                for file in sorted(folder.glob("*.kdsl")):
                    run = subprocess.run([kdsl, "build", file.name, "-q"], cwd=folder, check=True, capture_output=True, text=True)
                    yield f"{folder.name} {file.name}", read(run.stdout)


def of_files(kdsl, files):
    """(where, objects) of files."""
    for file in files:
        run = subprocess.run([kdsl, "build", file, "-q"], check=True, capture_output=True, text=True)
        yield file.stem, read(run.stdout)


def everything(kdsl, root):
    """(where, object) of all that the library makes, and of the files beside this one."""
    here = pathlib.Path(__file__).resolve().parent
    for source in (of_tests(kdsl, root / "stdlib"), of_examples(kdsl, root / "examples"), of_files(kdsl, sorted(here.glob("*.kdsl")))):
        yield from ((where, thing) for where, objects in source for thing in objects)
