#!/usr/bin/env python3
"""Runs the measurements of the compiler: passes in process, and whole builds beside jsonnet and kubectl kustomize.

usage: run.py [BUILD]     a build folder of the preset `release` made with -DKDSL_BENCH=ON; build/release if left out

    cmake --preset release -DKDSL_BENCH=ON && ninja -C build/release kdsl parse_bench emit_bench edit_bench && bench/run.py
"""
import os
import pathlib
import platform
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "release").resolve()
    print(f"{processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    steps = {
        "Parsing with recovery": [build / "bench" / "parse_bench"],
        "Writing": [build / "bench" / "emit_bench"],
        "An edit of one character": [build / "bench" / "edit_bench"],
        "Layers, targets, tests": [sys.executable, ROOT / "bench" / "layers.py", build / "kdsl"],
        "Whole builds": [sys.executable, ROOT / "bench" / "peers.py", build / "kdsl"],
    }
    for title, command in steps.items():
        print(f"\n== {title}", flush=True)
        subprocess.run([str(part) for part in command], check=False)


if __name__ == "__main__":
    main()
