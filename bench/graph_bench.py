#!/usr/bin/env python3
"""Measures what the graph of objects and its rules cost.

    graph_bench.py KDSL [OTHER_KDSL] [--apps 1000] [--runs 15] [--program FILE] [--share]

Builds a program of four objects an app (Deployment, Service, ConfigMap, Ingress, all naming each other), or the given one, and prints the least
processor time of all runs. With a second command, such as one built before a change, the runs alternate, and the ratio is printed.

--share: the second command is a copy of KDSL in which the graph does nothing, and what the graph takes of the whole is printed. Of a release build for
x86-64, with its symbols.
"""

import argparse
import pathlib
import re
import resource
import subprocess
import tempfile

PROGRAM = """
component App {
  param name: DnsLabel
  let labels = { app: name }
  resource settings = ConfigMap { metadata: { name, labels }, data: { LEVEL: "info", COLOR: "blue" } }
  resource deployment = Deployment {
    metadata: { name, labels }
    spec: {
      selector.matchLabels: labels
      template: {
        metadata: { labels }
        spec: {
          containers: [{
            name: "app", image: "registry.example.com/app:1.4.2", ports: [{ name: "http", containerPort: 8080 }]
            env: [{ name: "LEVEL", valueFrom.configMapKeyRef: { name: settings.metadata.name, key: "LEVEL" } }]
            readinessProbe.httpGet: { path: "/ready", port: "http" }
            resources: { requests: { cpu: 100m, memory: 128Mi }, limits.memory: 128Mi }
            volumeMounts: [{ name: "settings", mountPath: "/etc/app" }]
          }]
          volumes: [{ name: "settings", configMap: { name: settings.metadata.name } }]
        }
      }
    }
  }
  resource service = Service { metadata: { name, labels }, spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] } }
  resource ingress = Ingress {
    metadata: { name, labels }
    spec.rules: [{ host: "${name}.example.com", http.paths: [{ path: "/", pathType: "Prefix", backend.service: { name: service.metadata.name, port.name: "http" } }] }]
  }
}

resource apps = { for (i in range(COUNT)) ["app-${i}"]: App { name: "app-${i}" } }
"""


def once(command: str, program: pathlib.Path) -> float:
    """Processor time, which other work on the machine disturbs least."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([command, "build", str(program)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def without_graph(command: str, copy: pathlib.Path) -> str:
    """A copy of the program in which what inspects objects returns at once."""
    image = bytearray(pathlib.Path(command).read_bytes())
    loads = re.findall(r"LOAD\s+0x(\w+)\s+0x(\w+)\s+0x\w+\s+0x(\w+)", subprocess.run(["readelf", "-lW", command], check=True, capture_output=True, text=True).stdout)
    symbols = re.findall(r"^(\w+) \w (.*)$", subprocess.run(["nm", "-C", command], check=True, capture_output=True, text=True).stdout, re.M)
    entries = [int(address, 16) for address, name in symbols if name in ("kdsl::graph::Analysis::add(kdsl::eval::BuiltObject const&, bool)", "kdsl::graph::Analysis::check(kdsl::diag::Sink&)")]
    if len(entries) != 2:
        raise SystemExit(f"{command}: not the functions that this program knows; has it its symbols?")
    for entry in entries:
        for offset, address, size in ((int(part, 16) for part in load) for load in loads):
            if address <= entry < address + size:
                image[entry - address + offset] = 0xC3  # ret
    copy.write_bytes(image)
    copy.chmod(0o755)
    return str(copy)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="+")
    parser.add_argument("--apps", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--program", type=pathlib.Path)
    parser.add_argument("--share", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "apps.kdsl"
        program.write_text(PROGRAM.replace("COUNT", str(options.apps)), encoding="utf-8")
        if options.program:
            program = options.program
        if options.share:
            options.commands = [options.commands[0], without_graph(options.commands[0], pathlib.Path(folder) / "kdsl-without-graph")]
        best = {command: float("inf") for command in options.commands}
        for _ in range(options.runs):
            for command in options.commands:
                best[command] = min(best[command], once(command, program))
    for command, seconds in best.items():
        print(f"{command}: {seconds * 1000:.1f} ms")
    if len(options.commands) == 2:
        first, second = (best[command] for command in options.commands)
        print(f"the graph: {(first - second) / first:.1%}" if options.share else f"ratio {first / second:.3f}")


if __name__ == "__main__":
    main()
