#!/usr/bin/env python3
"""Every object of the Kubernetes API that the tests of the library make fits the published JSON schema of its kind.

usage: check_builtin.py KDSL ROOT SCHEMAS
"""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "examples")]
import check_objects
import library_objects


def main():
    kdsl, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    schemas = check_objects.Schemas(pathlib.Path(sys.argv[3]) / check_objects.NEWEST)
    failures, checked = list(check_objects.dull(schemas)), 0
    for where, thing in library_objects.everything(kdsl, root):
        if library_objects.is_custom(thing):
            continue
        kind = schemas.kinds.get((thing["apiVersion"], thing["kind"]))
        if kind is None:
            failures.append(f"{where}: {thing['apiVersion']} {thing['kind']} is no kind of Kubernetes")
            continue
        checked += 1
        failures += [f"{where}: {thing['kind']} {thing['metadata']['name']}: {fault}" for fault in schemas.faults(thing, schemas.definitions[kind], "")]
    for failure in failures:
        print(failure)
    print(f"{checked} objects, {len(failures)} failures")
    sys.exit(1 if failures or checked < 1000 else 0)


main()
