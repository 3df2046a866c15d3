#!/usr/bin/env python3
"""Checks the custom objects of the library by the published definitions (CRDs) that are at hand: no unknown field, nothing required missing, types,
enumerations and patterns.

usage: check_objects.py KDSL CRDS ROOT
"""
import pathlib
import re
import sys

import yaml


sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "kinds"))
import library_objects

TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict, "array": list}


def definitions(folder):
    """The schema of each (apiVersion, kind)."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*.yaml")):
        for document in yaml.load_all(path.read_text(encoding="utf-8"), library_objects.Loader):
            if not document or document.get("kind") != "CustomResourceDefinition":
                continue
            spec = document["spec"]
            for version in spec["versions"]:
                found[f"{spec['group']}/{version['name']}", spec["names"]["kind"]] = version["schema"]["openAPIV3Schema"]
    return found


def faults(value, schema, path):
    if schema.get("x-kubernetes-int-or-string"):
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            yield f"{path}: {value!r} is neither a number nor text"
        return
    wanted = schema.get("type")
    if wanted and (not isinstance(value, TYPES[wanted]) or (isinstance(value, bool) and wanted != "boolean")):
        yield f"{path}: {value!r} is no {wanted}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str):
        # `^(?i)x`: Python wants flags around what they are for.
        if "pattern" in schema and not re.search(schema["pattern"].replace("(?i)", ""), value, re.IGNORECASE if "(?i)" in schema["pattern"] else 0):
            yield f"{path}: {value!r} does not match {schema['pattern']}"
        if len(value) > schema.get("maxLength", len(value)) or len(value) < schema.get("minLength", 0):
            yield f"{path}: {value!r} is too long or too short"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            yield f"{path}: {value} is out of range"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", len(value)):
            yield f"{path}: {len(value)} elements"
        for position, item in enumerate(value):
            yield from faults(item, schema["items"], f"{path}[{position}]")
    if isinstance(value, dict):
        properties, more = schema.get("properties", {}), schema.get("additionalProperties")
        for name in schema.get("required", []):
            if name not in value:
                yield f"{path}.{name}: missing"
        for name, item in value.items():
            if name in properties:
                yield from faults(item, properties[name], f"{path}.{name}")
            elif isinstance(more, dict):
                yield from faults(item, more, f"{path}.{name}")
            elif not more and not schema.get("x-kubernetes-preserve-unknown-fields") and properties:
                yield f"{path}.{name}: unknown"


def main():
    kdsl, folder, root = sys.argv[1:]
    known = definitions(folder)
    found, kinds, checked = [], set(), 0
    for where, thing in library_objects.everything(str(pathlib.Path(kdsl).resolve()), pathlib.Path(root).resolve()):
        schema = known.get((thing["apiVersion"], thing["kind"]))
        if schema is None:
            continue
        checked += 1
        kinds.add(thing["kind"])
        body = {key: item for key, item in thing.items() if key not in ("apiVersion", "kind", "metadata")}
        shape = {**schema, "required": [name for name in schema.get("required", []) if name not in ("apiVersion", "kind", "metadata")]}
        found += [f"{where}: {thing['kind']}/{thing['metadata']['name']}{line}" for line in faults(body, shape, "")]
    for line in found:
        print(line)
    print(f"{checked} objects of {len(kinds)} kinds checked ({', '.join(sorted(kinds))}), {len(found)} faults")
    sys.exit(1 if found or len(kinds) < 9 else 0)


if __name__ == "__main__":
    main()
