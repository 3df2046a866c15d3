#!/usr/bin/env python3
"""The .vsix that `node package.mjs` makes has what the extension needs, the program that it was given, and nothing else."""

import json
import os
import stat
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

from skip import need, skip

EXTENSION = Path(__file__).resolve().parents[2] / "editors/vscode"
PROGRAM = Path(os.environ["KDSL_PROGRAM"])
# What a user downloads besides the program.
MOST_BYTES = 400_000
CONTENT = {
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/changelog.md",
    "extension/dist/extension.js",
    "extension/dist/kdsl.tmLanguage.json",
    "extension/language-configuration.json",
    "extension/package.json",
    "extension/readme.md",
    "extension/server/kdsl",
    "extension/snippets/kdsl.json",
}


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # A folder of its own: another test may pack at the same time.
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.vsix = Path(cls.folder.name) / "kdsl.vsix"
        environment = {**os.environ, "KDSL_SERVER": str(PROGRAM), "KDSL_VSIX": str(cls.vsix)}
        subprocess.run(["npm", "run", "--silent", "package"], cwd=EXTENSION, env=environment, check=True, stdout=subprocess.DEVNULL)
        cls.archive = zipfile.ZipFile(cls.vsix)
        cls.addClassCleanup(cls.archive.close)

    def test_content(self):
        self.assertEqual(set(self.archive.namelist()), CONTENT)

    def test_size(self):
        others = sum(entry.compress_size for entry in self.archive.infolist() if entry.filename != "extension/server/kdsl")
        self.assertLess(others, MOST_BYTES)
        self.assertLess(self.vsix.stat().st_size, PROGRAM.stat().st_size / 2 + MOST_BYTES)

    def test_the_server_is_the_program_and_runs(self):
        entry = self.archive.getinfo("extension/server/kdsl")
        self.assertTrue((entry.external_attr >> 16) & stat.S_IXUSR)
        server = Path(self.archive.extract(entry, self.folder.name))
        self.assertEqual(server.read_bytes(), PROGRAM.read_bytes())
        server.chmod(0o755)
        self.assertIn("kdsl", subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout)

    def test_all_that_the_manifest_names_is_there(self):
        manifest = json.loads(self.archive.read("extension/package.json"))
        contributes = manifest["contributes"]
        named = [manifest["main"], *(one["path"] for one in contributes["grammars"] + contributes["snippets"]), *(one["configuration"] for one in contributes["languages"])]
        for path in named:
            self.assertIn("extension/" + path.removeprefix("./"), CONTENT)

    def test_the_readme_and_the_manifest_name_the_same(self):
        """Every command and setting is in one of the tables of the README, by its title or name."""
        manifest = json.loads(self.archive.read("extension/package.json"))
        readme = self.archive.read("extension/readme.md").decode()
        for command in manifest["contributes"]["commands"]:
            self.assertIn(command["title"].removesuffix("…"), readme)
        for setting in manifest["contributes"]["configuration"]["properties"]:
            self.assertIn(f"`{setting}`", readme)

    def test_the_changelog_has_the_version(self):
        version = json.loads(self.archive.read("extension/package.json"))["version"]
        self.assertIn(f"## {version}\n", self.archive.read("extension/changelog.md").decode())


if __name__ == "__main__":
    need("node", "nodejs")
    need("npm", "npm")
    if not (EXTENSION / "node_modules").is_dir():
        skip("the packages of editors/vscode are not installed (run `npm ci` there)")
    unittest.main()
