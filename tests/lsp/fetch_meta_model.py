"""Puts the protocol's types (see meta_model.py) into a folder, once. Without a network the tests run without them."""

import pathlib
import subprocess
import sys

PACKAGE = "lsprotocol==2025.0.0"


def main() -> int:
    folder = pathlib.Path(sys.argv[1])
    if (folder / "lsprotocol").is_dir():
        return 0
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action", "ignore", "--target", str(folder), PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{PACKAGE} could not be installed: the server's messages are not checked against the meta model\n{done.stderr}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
