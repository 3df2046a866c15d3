#!/usr/bin/env python3
"""What Emacs' font-lock makes of programs: emacs.py FOLDER (see test_highlighting.py)."""

import subprocess
import sys
from pathlib import Path

from skip import need

HERE = Path(__file__).resolve().parent
MODE = HERE.parents[1] / "editors/emacs/kdsl-mode.el"

if __name__ == "__main__":
    emacs = need("emacs", "emacs-nox")
    sys.exit(subprocess.run([emacs, "-Q", "--batch", "-l", MODE, "-l", HERE / "emacs-classes.el", sys.argv[1]], timeout=280, check=False).returncode)
