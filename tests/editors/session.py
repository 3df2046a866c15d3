"""How the tests of real editors run: once, and if something is not seen, once more from the start, which the output then tells."""

import sys
import unittest
from typing import Callable

# What is waited for is a condition; how long, only says when to give up on a machine that is busy with other things.
PATIENCE = 150.0


def twice(session: Callable[[], bool]) -> int:
    """The exit status of a session that may fail once."""
    if session():
        return 0
    print("The session failed; all of it is run once more.", flush=True)
    return 0 if session() else 1


def main(cases: type) -> None:
    """Runs the tests of a class, or those of it that the command line names, and ends the program."""
    names = sys.argv[1:]
    load = unittest.defaultTestLoader

    def session() -> bool:
        suite = load.loadTestsFromNames(names, sys.modules[cases.__module__]) if names else load.loadTestsFromTestCase(cases)
        return unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful()

    sys.exit(twice(session))
