"""The language cases as the server sees them: its diagnostics are those that the comments announce, and what they say of editors holds. See tests/cases/README.md."""

import pathlib
import re
import unittest
from typing import List, NamedTuple

from client import Client, uri_of

CASES = pathlib.Path(__file__).resolve().parents[1] / "cases"
VERBS = ("hover", "declares", "goes to", "offers")


class Mark(NamedTuple):
    line: int
    column: int
    width: int
    verb: str
    words: str


def marks_of(text: str) -> List[Mark]:
    """All comments with carets; the verb of one that announces a diagnostic is its code."""
    marks, code_line = [], 0
    for number, line in enumerate(text.split("\n")):
        found = re.match(r"\s*// *(\^+) (?:(hover|declares|goes to|offers): *(.*)|([\w./-]+).*)$", line.rstrip("\r"))
        if found is None:
            if not line.lstrip().startswith(("// at end ",)):
                code_line = number
            continue
        column = len(line[:found.start(1)].encode())
        marks.append(Mark(code_line, column, len(found.group(1)), found.group(2) or found.group(4), (found.group(3) or "").rstrip()))
    return marks


class Cases(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = Client()
        cls.client.initialize()

    @classmethod
    def tearDownClass(cls):
        status = cls.client.shut_down()
        cls.client.__exit__()
        assert status == 0, status

    def files(self):
        return [path for path in sorted(CASES.rglob("*.kdsl")) if path.parent.name != "lib"]

    def open(self, path):
        text = path.read_text(encoding="utf-8")
        uri = uri_of(path)
        self.client.open(uri, text)
        self.addCleanup(lambda: self.client.close(uri))
        return uri, text

    def test_diagnostics(self):
        """Of a case without params and limits of its own, the server says what the comments say."""
        count = 0
        for path in self.files():
            text = path.read_text(encoding="utf-8")
            wanted = sorted((mark.line, mark.column, mark.verb) for mark in marks_of(text) if mark.verb not in VERBS)
            isOfLimits = any(code in text for code in ("KD5010", "KD5011", "KD5012", "KD5013", "KD5020"))
            if not wanted or "// -p " in text or "// at end" in text or isOfLimits:
                continue
            with self.subTest(case=str(path.relative_to(CASES))):
                count += 1
                uri = uri_of(path)
                self.client.open(uri, text)
                items = self.client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
                self.client.close(uri)
                seen = sorted((one["range"]["start"]["line"], one["range"]["start"]["character"], one["code"]) for one in items)
                self.assertEqual(seen, wanted)
        self.assertGreater(count, 30)

    def test_marks(self):
        count = 0
        for path in self.files():
            text = path.read_text(encoding="utf-8")
            marks = [mark for mark in marks_of(text) if mark.verb in VERBS]
            if not marks:
                continue
            uri, _ = self.open(path)
            declared = {mark.words: mark for mark in marks if mark.verb == "declares"}
            for mark in marks:
                count += 1
                with self.subTest(case=path.name, mark=mark):
                    self.check(uri, mark, declared)
        self.assertGreater(count, 25)

    def check(self, uri, mark, declared):
        place = (mark.line, mark.column)
        if mark.verb == "hover":
            found = self.client.at("textDocument/hover", uri, place)
            self.assertIn(mark.words, found["contents"]["value"] if found else "")
        elif mark.verb == "goes to":
            target = declared[mark.words]
            places = [(one["uri"], one["range"]["start"], one["range"]["end"]["character"]) for one in self.client.at("textDocument/definition", uri, place)]
            self.assertIn((uri, {"line": target.line, "character": target.column}, target.column + target.width), places)
        elif mark.verb == "offers":
            labels = {one["label"] for one in self.client.at("textDocument/completion", uri, place)["items"]}
            for word in mark.words.split(", "):
                (self.assertNotIn if word.startswith("!") else self.assertIn)(word.lstrip("!"), labels)


if __name__ == "__main__":
    unittest.main()
