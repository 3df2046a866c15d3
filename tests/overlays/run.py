#!/usr/bin/env python3
"""Compares kdsl's overlays with `kubectl patch --local` and `kubectl kustomize`: see README.md.

    run.py <kdsl> [case file]...
"""

import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from typing import Dict, Iterator, List

import yaml

SKIPPED = 77
REASONS = {"order", "single-key", "one-of", "directives", "empty", "atomic-sets"}
POD = "x.spec.template.spec"


@dataclass
class Case:
    file: str
    title: str
    base: str
    overlay: str = ""
    patch: dict = field(default_factory=dict)
    differs: Dict[str, str] = field(default_factory=dict)


def read_cases(path: pathlib.Path) -> Iterator[Case]:
    base, *cases = path.read_text(encoding="utf-8").split("\n=== ")
    for text in cases:
        title, _, rest = text.partition("\n")
        overlay, *sections = rest.split("\n--- ")
        case = Case(path.name, title, base, overlay.replace("@pod", POD))
        for section in sections:
            head, _, body = section.partition("\n")
            words = head.split()
            if words[0] == "differs":
                case.differs[words[1].rstrip(":")] = words[2]
            elif words[0] == "pod":
                case.patch = {"spec": {"template": {"spec": yaml.safe_load(body)}}}
            else:
                case.patch = yaml.safe_load(body)
        yield case


def run(*command: str) -> str:
    # kubectl must not look for a cluster.
    environment = {**os.environ, "KUBECONFIG": os.devnull}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)
    if result.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {result.stderr.strip()}")
    return result.stdout


def without_nulls(value):
    """An object as the server reads it: null is not set, and the client's empty status is none."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None and not (key == "status" and item == {})}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def differences(ours, theirs, path="") -> Iterator[str]:
    """Where two values part, one line each."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}):
            yield from differences(ours.get(key), theirs.get(key), f"{path}.{key}")
    elif ours != theirs:
        yield f"    {path}: {json.dumps(ours)} here, {json.dumps(theirs)} there"


def sorted_lists(value):
    if isinstance(value, dict):
        return {key: sorted_lists(item) for key, item in value.items()}
    return sorted((sorted_lists(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True)) if isinstance(value, list) else value


def problems_of(case: Case, kdsl: str) -> List[str]:
    unknown = set(case.differs.values()) - REASONS
    if unknown or not case.patch:
        return [f"not a case: {unknown or 'no patch'}"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "base.kdsl").write_text(case.base, encoding="utf-8")
        (folder / "overlay.kdsl").write_text(f'extends "./base"\n{case.overlay}\n', encoding="utf-8")
        (folder / "base.yaml").write_text(run(kdsl, "build", str(folder / "base.kdsl"), "--color", "never"), encoding="utf-8")
        ours = without_nulls(yaml.safe_load(run(kdsl, "build", str(folder / "overlay.kdsl"), "--color", "never")))
        base = yaml.safe_load((folder / "base.yaml").read_text(encoding="utf-8"))
        patch = {**case.patch, "apiVersion": base["apiVersion"], "kind": base["kind"]}
        patch["metadata"] = {**patch.get("metadata", {}), "name": base["metadata"]["name"]}
        (folder / "patch.yaml").write_text(yaml.safe_dump(patch), encoding="utf-8")
        (folder / "kustomization.yaml").write_text("resources: [base.yaml]\npatches: [{path: patch.yaml}]\n", encoding="utf-8")
        theirs = {
            "kubectl": run("kubectl", "patch", "--local", "-f", str(folder / "base.yaml"), "--type=strategic", "--patch-file", str(folder / "patch.yaml"), "-o", "json"),
            "kustomize": run("kubectl", "kustomize", str(folder)),
        }
    found = []
    for tool, text in theirs.items():
        other = without_nulls(yaml.safe_load(text))
        reason = case.differs.get(tool)
        if reason is None and ours != other:
            found.append("\n".join([f"{tool} differs", *differences(ours, other)]))
        if reason is not None and ours == other:
            found.append(f"{tool} is said to differ ({reason}), and does not")
        if reason == "order" and sorted_lists(ours) != sorted_lists(other):
            found.append("\n".join([f"{tool} differs in more than the order", *differences(sorted_lists(ours), sorted_lists(other))]))
    return found


def main(kdsl: str, files: List[str]) -> int:
    if shutil.which("kubectl") is None:
        print("overlays: kubectl is not installed: nothing is compared")
        return SKIPPED
    paths = [pathlib.Path(name) for name in files] or sorted(pathlib.Path(__file__).parent.glob("*.txt"))
    cases = [case for path in paths for case in read_cases(path)]
    failed = 0

    def attempt(case: Case) -> List[str]:
        try:
            return problems_of(case, kdsl)
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            return [str(error)]

    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for case, problems in zip(cases, pool.map(attempt, cases)):
            failed += bool(problems)
            for problem in problems:
                print(f"{case.file}: {case.title}: {problem}")
    intended = sum(bool(case.differs) for case in cases)
    print(f"overlays: {len(cases)} cases, {intended} with intended differences, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
