"""A test that can not run here: skip.py WHY. `need` says so for a program that is missing."""

import shutil
import sys

SKIPPED = 77


def skip(why: str) -> None:
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def need(program: str, package: str) -> str:
    """The program's path. Ends the test as skipped if it is not installed."""
    found = shutil.which(program)
    if found is None:
        skip(f"{program} is not installed (Debian: {package})")
    assert found is not None
    return found


if __name__ == "__main__":
    skip(sys.argv[1])
