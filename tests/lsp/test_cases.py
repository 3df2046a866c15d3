"""The language cases as the server sees them: its diagnostics are those that the comments announce, and what they say of editors holds. See tests/cases/README.md."""

import pathlib
import re
import unittest
from typing import List, NamedTuple

from client import Client, ResponseError, uri_of
from edits import applied, changed_lines, edits_by_uri, with_short_entries

CASES = pathlib.Path(__file__).resolve().parents[1] / "cases"
VERBS = ("hover", "declares", "goes to", "offers", "becomes", "fixes", "rename to")


class Mark(NamedTuple):
    line: int
    column: int
    width: int
    verb: str
    words: str
    name: str = ""  # the new one of a rename


def marks_of(text: str) -> List[Mark]:
    """All comments with carets; the verb of one that announces a diagnostic is its code."""
    marks, code_line = [], 0
    for number, line in enumerate(text.split("\n")):
        found = re.match(r"\s*// *(\^+) (?:(hover|declares|goes to|offers|becomes|fixes|rename to(?= [\w-]+:))(?: ([\w-]+))?: *(.*)|([\w./-]+).*)$", line.rstrip("\r"))
        if found is None:
            if not line.lstrip().startswith(("// at end ",)):
                code_line = number
            continue
        column = len(line[:found.start(1)].encode())
        marks.append(Mark(code_line, column, len(found.group(1)), found.group(2) or found.group(5), (found.group(4) or "").rstrip(), found.group(3) or ""))
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
                    if mark.verb == "rename to":
                        self.check_rename(path, mark, marks)
                    elif mark.verb == "fixes":
                        self.check_fix(path, mark)
                    else:
                        self.check(uri, mark, declared)
        self.assertGreater(count, 70)

    def problems(self, texts):
        """The codes of what is found in each of the documents."""
        return {uri: sorted(one["code"] for one in self.client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]) for uri in texts}

    def renamed(self, uri, place, name, texts):
        """The texts after a rename, opened and told to the server, and the edits."""
        edits = edits_by_uri(self.client.at("textDocument/rename", uri, place, newName=name))
        for other, list_ in edits.items():
            self.client.change(other, [{"text": applied(texts[other], list_)}])
        return {**texts, **{other: applied(texts[other], list_) for other, list_ in edits.items()}}, edits

    def check_rename(self, path, mark, marks):
        uri, place = uri_of(path), (mark.line, mark.column)
        if mark.words.startswith("refused"):
            with self.assertRaises(ResponseError) as refused:
                self.client.at("textDocument/rename", uri, place, newName=mark.name)
            self.assertIn(mark.words[len("refused"):].strip(), refused.exception.message)
            return
        others = [(path.parent / word).resolve() for word in re.findall(r"\d+ in ([^,]+)", mark.words)]
        texts = {uri_of(one): one.read_text(encoding="utf-8") for one in [path, *others]}
        for other in list(texts)[1:]:
            self.client.open(other, texts[other])
        before = self.problems(texts)
        after, edits = self.renamed(uri, place, mark.name, texts)
        seen = sorted((one["range"]["start"]["line"], one["range"]["start"]["character"], one["newText"]) for one in edits[uri])
        wanted = sorted((one.line, one.column, one.name or one.words) for one in marks
                        if (one.verb == "rename to" and one.name == mark.name) or (one.verb == "becomes" and re.search(rf"(?<![\w-]){mark.name}(?![\w-])", one.words)))
        counts = ", ".join(sorted(f"{len(edits.get(uri_of(one), []))} in {one.relative_to(path.parent)}" for one in others))
        try:
            self.assertEqual(seen, wanted)
            self.assertEqual(counts, mark.words)
            self.assertEqual(self.problems(texts), before)
            name = texts[uri].split("\n")[mark.line].encode()[mark.column:mark.column + mark.width].decode()
            shift = sum(len(text.encode()) - (one["range"]["end"]["character"] - one["range"]["start"]["character"]) for one in edits[uri] for text in [one["newText"]]
                        if one["range"]["start"]["line"] == mark.line and one["range"]["start"]["character"] < mark.column)
            back, _ = self.renamed(uri, (mark.line, mark.column + shift), name, after)
            self.assertEqual({one: with_short_entries(text) for one, text in back.items()}, {one: with_short_entries(text) for one, text in texts.items()})
        finally:
            self.client.change(uri, [{"text": texts[uri]}])
            for other in list(texts)[1:]:
                self.client.close(other)

    def check_fix(self, path, mark):
        uri, text = uri_of(path), path.read_text(encoding="utf-8")
        title, _, after = (part.strip() for part in mark.words.rpartition(" -> "))
        place = {"line": mark.line, "character": mark.column}
        actions = self.client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": {"diagnostics": [], "only": ["quickfix"]}})
        titles = [one["title"] for one in actions]
        self.assertIn(title, titles)
        edits = edits_by_uri(actions[titles.index(title)]["edit"])
        self.assertEqual(changed_lines(text, applied(text, edits[uri])), after)

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
