#!/usr/bin/env python3
"""Times whole builds of kdsl beside its peers on equal objects, in one run.

usage: peers.py KDSL [RUNS]

Prints wall and processor time (medians of the runs) and peak memory of each command, and the ratio of processor time to kdsl's: it says the most
where other programs run beside. Peers that are not installed are left out.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ONE = """resource web = Deployment {
  metadata: { name: "web", labels.app: "web" }
  spec: {
    replicas: 3
    selector.matchLabels.app: "web"
    template: {
      metadata.labels.app: "web"
      spec.containers: [{ name: "web", image: "acme/web:1", ports: [{ containerPort: 8080 }], resources.limits.memory: 512Mi }]
    }
  }
}
"""

MANY = """component App {
  param name: string
  param replicas: int(0..) = 3
  let labels = { app: name }
  resource deployment = Deployment {
    metadata: { name, labels }
    spec: {
      replicas
      selector.matchLabels: labels
      template: {
        metadata.labels: labels
        spec.containers: [{ name, image: "acme/${name}:1", ports: [{ containerPort: 8080 }], resources.limits.memory: 512Mi }]
      }
    }
  }
}

resource apps = { for (i in range(COUNT)) ["web${i}"]: App { name: "web${i}" } }
"""

JSONNET = """local app(name) = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: name, labels: { app: name } },
  spec: { replicas: 3, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } },
    spec: { containers: [{ name: name, image: 'acme/%s:1' % name, ports: [{ containerPort: 8080 }], resources: { limits: { memory: '512Mi' } } }] } } } };
[app('web%d' % i) for i in std.range(0, COUNT - 1)]
"""


def deployment(name):
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "labels": {"app": name}},
        "spec": {
            "replicas": 3,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": name, "image": f"acme/{name}:1", "ports": [{"containerPort": 8080}], "resources": {"limits": {"memory": "512Mi"}}}]},
            },
        },
    }


def measure(command, runs, folder):
    times, work, peak = [], [], 0
    for _ in range(runs + 1):
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        problem = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - begin)
        work.append(usage.ru_utime + usage.ru_stime)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"{' '.join(command)}: exit {process.returncode}\n{problem.decode()}")
        peak = max(peak, usage.ru_maxrss)
    return statistics.median(times[1:]) * 1000, statistics.median(work[1:]) * 1000, peak / 1024


def main():
    kdsl = os.path.abspath(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    print(f"{os.cpu_count()} cores, {runs} runs each, medians")
    for count in (1, 1000):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "main.kdsl"), "w") as file:
                file.write(ONE if count == 1 else MANY.replace("COUNT", str(count)))
            with open(os.path.join(folder, "main.jsonnet"), "w") as file:
                file.write(JSONNET.replace("COUNT", str(count)))
            with open(os.path.join(folder, "all.yaml"), "w") as file:
                file.write("".join(f"---\n{json.dumps(deployment(f'web{i}'))}\n" for i in range(count)))
            with open(os.path.join(folder, "kustomization.yaml"), "w") as file:
                file.write("resources: [all.yaml]\n")
            contenders = {"kdsl build": [kdsl, "build", "main.kdsl"], "cat of the output": ["cat", "all.yaml"]}
            if shutil.which("jsonnet"):
                contenders["jsonnet"] = ["jsonnet", "main.jsonnet"]
            if shutil.which("kubectl"):
                contenders["kubectl kustomize"] = ["kubectl", "kustomize", "."]
            print(f"\n{count} Deployment{'s' if count > 1 else ''}")
            ours = None
            for name, command in contenders.items():
                wall, work, peak = measure(command, runs, folder)
                ours = ours or work
                print(f"  {name:<18} {wall:9.2f} ms {work:9.2f} ms of processor {peak:7.1f} MB   {work / ours:7.2f} x kdsl")


if __name__ == "__main__":
    main()
