#!/usr/bin/env python3
"""Every snippet of the VS Code extension, with the values it proposes, is kdsl that is formatted as kdsl formats."""

import json
import os
import re
import subprocess
import unittest
from pathlib import Path

SNIPPETS = Path(__file__).resolve().parents[2] / "editors/vscode/snippets/kdsl.json"
PLACEHOLDER = re.compile(r"\$\{\d+:([^{}]*)\}|\$\d+")


def expanded(body: list[str]) -> str:
    lines = [PLACEHOLDER.sub(lambda match: match[1] or "", line) for line in body]
    # The line where typing goes on is empty.
    return "\n".join(line for line in lines if line.strip() or line == "").strip("\n") + "\n"


class SnippetTest(unittest.TestCase):
    def test_all(self):
        snippets = json.loads(SNIPPETS.read_text())
        self.assertGreater(len(snippets), 10)
        for name, snippet in snippets.items():
            text = expanded(snippet["body"])
            # A value stands behind a key.
            before = "x: " if name == "Match" else ""
            with self.subTest(name):
                done = subprocess.run([os.environ["KDSL_PROGRAM"], "fmt", "-"], input=before + text, capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(done.stdout, before + text)

    def test_prefixes_are_different(self):
        prefixes = [snippet["prefix"] for snippet in json.loads(SNIPPETS.read_text()).values()]
        self.assertEqual(len(prefixes), len(set(prefixes)))


if __name__ == "__main__":
    unittest.main()
