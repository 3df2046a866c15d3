#!/usr/bin/env python3
"""Holds the custom objects of the library against the models that npm packages publish of their kinds: no unknown field, nothing missing, types, patterns.

usage: check_models.py KDSL ROOT
Exits with 77 if node or the packages are not installed.
"""
import copy
import json
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
# The groups that have no package: their definitions are looked at where they are among the public data.
WITHOUT = {"kafka.strimzi.io", "flagger.app"}
# The packages demand what the API server fills in: the kind of an embedded claim.
FILLED_IN = ("IEmbeddedPersistentVolumeClaim", "volumeClaimTemplate must have required property")


def fits(objects):
    done = subprocess.run(["node", HERE / "fits.mjs"], input=json.dumps(objects), capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def never_set(root, objects):
    """Fields that stdlib/crd declares and no object has."""
    keys = set()

    def collect(value):
        if isinstance(value, dict):
            keys.update(value)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(inner)

    for _, thing in objects:
        collect(thing)
    for module in sorted((root / "stdlib" / "crd").glob("*.kdsl")):
        text = re.sub(r"//.*|\"[^\"]*\"", "", module.read_text(encoding="utf-8"))
        yield from (f"{module.name}: no object has the field {name}" for name in re.findall(r"(?<![\w\]])(\w+): ", text) if name not in keys)


def spoilt(objects):
    """One object of each kind, with a field that does not exist."""
    kinds = {}
    for _, thing in objects:
        kinds.setdefault((thing["apiVersion"], thing["kind"]), thing)
    for (_, kind), thing in sorted(kinds.items()):
        thing = copy.deepcopy(thing)
        thing["spec"]["replcas"] = 3
        yield f"spoilt {kind}", thing


def main():
    if not shutil.which("node") or not (HERE / "node_modules").is_dir():
        print("skipped: the published models are not installed: run `npm ci` in tests/kinds")
        sys.exit(SKIPPED)
    sys.path.insert(0, str(HERE))
    import library_objects

    kdsl, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    custom = [(where, thing) for where, thing in library_objects.everything(kdsl, root) if library_objects.is_custom(thing)]
    wrong = list(spoilt((where, thing) for where, thing in custom if thing["apiVersion"].split("/")[0] not in WITHOUT))
    result = fits(custom + wrong)
    faults = [fault for fault in result["faults"] if not any(text in fault for text in FILLED_IN)]
    failures = [fault for fault in faults if not fault.startswith("spoilt ")]
    failures += [f"{kind} has no published model" for kind in result["unknown"] if kind.split("/")[0] not in WITHOUT]
    failures += never_set(root, custom)
    failures += [f"a wrong field is not seen: {name}" for name, thing in wrong if not any(fault.startswith(name) and "replcas" in fault for fault in faults)]
    for failure in failures:
        print(failure)
    print(f"{sum(result['checked'].values()) - len(wrong)} objects of {len(result['checked'])} kinds, {len(failures)} failures")
    sys.exit(1 if failures or len(result["checked"]) < 20 else 0)


main()
