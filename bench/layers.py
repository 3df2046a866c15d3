#!/usr/bin/env python3
"""Times layers, targets and tests: whole processes, beside kubectl kustomize on an equal overlay.

usage: layers.py KDSL [RUNS]

- 4,000 objects under three layers with five `each` clauses (target: 0.1 s)
- 20 targets of 200 objects each (target: 0.1 s on two cores)
- 200 tests (target: 0.2 s)
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

BASE = """component App {
  param name: DnsLabel
  param replicas: int(0..) = 2
  let labels = { app: name }
  resource deployment = Deployment {
    metadata: { name, labels }
    spec: {
      replicas
      selector.matchLabels: labels
      template: { metadata.labels: labels, spec.containers: [{ name, image: "acme/${name}:1", ports: [{ containerPort: 8080 }] }] }
    }
  }
  resource service = Service { metadata: { name, labels }, spec: { selector: labels, ports: [{ port: 8080 }] } }
  resource account = ServiceAccount { metadata: { name, labels } }
  resource settings = ConfigMap { metadata: { name, labels }, data.LEVEL: "info" }
}
param count: int = COUNT
resource apps = { for (i in range(count)) ["web${i}"]: App { name: "web${i}" } }
"""
TEAM = """extends "./base"
each Deployment { spec.revisionHistoryLimit: 3 }
each Container { imagePullPolicy: "IfNotPresent" }
"""
PROD = """extends "./team"
each Namespaced { metadata: { namespace: "prod", labels.stage: "prod" } }
each ConfigMap { data.LEVEL: "warn" }
each Deployment where (self.metadata.name != "web0") { spec.replicas: super + 1 }
"""
PROJECT = """name: "bench"
targets: { for (i in range(20)) ["t${i}"]: { file: "./prod", namespace: "n${i}" } }
"""
TESTS = "".join(f'test "number {i}" {{ count: 1, check apps.web0.deployment.spec.replicas == 2, check apps.web0.service.spec.ports[8080].port == {8080} }}\n' for i in range(200))


def objects(count):
    for i in range(count):
        name, labels = f"web{i}", {"app": f"web{i}"}
        meta = {"name": name, "labels": labels}
        yield {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta, "spec": {"replicas": 2, "selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": name, "image": f"acme/{name}:1", "ports": [{"containerPort": 8080}]}]}}}}
        yield {"apiVersion": "v1", "kind": "Service", "metadata": meta, "spec": {"selector": labels, "ports": [{"port": 8080}]}}
        yield {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": meta}
        yield {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta, "data": {"LEVEL": "info"}}


def seconds(command, folder, runs):
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        result = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        times.append(time.perf_counter() - begin)
        if result.returncode != 0:
            sys.exit(f"{command}: {result.stderr}")
    return statistics.median(times), min(times)


def main():
    kdsl = os.path.abspath(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder:
        write = lambda name, text: open(os.path.join(folder, name), "w").write(text)
        write("base.kdsl", BASE.replace("COUNT", "1000"))
        write("team.kdsl", TEAM)
        write("prod.kdsl", PROD)
        layers = seconds([kdsl, "build", "prod.kdsl"], folder, runs)
        print(f"4,000 objects, 3 layers, 5 each: {layers[0] * 1000:.0f} ms (best {layers[1] * 1000:.0f})")
        flat = seconds([kdsl, "build", "base.kdsl"], folder, runs)
        print(f"4,000 objects, 1 layer:          {flat[0] * 1000:.0f} ms (best {flat[1] * 1000:.0f})")
        if shutil.which("kubectl"):
            os.mkdir(os.path.join(folder, "k"))
            write("k/all.yaml", "---\n".join(json.dumps(thing) + "\n" for thing in objects(1000)))
            write("k/kustomization.yaml", json.dumps({"resources": ["all.yaml"], "namespace": "prod", "labels": [{"pairs": {"stage": "prod"}}],
                                                      "patches": [{"target": {"kind": "Deployment"}, "patch": '[{"op":"add","path":"/spec/revisionHistoryLimit","value":3}]'},
                                                                  {"target": {"kind": "ConfigMap"}, "patch": '[{"op":"replace","path":"/data/LEVEL","value":"warn"}]'}]}))
            peer = seconds(["kubectl", "kustomize", os.path.join(folder, "k")], folder, 1)
            print(f"kubectl kustomize, 1 overlay:    {peer[0] * 1000:.0f} ms ({peer[0] / layers[0]:.0f} x kdsl)")
        write("base.kdsl", BASE.replace("COUNT", "50"))
        write("project.kdsl", PROJECT)
        targets = seconds([kdsl, "build", "-q"], folder, runs)
        print(f"20 targets of 200 objects:       {targets[0] * 1000:.0f} ms (best {targets[1] * 1000:.0f})")
        write("base_test.kdsl", 'extends "./base"\n' + TESTS)
        tests = seconds([kdsl, "test", "base_test.kdsl"], folder, runs)
        print(f"200 tests:                       {tests[0] * 1000:.0f} ms (best {tests[1] * 1000:.0f})")


if __name__ == "__main__":
    main()
