#!/usr/bin/env python3
"""Builds a kdsl file of std/app services and compares what the programs are given with published manifests: images, commands, variables and ports of
every container, ports of every Service, and who may call whom.

usage: compare_app.py KDSL FILE MANIFEST POLICIES
"""
import pathlib
import sys

import yaml

from compare_objects import build, objects

NAME = "app.kubernetes.io/name"


def containers(manifest):
    """By workload: what each container is given. Containers are named differently, so they are told apart by their order."""
    found = {}
    for (_, kind, _, name), item in manifest.items():
        if kind != "Deployment":
            continue
        pod = item["spec"]["template"]["spec"]
        for role in ("initContainers", "containers"):
            for position, container in enumerate(pod.get(role, [])):
                found[name, role, position] = {
                    "image": container["image"],
                    "command": container.get("command", []),
                    "args": container.get("args", []),
                    "env": {variable["name"]: variable.get("value", variable.get("valueFrom")) for variable in container.get("env", [])},
                    "ports": sorted(port["containerPort"] for port in container.get("ports", [])),
                }
    return found


def target(port, workload):
    """The number of a Service's target port, by the containers that it names."""
    wanted = port.get("targetPort", port["port"])
    if isinstance(wanted, int):
        return wanted
    for container in workload["spec"]["template"]["spec"]["containers"]:
        for declared in container.get("ports", []):
            if declared.get("name") == wanted:
                return declared["containerPort"]
    return f"no port {wanted}"


def services(manifest):
    workloads = [item for (_, kind, _, _), item in manifest.items() if kind == "Deployment"]
    found = {}
    for (_, kind, _, name), item in manifest.items():
        if kind != "Service":
            continue
        selector = item["spec"]["selector"].items()
        selected = [workload for workload in workloads if selector <= workload["spec"]["template"]["metadata"]["labels"].items()]
        if len(selected) != 1:
            found[name] = f"selects {len(selected)} workloads"
            continue
        found[name] = {
            "type": item["spec"].get("type", "ClusterIP"),
            "workload": selected[0]["metadata"]["name"],
            "ports": sorted((port["port"], target(port, selected[0])) for port in item["spec"]["ports"]),
        }
    return found


def published_edges(folder):
    """(caller, called, port) of the published policies; the caller is None where everybody may call."""
    edges = set()
    for file in sorted(pathlib.Path(folder).glob("network-policy-*.yaml")):
        for policy in yaml.safe_load_all(file.read_text(encoding="utf-8")):
            called = policy["spec"]["podSelector"].get("matchLabels", {}).get("app")
            for rule in policy["spec"].get("ingress", []):
                callers = [peer["podSelector"]["matchLabels"]["app"] for peer in rule.get("from", [])] or [None]
                ports = [port["port"] for port in rule.get("ports", [])] or [None]
                edges |= {(caller, called, port) for caller in callers for port in ports}
    return edges


def allows(rules, peer_key, pod, port):
    """True if one of the rules lets the pods of this name through at this port; a pod None stands for anybody."""
    for rule in rules:
        ports = [entry["port"] for entry in rule.get("ports", [])]
        if ports and port not in ports:
            continue
        peers = rule.get(peer_key, [])
        if not peers or any(peer.get("podSelector", {}).get("matchLabels") == {NAME: pod} and "namespaceSelector" not in peer for peer in peers):
            return True
    return False


def missing_edges(manifest, edges):
    policies = [item["spec"] for (_, kind, _, _), item in manifest.items() if kind == "NetworkPolicy"]

    def rules(pod, direction):
        return [rule for spec in policies if spec["podSelector"]["matchLabels"] == {NAME: pod} for rule in spec.get(direction, [])]

    ports = {name: given["ports"] for (name, role, _), given in containers(manifest).items() if role == "containers"}
    for caller, called, port in sorted(edges, key=str):
        for number in [port] if port else ports[called]:
            if not allows(rules(called, "ingress"), "from", caller, number):
                yield f"{caller or 'anybody'} -> {called}:{number}: not let in"
            if caller and not allows(rules(caller, "egress"), "to", called, number):
                yield f"{caller} -> {called}:{number}: not let out"


def main():
    kdsl, file, manifest, policies = sys.argv[1:]
    ours = objects(build(kdsl, file))
    theirs = objects(pathlib.Path(manifest).read_text(encoding="utf-8"))
    found = []
    compared = 0
    for ask in (containers, services):
        built, published = ask(ours), ask(theirs)
        compared += len(published)
        for key in sorted(set(built) | set(published), key=str):
            if built.get(key) != published.get(key):
                found.append(f"{key}: {built.get(key)}, published {published.get(key)}")
    edges = published_edges(policies)
    found += missing_edges(ours, edges)
    for line in found:
        print(line)
    print(f"{len(ours)} objects built; {compared} containers and Services and {len(edges)} connections compared, {len(found)} differences")
    sys.exit(1 if found or compared < 20 or len(edges) < 10 else 0)


if __name__ == "__main__":
    main()
