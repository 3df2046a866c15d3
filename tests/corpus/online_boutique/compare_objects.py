#!/usr/bin/env python3
"""Builds a kdsl file and compares its objects with published manifests: the same objects, field by field, in any order.

usage: compare_objects.py KDSL FILE MANIFEST
"""
import subprocess
import sys

import yaml


def objects(text):
    found = {}
    for document in yaml.safe_load_all(text):
        if not document:
            continue
        metadata = document["metadata"]
        found[document["apiVersion"], document["kind"], metadata.get("namespace", ""), metadata["name"]] = document
    return found


def differences(ours, theirs, path=""):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(set(ours) | set(theirs)):
            if key not in ours:
                yield f"{path}.{key}: missing"
            elif key not in theirs:
                yield f"{path}.{key}: not in the manifest"
            else:
                yield from differences(ours[key], theirs[key], f"{path}.{key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for position, (left, right) in enumerate(zip(ours, theirs)):
            yield from differences(left, right, f"{path}[{position}]")
    elif ours != theirs:
        yield f"{path}: {ours!r}, published {theirs!r}"


def build(kdsl, file):
    built = subprocess.run([kdsl, "build", file], capture_output=True, text=True)
    if built.returncode != 0:
        sys.exit(built.stderr)
    return built.stdout


def main():
    kdsl, file, manifest = sys.argv[1:]
    ours = objects(build(kdsl, file))
    with open(manifest, encoding="utf-8") as published:
        theirs = objects(published.read())
    found = [f"{'/'.join(key)}: missing" for key in theirs if key not in ours]
    found += [f"{'/'.join(key)}: not in the manifest" for key in ours if key not in theirs]
    for key in ours:
        if key in theirs:
            found += [f"{key[1]}/{key[3]}{line}" for line in differences(ours[key], theirs[key])]
    for line in found:
        print(line)
    print(f"{len(ours)} objects built, {len(theirs)} published, {len(found)} differences")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
