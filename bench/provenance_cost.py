#!/usr/bin/env python3
"""What provenance costs a build that does not ask for it.

    provenance_cost.py BEFORE AFTER     two kdsl programs, without and with a change

Counts instructions (valgrind's cachegrind), which other work on the machine does not disturb, of building 2,000 objects of a component: as they are, and under an overlay of 2,000 paths
and two `each`. The outputs must be equal. Also tells what `--annotate` costs the second program.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

INSTANCES = 1000
COMPONENT = """component Svc {
  param name: string
  param image: string
  param replicas: int(0..) = 2
  param env: {[string]: string} = {}
  let labels = { app: name }
  resource deployment = Deployment {
    metadata: { name, labels }
    spec: { replicas, selector.matchLabels: labels, template: { metadata.labels: labels, spec.containers: { [name]: {
      image
      env: [for (k, v in env) { name: k, value: v }]
      resources: { limits: { cpu: 1, memory: 1Gi } }
    } } } }
  }
  resource service = Service { metadata: { name, labels }, spec: { selector: labels, ports: [{ port: 80 }] } }
}
"""


def base() -> str:
    return COMPONENT + "".join(f'resource s{i} = Svc {{ name: "s{i}", image: "x:{i}", env: {{ A: "1", B: "2" }} }}\n' for i in range(INSTANCES))


def overlay() -> str:
    paths = "".join(f's{i}.replicas: {i % 7 + 1}\ns{i}.deployment.spec.template.spec.containers["s{i}"].resources.limits.memory: 2Gi\n' for i in range(INSTANCES))
    eaches = 'each Deployment { spec.strategy.rollingUpdate.maxSurge: "25%" }\neach Container { imagePullPolicy: "IfNotPresent" }\n'
    return 'extends "./base"\n' + paths + eaches


def instructions(kdsl: str, source: pathlib.Path, output: pathlib.Path, *options: str) -> int:
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", kdsl, "build", "-j1", str(source), "-o", str(output), *options]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(re.search(r"I +refs: +([\d,]+)", result.stderr).group(1).replace(",", ""))


def main(before: str, after: str) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "base.kdsl").write_text(base(), encoding="utf-8")
        (folder / "overlay.kdsl").write_text(overlay(), encoding="utf-8")
        for case in ("base", "overlay"):
            source, left, right = folder / f"{case}.kdsl", folder / "left.yaml", folder / "right.yaml"
            first, second = instructions(before, source, left), instructions(after, source, right)
            if left.read_bytes() != right.read_bytes():
                print(f"{case}: the outputs differ")
                return 1
            annotated = instructions(after, source, right, "--annotate")
            print(f"{case}: {first / 1e6:.1f} to {second / 1e6:.1f} million instructions, {100 * (second / first - 1):+.1f} %; with --annotate {annotated / 1e6:.1f}, {100 * (annotated / second - 1):+.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
