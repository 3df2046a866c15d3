#!/usr/bin/env python3
"""Imports each folder of CRDs: the module checks, is formatted, is the same twice, and builds an object of each kind.

    check_crds.py --kdsl PROGRAM --data FOLDER
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml


class Loader(yaml.SafeLoader):
    """`=` is text, as in YAML 1.2."""


Loader.yaml_implicit_resolvers = {first: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:value"]
                                  for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()}

TEXTS = ["a", "1", "1Gi", "30s", "https://a.example", "a.example/b", "a.example", "1d", "/a", "10:00", "Hostname", "A1", "monday"]


class NoSample(Exception):
    pass


def text_for(schema: dict) -> str:
    least = schema.get("minLength", 0)
    for text in TEXTS:
        if len(text) >= least and ("pattern" not in schema or re.search(schema["pattern"].replace("(?i)", ""), text)):
            return text
    return "a" * least


def sample(schema: dict):
    """A small value that the schema takes: what is required, and nothing else."""
    if "default" in schema:
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("x-kubernetes-int-or-string"):
        return 1
    kind = schema.get("type")
    if kind == "integer":
        return max(schema.get("minimum", 1), 1)
    if kind == "number":
        return float(schema.get("minimum", 1))
    if kind == "boolean":
        return True
    if kind == "string":
        return text_for(schema)
    if kind == "array":
        return [sample(schema["items"]) for _ in range(schema.get("minItems", 0))]
    if kind == "object" or "properties" in schema:
        value = {}
        for name in schema.get("required", []):
            value[name] = sample(schema["properties"][name])
        return value
    return {}


def literal(value) -> str:
    """A value as kdsl."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)}: {literal(inner)}" for key, inner in value.items()) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(inner) for inner in value) + "]"
    return json.dumps(value).replace("${", "\\${")


# What CRDs demand by rules, beyond `required`; one sample each.
BY_RULE = {
    "Cluster": {"spec": {"instances": 1, "storage": {"size": "1Gi"}}},
    "BackendTLSPolicy": {"spec": {"targetRefs": [{"group": "", "kind": "Service", "name": "a"}], "validation": {"hostname": "a.example", "wellKnownCACertificates": "System"}}},
    "TCPRoute": {"spec": {"rules": [{"backendRefs": [{"name": "a", "port": 80}]}]}},
    "TLSRoute": {"spec": {"hostnames": ["a.example"], "rules": [{"backendRefs": [{"name": "a", "port": 80}]}]}},
    "UDPRoute": {"spec": {"rules": [{"backendRefs": [{"name": "a", "port": 80}]}]}},
    "ReferenceGrant": {"spec": {"from": [{"group": "", "kind": "Secret", "namespace": "a"}], "to": [{"group": "", "kind": "Secret"}]}},
}


def definitions(folder: Path):
    for path in sorted(folder.glob("*.yaml")):
        for document in yaml.load_all(path.read_text(encoding="utf-8"), Loader):
            if document and document.get("kind") == "CustomResourceDefinition":
                yield document["spec"]


def chosen(spec: dict) -> dict:
    def rank(version):
        match = re.fullmatch(r"v(\d+)(?:(alpha|beta)(\d+))?", version["name"])
        return ({None: 2, "beta": 1, "alpha": 0}[match[2]], int(match[1]), int(match[3] or 0))
    return max((version for version in spec["versions"] if version["served"]), key=rank)


def program_of(folder: Path, module: Path):
    """A file with an object of each kind, and what they should be as YAML."""
    lines, wanted = [], []
    for spec in definitions(folder):
        version = chosen(spec)
        kind = spec["names"]["kind"]
        schema = version["schema"]["openAPIV3Schema"]
        properties = {name: inner for name, inner in schema["properties"].items() if name not in ("apiVersion", "kind", "metadata", "status")}
        content = BY_RULE.get(kind) or {name: sample(inner) for name, inner in properties.items() if name in schema.get("required", []) or name == "spec"}
        wanted.append({"apiVersion": f"{spec['group']}/{version['name']}", "kind": kind, "metadata": {"name": "sample"}, **content})
        body = literal({"metadata": {"name": "sample"}, **content})
        lines.append(f"resource r{len(lines)} = kinds.{kind} {body}")
    return f'import "./{module.stem}" as kinds\n\n' + "\n".join(lines) + "\n", wanted


# Types of the Kubernetes API that must be recognised in what a project publishes.
OF_THE_API = {
    "cert-manager": {"Affinity", "Toleration", "LocalObjectReference"},
    "cloudnative-pg": {"PodTemplateSpec", "EnvVar", "ResourceRequirements", "LabelSelector", "SecretKeySelector", "TopologySpreadConstraint"},
    "gateway-api": {"LabelSelector"},
    "prometheus-operator": {"Container", "Volume", "Affinity", "Toleration", "LabelSelector", "SecretKeySelector", "ConfigMapKeySelector"},
}


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def swagger(kdsl: str, document: Path, scratch: Path) -> None:
    """The API of Kubernetes, with one of its groups under another name: every part of its kinds is a type of the API."""
    if not document.is_file():
        return
    renamed = scratch / "renamed.json"
    renamed.write_text(re.sub(r'"group": ?"apps"', '"group":"apps.example.com"', document.read_text(encoding="utf-8")), encoding="utf-8")
    module = run(kdsl, "import", "openapi", str(renamed))
    schemas = set(re.findall(r"^schema (\w+)", module, re.MULTILINE))
    used = set(re.findall(r"^  spec: (\w+)", module, re.MULTILINE))
    if schemas != {"ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"} or used != {"DaemonSetSpec", "DeploymentSpec", "ReplicaSetSpec", "StatefulSetSpec"}:
        raise SystemExit(f"of apps/v1 other types are made: {sorted(schemas)}, {sorted(used)}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kdsl", required=True)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"corpus data is absent: {options.data}")
        return 0
    kinds = 0
    with tempfile.TemporaryDirectory() as scratch:
        for folder in sorted(path for path in options.data.iterdir() if path.is_dir()):
            module = Path(scratch) / (folder.name.replace("-", "_") + ".kdsl")
            run(options.kdsl, "import", "crd", str(folder), "-o", str(module))
            if module.read_text(encoding="utf-8") != run(options.kdsl, "import", "crd", str(folder)):
                raise SystemExit(f"{folder.name}: two imports differ")
            run(options.kdsl, "check", str(module))
            used = set(re.findall(r": \[?([A-Z]\w*)", re.sub(r"^ *///.*$", "", module.read_text(encoding="utf-8"), flags=re.MULTILINE)))
            if missing := OF_THE_API.get(folder.name, set()) - used:
                raise SystemExit(f"{folder.name}: not recognised: {sorted(missing)}")
            run(options.kdsl, "fmt", "--check", str(module))
            program, wanted = program_of(folder, module)
            path = Path(scratch) / f"use_{module.stem}.kdsl"
            path.write_text(program, encoding="utf-8")
            built = list(yaml.load_all(run(options.kdsl, "build", "--order", "source", str(path)), Loader))
            if built != wanted:
                raise SystemExit(f"{folder.name}: built {built}\nwanted {wanted}")
            kinds += len(wanted)
        swagger(options.kdsl, options.data.parent / "openapi" / "swagger-1.36.json", Path(scratch))
    print(f"{kinds} kinds are imported, checked and built")
    return 0


if __name__ == "__main__":
    sys.exit(main())
