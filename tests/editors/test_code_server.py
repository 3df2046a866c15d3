#!/usr/bin/env python3
"""VS Code in a browser with the packaged extension and the built server: see code_server.mjs, and install_code_server.sh for what it needs.

`--pictures` writes the screenshots of the documentation.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from session import twice
from skip import need, skip
from workspace import commit, write

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXTENSION = ROOT / "editors/vscode"
TOOLS = Path(os.environ.get("KDSL_CODE_SERVER", ROOT / ".deps/code-server"))


def main() -> int:
    node = need("node", "nodejs")
    need("npm", "npm")
    need("git", "git")
    need(os.environ.get("KDSL_CHROMIUM", "chromium"), "chromium")
    if not (TOOLS / "installed").exists():
        skip(f"code-server is not in {TOOLS} (tests/editors/install_code_server.sh)")
    if not (EXTENSION / "node_modules").is_dir():
        skip("the packages of editors/vscode are not installed (run `npm ci` there)")
    pictures = [str(ROOT / "docs/guide/editors/images")] if "--pictures" in sys.argv else []
    with tempfile.TemporaryDirectory() as folder:
        vsix = Path(folder) / "kdsl.vsix"
        subprocess.run(["npm", "run", "--silent", "package"], cwd=EXTENSION, check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "KDSL_SERVER": os.environ["KDSL_PROGRAM"], "KDSL_VSIX": str(vsix)})
        return twice(lambda: session(node, vsix, pictures))


def session(node: str, vsix: Path, pictures: list[str]) -> bool:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "shop"
        folder.mkdir()
        write(folder)
        commit(folder)
        return subprocess.run([node, HERE / "code_server.mjs", TOOLS, vsix, folder, *pictures], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
