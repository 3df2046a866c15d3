#!/usr/bin/env python3
"""What the examples make, looked at by other eyes than the compiler's: every object fits the published JSON schema of its kind, every pod is "restricted"
by the rules of Pod Security, and what objects name is there.

usage: check_objects.py KDSL EXAMPLES SCHEMAS
"""
import json
import pathlib
import subprocess
import sys
import tempfile

NEWEST = "v1.37.json"
# Equal to what is published, which is not restricted.
AS_PUBLISHED = {"online-boutique-raw"}
WORKLOADS = {"Deployment", "StatefulSet", "DaemonSet", "Job"}
VOLUME_TYPES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}


def decoded(text):
    """The objects of a text that holds one after the other."""
    reader, at, found = json.JSONDecoder(), 0, []
    while at < len(text.rstrip()):
        value, at = reader.raw_decode(text, at + len(text[at:]) - len(text[at:].lstrip()))
        found.append(value)
    return found


def builds(kdsl, folder):
    """(name, objects) of each build of an example."""
    if (folder / "project.kdsl").exists():
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([kdsl, "build", "-o", out, "--format", "json", "-q"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            for target in sorted(path for path in pathlib.Path(out).iterdir() if path.is_dir()):
                yield f"{folder.name} {target.name}", [json.loads(file.read_text(encoding="utf-8")) for file in sorted(target.rglob("*.json"))]
    else:
        for file in sorted(folder.glob("*.kdsl")):
            run = subprocess.run([kdsl, "build", file.name, "--format", "json"], cwd=folder, check=True, capture_output=True, text=True)
            yield f"{folder.name} {file.name}", decoded(run.stdout)


class Schemas:
    def __init__(self, path):
        self.definitions = json.loads(path.read_text(encoding="utf-8"))["$defs"]
        self.kinds = {}
        for name, definition in self.definitions.items():
            for kind in definition.get("x-kubernetes-group-version-kind", []):
                version = f"{kind['group']}/{kind['version']}" if kind["group"] else kind["version"]
                self.kinds[version, kind["kind"]] = name

    def faults(self, value, schema, path):
        if "$ref" in schema:
            yield from self.faults(value, self.definitions[schema["$ref"].rsplit("/", 1)[1]], path)
            return
        if "oneOf" in schema:
            if all(any(self.faults(value, choice, path)) for choice in schema["oneOf"]):
                yield f"{path}: {value!r} is none of its types"
            return
        types = schema.get("type", [])
        types = [types] if isinstance(types, str) else types
        if types and not any(self.is_of(value, one) for one in types):
            yield f"{path}: {value!r} is no {types[0]}"
            return
        if "enum" in schema and value not in schema["enum"]:
            yield f"{path}: {value!r} is none of {schema['enum']}"
        if isinstance(value, list):
            for position, item in enumerate(value):
                yield from self.faults(item, schema.get("items", {}), f"{path}[{position}]")
        if isinstance(value, dict):
            properties, more = schema.get("properties"), schema.get("additionalProperties")
            for name in schema.get("required", []):
                if name not in value:
                    yield f"{path}.{name} is missing"
            for name, item in value.items():
                if properties and name in properties:
                    yield from self.faults(item, properties[name], f"{path}.{name}")
                elif isinstance(more, dict):
                    yield from self.faults(item, more, f"{path}.{name}")
                elif properties is not None:
                    yield f"{path}.{name} is unknown"

    @staticmethod
    def is_of(value, name):
        if name == "null":
            return value is None
        if isinstance(value, bool) or name == "boolean":
            return isinstance(value, bool) and name == "boolean"
        return isinstance(value, {"string": str, "integer": int, "number": (int, float), "object": dict, "array": list}[name])


def pod_of(thing):
    if thing["kind"] == "Pod":
        return thing["spec"]
    if thing["kind"] == "CronJob":
        return thing["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    return thing["spec"]["template"]["spec"] if thing["kind"] in WORKLOADS else None


def containers_of(pod):
    return pod.get("containers", []) + pod.get("initContainers", []) + pod.get("ephemeralContainers", [])


def insecure(pod):
    """What Pod Security "restricted" refuses."""
    context = pod.get("securityContext", {})
    for name in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(name):
            yield name
    for volume in pod.get("volumes", []):
        if set(volume) - {"name"} - VOLUME_TYPES:
            yield f"volume {volume}"
    for container in containers_of(pod):
        own = container.get("securityContext", {})
        if own.get("privileged") or own.get("allowPrivilegeEscalation") is not False:
            yield f"{container['name']}: privileges"
        if own.get("capabilities", {}).get("drop") != ["ALL"] or set(own.get("capabilities", {}).get("add", [])) - {"NET_BIND_SERVICE"}:
            yield f"{container['name']}: capabilities"
        if not own.get("runAsNonRoot", context.get("runAsNonRoot")) or own.get("runAsUser", context.get("runAsUser", 1)) == 0:
            yield f"{container['name']}: may run as root"
        if own.get("seccompProfile", context.get("seccompProfile", {})).get("type") not in ("RuntimeDefault", "Localhost"):
            yield f"{container['name']}: seccomp"
        if any("hostPort" in port for port in container.get("ports", [])):
            yield f"{container['name']}: hostPort"


def named_by(thing):
    """(kind, name) of what an object of the same namespace needs."""
    pod = pod_of(thing)
    if pod is not None:
        if "serviceAccountName" in pod:
            yield "ServiceAccount", pod["serviceAccountName"]
        for volume in pod.get("volumes", []):
            for key, kind, field in (("configMap", "ConfigMap", "name"), ("secret", "Secret", "secretName"), ("persistentVolumeClaim", "PersistentVolumeClaim", "claimName")):
                if key in volume:
                    yield kind, volume[key][field]
        for container in containers_of(pod):
            for variable in container.get("env", []):
                source = variable.get("valueFrom", {})
                for key, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
                    if key in source:
                        yield kind, source[key]["name"]
    spec = thing.get("spec", {})
    if thing["kind"] == "HorizontalPodAutoscaler":
        yield spec["scaleTargetRef"]["kind"], spec["scaleTargetRef"]["name"]
    if thing["kind"] == "StatefulSet":
        yield "Service", spec["serviceName"]
    if thing["kind"] in ("RoleBinding", "ClusterRoleBinding"):
        for subject in thing["subjects"]:
            if subject["kind"] == "ServiceAccount":
                yield "ServiceAccount", subject["name"]
    if thing["kind"] == "Ingress":
        for rule in spec.get("rules", []):
            for path in rule["http"]["paths"]:
                yield "Service", path["backend"]["service"]["name"]


def dull(schemas):
    """Mistakes that the eyes of this test do not see."""
    schema = schemas.definitions[schemas.kinds["apps/v1", "Deployment"]]
    wrong = {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"replicas": "3", "replcas": 3, "selector": {}, "template": {"spec": {"containers": [{}]}}}}
    seen = set(schemas.faults(wrong, schema, ""))
    yield from {".spec.replicas: '3' is no integer", ".spec.replcas is unknown", ".spec.template.spec.containers[0].name is missing"} - seen
    if not any(insecure({"containers": [{"name": "web"}]})):
        yield "a pod without a security context"


def main():
    kdsl, examples, folder = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    schemas = Schemas(folder / NEWEST)
    failures, counts = [f"not seen: {mistake}" for mistake in dull(schemas)], {"builds": 0, "objects": 0, "checked by schema": 0, "pods": 0, "names": 0}
    for example in sorted(path for path in examples.iterdir() if path.is_dir()):
        declared = "\n".join(file.read_text(encoding="utf-8") for file in example.rglob("*.kdsl"))
        for name, objects in builds(kdsl, example):
            counts["builds"] += 1
            there = {(thing["kind"], thing["metadata"]["name"]) for thing in objects}
            for thing in objects:
                counts["objects"] += 1
                what = f"{name}: {thing['kind']} {thing['metadata']['name']}"
                kind = schemas.kinds.get((thing["apiVersion"], thing["kind"]))
                if kind is not None:
                    counts["checked by schema"] += 1
                    failures += [f"{what}: {fault}" for fault in schemas.faults(thing, schemas.definitions[kind], "")]
                elif "." not in thing["apiVersion"].split("/")[0] or thing["apiVersion"].split("/")[0].endswith(".k8s.io") and "gateway" not in thing["apiVersion"]:
                    failures.append(f"{what}: no kind of Kubernetes")
                pod = pod_of(thing)
                if pod is not None:
                    counts["pods"] += 1
                    if example.name not in AS_PUBLISHED:
                        failures += [f"{what} is not restricted: {fault}" for fault in insecure(pod)]
                for needed in named_by(thing):
                    counts["names"] += 1
                    # What is made elsewhere is said to be: by its name, as `external`.
                    if needed not in there and not (needed[0] == "Secret" and ("external" in declared or "std/data" in declared)):
                        failures.append(f"{what} names {needed[0]} {needed[1]}, which is not there")
    for failure in failures:
        print(failure)
    print(", ".join(f"{count} {name}" for name, count in counts.items()) + f", {len(failures)} failures")
    sys.exit(1 if failures or not counts["checked by schema"] or not counts["pods"] else 0)


if __name__ == "__main__":
    main()
