#!/usr/bin/env python3
"""What Neovim's pattern highlighting makes of programs: neovim.py FOLDER (see test_highlighting.py)."""

import os
import subprocess
import sys
from pathlib import Path

from skip import need

HERE = Path(__file__).resolve().parent
PLUGIN = HERE.parents[1] / "editors/neovim"


def main() -> int:
    nvim = need("nvim", "neovim")
    command = [nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "--cmd", f"set runtimepath^={PLUGIN}", "-c", "filetype plugin on | syntax on",
               "-c", f"luafile {HERE / 'vim_classes.lua'}"]
    return subprocess.run(command, env={**os.environ, "KDSL_PROGRAMS": sys.argv[1]}, timeout=280, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
