#!/usr/bin/env python3
"""Runs what needs the npm packages of the VS Code extension: vscode.py test, or vscode.py classes FOLDER (see test_highlighting.py)."""

import subprocess
import sys
from pathlib import Path

from skip import need, skip

EXTENSION = Path(__file__).resolve().parents[2] / "editors/vscode"


def main() -> int:
    node = need("node", "nodejs")
    if not (EXTENSION / "node_modules").is_dir():
        skip("the packages of editors/vscode are not installed (run `npm ci` there)")
    for command in ([node, "node_modules/typescript/bin/tsc", "--noEmit"], [node, "build.mjs", "--tests"]):
        if sys.argv[1] == "test" or "build.mjs" in command:
            subprocess.run(command, cwd=EXTENSION, check=True)
    if sys.argv[1] == "classes":
        return subprocess.run([node, EXTENSION / "dist/test/classes.js", sys.argv[2]], check=False).returncode
    tests = sorted((EXTENSION / "dist/test").glob("*.test.js"))
    return subprocess.run([node, "--test", *tests], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
