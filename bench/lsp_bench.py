#!/usr/bin/env python3
"""Measures the language server as an editor feels it: one client on the pipes of a `kdsl lsp` process, transport included.

    bench/lsp_bench.py [--program build/release/kdsl] [--keys 200] [--typed 400] [--edits 10000] [--peer] [--json FILE]

Times are milliseconds, 50th and 95th percentile. "key to diagnostics" is from sending a change to the arrival of the diagnostics of its version.
"typed" writes new lines as a person does, with pauses between the keys, completions and hovers; its processor time is that of the server. --edits
says how much memory grows over so many edits. --peer runs yaml-language-server (from npm, installed into a temporary folder) on the YAML that the
file builds, with the schema of a Deployment.
"""

import argparse
import json
import random
import shutil
import subprocess
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


def processes_of(process: int) -> list:
    """The process and its children: the server is two of them."""
    found = [process]
    for path in pathlib.Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text().split():
            found += processes_of(int(child))
    return found


def memory_mb(process: int) -> float:
    """What the processes have for themselves alone, and their share of what they have in common."""
    total = 0
    for one in processes_of(process):
        for line in pathlib.Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return round(total / 1024, 1)


def processor_seconds(process: int) -> float:
    ticks = 0
    for one in processes_of(process):
        fields = pathlib.Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


TYPED = """resource extra{n} = Deployment {{
  metadata: {{ name: "extra-{n}", labels.app: "extra" }}
  spec: {{
    replicas: 3
    selector.matchLabels.app: "extra"
    template: {{
      metadata.labels.app: "extra"
      spec.containers.main: {{ image: "registry.example.com/extra:1.0", ports: [{{ containerPort: 8080 }}] }}
    }}
  }}
}}
"""


def typing(client: Client, uri: str, text: str, keys: int) -> dict:
    """Writes at the end of the file as a person does: a key every 60 to 200 ms, now and then a completion or a hover."""
    source = random.Random(3)
    line, column = position_of(text, len(text))
    written = "".join(TYPED.format(n=n) for n in range(1 + keys // 300))[:keys]
    times, completions = [], []
    before = processor_seconds(client.process.pid)
    document = {"textDocument": {"uri": uri}}
    for index, character in enumerate(written):
        begin = time.perf_counter()
        version = client.change(uri, [edit((line, column), (line, column), character)])
        line, column = (line + 1, 0) if character == "\n" else (line, column + 1)
        if character in ".{" or index % 9 == 0:
            position = {"position": {"line": line, "character": column}}
            completions.append(timed(lambda: client.request("textDocument/completion", {**document, **position})))
        client.diagnostics(uri, version)
        times.append((time.perf_counter() - begin) * 1000)
        time.sleep(source.uniform(0.06, 0.2))
    used = processor_seconds(client.process.pid) - before
    return {"typed key to diagnostics": percentiles(times), "completion while typing": percentiles(completions),
            "processor ms per key": round(used * 1000 / len(written), 2)}


def endurance(program: str, lines: int, edits: int) -> dict:
    """Memory after a tenth of the edits and after all of them."""
    text = program_of(lines)
    source = random.Random(5)
    with tempfile.TemporaryDirectory() as folder, Client([program, "lsp"]) as client:
        client.checker = None
        client.initialize()
        uri = uri_of(os.path.join(folder, "main.kdsl"))
        client.open(uri, text)
        places = [index for index in range(len(text)) if text.startswith("replicas: 3", index)]
        early = 0.0
        for number in range(edits):
            at = source.choice(places) + len("replicas: ")
            line, column = position_of(text, at)
            digit = str(source.randrange(1, 9))
            text = text[:at] + digit + text[at + 1:]
            version = client.change(uri, [edit((line, column), (line, column + 1), digit)])
            if number % 10 == 0:
                client.diagnostics(uri, version)
                client.request("textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})
                client._kept.clear()
            if number == edits // 10:
                early = memory_mb(client.process.pid)
        late = memory_mb(client.process.pid)
        client.shut_down()
    return {"edits": edits, "MB after a tenth": early, "MB at the end": late, "growth %": round((late / early - 1) * 100, 1)}


def peer(program: str, lines: int, keys: int) -> dict:
    """yaml-language-server on the YAML that the same file builds."""
    if shutil.which("npm") is None:
        return {"skipped": "no npm"}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["npm", "install", "--silent", "--prefix", folder, "yaml-language-server@1.19.2"], capture_output=True, text=True)
        server = pathlib.Path(folder) / "node_modules" / ".bin" / "yaml-language-server"
        if not server.exists():
            return {"skipped": "yaml-language-server could not be installed: " + done.stderr.strip()[-200:]}
        source = pathlib.Path(folder) / "main.kdsl"
        source.write_text(program_of(lines))
        yaml = subprocess.run([program, "build", str(source)], capture_output=True, text=True, check=True).stdout
        schema = pathlib.Path(folder) / "schema.json"
        text_field = {"type": "string"}
        schema.write_text(json.dumps({"type": "object", "required": ["apiVersion", "kind", "metadata", "spec"],
                                      "properties": {"apiVersion": text_field, "kind": text_field, "metadata": {"type": "object"}, "spec": {"type": "object", "properties": {"replicas": {"type": "integer"}}}}}))
        begin = time.perf_counter()
        with Client([str(server), "--stdio"]) as client:
            client.checker = None
            client.initialize({"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}, "workspace": {"configuration": False}})
            result = {"lines": yaml.count("\n"), "spawn to initialize": round((time.perf_counter() - begin) * 1000, 1)}
            client.notify("workspace/didChangeConfiguration", {"settings": {"yaml": {"validate": True, "schemas": {schema.as_uri(): ["*.yaml"]}, "schemaStore": {"enable": False}}}})
            uri = uri_of(pathlib.Path(folder) / "main.yaml")
            client._versions[uri] = 1
            result["open to diagnostics"] = round(timed(lambda: (client.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": yaml}}),
                                                                   client.diagnostics(uri))), 1)
            at = yaml.index("replicas: 3") + len("replicas: 3")
            line, column = position_of(yaml, at)
            times = []
            for key in range(keys):
                change = edit((line, column), (line, column), "1") if key % 2 == 0 else edit((line, column), (line, column + 1), "")
                times.append(timed(lambda: (client.change(uri, [change]), client.diagnostics(uri))))
            result["key to diagnostics"] = percentiles(times)
            place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column - 5}}
            for name in ("hover", "completion"):
                result[name] = percentiles([timed(lambda: client.request("textDocument/" + name, place)) for _ in range(20)])
            result["memory MB"] = memory_mb(client.process.pid)
            client.process.kill()
    return result


def measure(program: str, lines: int, keys: int, typed: int) -> dict:
    text = program_of(lines)
    result = {"lines": text.count("\n"), "bytes": len(text)}
    with tempfile.TemporaryDirectory() as folder, Client([program, "lsp"]) as client:
        client.checker = None  # whether messages are what the protocol says is for the tests; it takes longer than most answers
        begin = time.perf_counter()
        client.initialize()
        uri = uri_of(os.path.join(folder, "main.kdsl"))
        result["initialize"] = round((time.perf_counter() - begin) * 1000, 2)

        def open_file():
            client.open(uri, text)
            client.diagnostics(uri, 1)

        result["open to diagnostics"] = round(timed(open_file), 2)
        document = {"textDocument": {"uri": uri}}

        # Nobody asks before having looked at the file.
        time.sleep(0.5)
        first = position_of(text, text.index("Deployment {"))
        result["first completion"] = round(timed(lambda: client.request("textDocument/completion", {**document, "position": {"line": first[0], "character": first[1] + 3}})), 2)

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

        # The values that a hover shows are evaluated anew after a key.
        hovers = []
        for key in range(keys // 2):
            change = edit((line, column - 1), (line, column), "4" if key % 2 == 0 else "3")
            client.diagnostics(uri, client.change(uri, [change]))
            hovers.append(timed(lambda: client.request("textDocument/hover", {**document, **position})))
        result["hover after a key"] = percentiles(hovers)
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
            "why": ("kdsl/why", {**document, **position}),
            "inlay hints": ("textDocument/inlayHint", {**document, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 10 ** 6, "character": 0}}}),
            "rendered": ("kdsl/rendered", document),
        }
        for name, (method, params) in requests.items():
            result[name] = percentiles([timed(lambda: client.request(method, params)) for _ in range(max(10, keys // 5))])
        if typed:
            result.update(typing(client, uri, text, typed))
        result["memory MB"] = memory_mb(client.process.pid)
        client.shut_down()
    return result


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", default=str(ROOT / "build/release/kdsl"))
    arguments.add_argument("--keys", type=int, default=200)
    arguments.add_argument("--lines", type=int, nargs="*", default=[30, 300, 5000])
    arguments.add_argument("--typed", type=int, default=0, help="keys to type as a person does")
    arguments.add_argument("--edits", type=int, default=0, help="edits to watch the memory over")
    arguments.add_argument("--peer", action="store_true", help="measure yaml-language-server beside it")
    arguments.add_argument("--json", help="write the figures to this file too")
    options = arguments.parse_args()

    spawns = []
    for _ in range(10):
        begin = time.perf_counter()
        with Client([options.program, "lsp"]) as client:
            client.initialize()
            spawns.append((time.perf_counter() - begin) * 1000)
            client.shut_down()
    figures = {"spawn to initialize": percentiles(spawns), "files": [measure(options.program, lines, options.keys, options.typed) for lines in options.lines]}

    print(f"spawn to initialize   p50 {figures['spawn to initialize']['p50']:8.2f}   p95 {figures['spawn to initialize']['p95']:8.2f}")
    for one in figures["files"]:
        print(f"\n{one['lines']} lines, {one['bytes']} bytes; {one['memory MB']} MB")
        for name, value in one.items():
            if isinstance(value, dict):
                print(f"  {name:26} p50 {value['p50']:8.2f}   p95 {value['p95']:8.2f}")
            elif name not in ("lines", "bytes", "memory MB"):
                print(f"  {name:26}     {value:8.2f}")
    if options.edits:
        figures["endurance"] = endurance(options.program, 300, options.edits)
        print(f"\nendurance: {figures['endurance']}")
    if options.peer:
        figures["yaml-language-server"] = peer(options.program, 300, min(options.keys, 50))
        print(f"\nyaml-language-server on the YAML of the 300 lines: {figures['yaml-language-server']}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
