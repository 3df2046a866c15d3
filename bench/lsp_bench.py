#!/usr/bin/env python3
"""Measures the language server as an editor feels it: one client on the pipes of a `kdsl lsp` process, transport included.

    bench/lsp_bench.py [--program build/release/compiler/driver/kdsl] [--keys 200] [--json FILE]

Times are milliseconds, 50th and 95th percentile. "key to diagnostics" is from sending a change to the arrival of the diagnostics of its version.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "lsp"))
from client import Client, edit, position_of, uri_of  # noqa: E402

UNIT = """
component Web{n} {{
  /// Name of every object.
  param name: string
  param image: string = "registry.example.com/web:1.0"
  param replicas: int(0..) = 2
  param memory: Quantity = 128Mi
  let labels = {{ "app.kubernetes.io/name": name }}
  check enough: replicas > 0 else "no replicas: ${{replicas}}"
  resource deployment = Deployment {{
    metadata: {{ name, labels }}
    spec: {{
      replicas
      selector.matchLabels: labels
      template: {{
        metadata.labels: labels
        spec.containers: {{
          web: {{ image, resources: {{ requests.memory: memory, limits.memory: memory }}, ports: [{{ containerPort: 8080 }}] }}
        }}
      }}
    }}
  }}
  resource service = Service {{ metadata: {{ name, labels }}, spec: {{ selector: labels, ports: [{{ port: 80, targetPort: 8080 }}] }} }}
}}
resource web{n} = Web{n} {{ name: "web-{n}", replicas: 3, memory: 256Mi }}
web{n}.deployment.spec.template.metadata.annotations: {{ "example.com/n": "{n}" }}
"""


def program_of(lines: int) -> str:
    unit_lines = UNIT.count("\n")
    return "".join(UNIT.format(n=n) for n in range(max(1, lines // unit_lines)))


def percentiles(values):
    ordered = sorted(values)
    return {"p50": round(statistics.median(ordered), 2), "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 2)}


def timed(action) -> float:
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000


def memory_mb(process: int) -> float:
    for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def measure(program: str, lines: int, keys: int) -> dict:
    text = program_of(lines)
    result = {"lines": text.count("\n"), "bytes": len(text)}
    with tempfile.TemporaryDirectory() as folder, Client([program, "lsp"]) as client:
        begin = time.perf_counter()
        client.initialize()
        uri = uri_of(os.path.join(folder, "main.kdsl"))
        result["initialize"] = round((time.perf_counter() - begin) * 1000, 2)

        def open_file():
            client.open(uri, text)
            client.diagnostics(uri, 1)

        result["open to diagnostics"] = round(timed(open_file), 2)
        document = {"textDocument": {"uri": uri}}

        # One key at a time into a value in the middle of the file, and out again.
        at = text.index("replicas: 3", len(text) // 2) + len("replicas: 3")
        line, column = position_of(text, at)
        key_times, burst = [], []
        for key in range(keys):
            change = edit((line, column), (line, column), "1") if key % 2 == 0 else edit((line, column), (line, column + 1), "")
            key_times.append(timed(lambda: client.diagnostics(uri, client.change(uri, [change]))))
        result["key to diagnostics"] = percentiles(key_times)

        # Keys that come as fast as a fast typist's, with the requests that editors send along.
        for key in range(keys // 2):
            change = edit((line, column), (line, column), "1") if key % 2 == 0 else edit((line, column), (line, column + 1), "")

            def burst_step():
                version = client.change(uri, [change])
                client.request("textDocument/semanticTokens/full", document)
                client.diagnostics(uri, version)

            burst.append(timed(burst_step))
        result["key with semantic tokens"] = percentiles(burst)

        position = {"position": {"line": line, "character": column - 5}}
        middle = text.index("image, resources", len(text) // 2)
        inside = position_of(text, middle)
        requests = {
            "hover": ("textDocument/hover", {**document, **position}),
            "definition": ("textDocument/definition", {**document, **position}),
            "highlight": ("textDocument/documentHighlight", {**document, **position}),
            "references": ("textDocument/references", {**document, **position, "context": {"includeDeclaration": True}}),
            "completion": ("textDocument/completion", {**document, "position": {"line": inside[0], "character": inside[1]}}),
            "symbols": ("textDocument/documentSymbol", document),
            "folding": ("textDocument/foldingRange", document),
            "semantic tokens": ("textDocument/semanticTokens/full", document),
            "formatting": ("textDocument/formatting", {**document, "options": {"tabSize": 2, "insertSpaces": True}}),
            "rendered": ("kdsl/rendered", document),
        }
        for name, (method, params) in requests.items():
            result[name] = percentiles([timed(lambda: client.request(method, params)) for _ in range(max(10, keys // 5))])
        result["memory MB"] = memory_mb(client.process.pid)
        client.shut_down()
    return result


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", default=str(ROOT / "build/release/compiler/driver/kdsl"))
    arguments.add_argument("--keys", type=int, default=200)
    arguments.add_argument("--lines", type=int, nargs="*", default=[30, 300, 5000])
    arguments.add_argument("--json", help="write the figures to this file too")
    options = arguments.parse_args()

    spawns = []
    for _ in range(10):
        begin = time.perf_counter()
        with Client([options.program, "lsp"]) as client:
            client.initialize()
            spawns.append((time.perf_counter() - begin) * 1000)
            client.shut_down()
    figures = {"spawn to initialize": percentiles(spawns), "files": [measure(options.program, lines, options.keys) for lines in options.lines]}

    print(f"spawn to initialize   p50 {figures['spawn to initialize']['p50']:8.2f}   p95 {figures['spawn to initialize']['p95']:8.2f}")
    for one in figures["files"]:
        print(f"\n{one['lines']} lines, {one['bytes']} bytes; {one['memory MB']} MB")
        for name, value in one.items():
            if isinstance(value, dict):
                print(f"  {name:26} p50 {value['p50']:8.2f}   p95 {value['p95']:8.2f}")
            elif name not in ("lines", "bytes", "memory MB"):
                print(f"  {name:26}     {value:8.2f}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
