"""Edits: whatever the client sent, the server's text is the client's.

KDSL_LSP_EDITS=100000 python3 -m unittest test_documents.RandomEdits   # many edits instead of a few hundred
"""

import os
import random
import unittest

from client import Client, apply_edits, columns, edit, position_of

URI = "file:///tmp/kdsl-documents/a.kdsl"
EDITS = int(os.environ.get("KDSL_LSP_EDITS", "480"))
PROGRAM = """param size: int = 1
private let names = ["é😀", "b"]\r
component Web {
  param name: string
  param replicas: int(0..) = 2
  resource map = ConfigMap { metadata.name: name, data: { for (n in names) { [n]: "${replicas}" } } }
  check enough: replicas > 0 else "none"
}
resource a = Web { name: "a", replicas: size }
resource b = Deployment { metadata.name: "b", spec: { selector.matchLabels.app: "b", template: { metadata.labels.app: "b", spec.containers: { c: { image: "i" } } } } }
a.replicas: 3
"""
PIECES = ["", "x", "let a = 1\n", "\n", "\r\n", "\r", "{", "}", "\"", "é", "€", "😀", "param p: int = 2\n", "resource r = ConfigMap { metadata.name: \"a\" }\n", "// c\n", "${", " "]


def text_seen(client: Client) -> str:
    """The server's text of the document, through its semantic tokens and structure: equal texts give equal answers. But for what is kept from before errors,
    which a server that never saw another text does not have."""
    document = {"textDocument": {"uri": URI}}
    tokens = client.request("textDocument/semanticTokens/full", document)["data"]
    symbols = client.request("textDocument/documentSymbol", document)
    folds = client.request("textDocument/foldingRange", document)
    pulled = client.request("textDocument/diagnostic", document)["items"]
    whole = client.request("textDocument/selectionRange", {**document, "positions": [{"line": 10 ** 6, "character": 10 ** 6}]})
    rendered = client.request("kdsl/rendered", document)
    links = client.request("textDocument/documentLink", document)
    hints = client.request("textDocument/inlayHint", {**document, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 10 ** 6, "character": 0}}})
    lenses = [client.request("codeLens/resolve", one) if "data" in one else one for one in client.request("textDocument/codeLens", document)]
    why = [client.at("kdsl/why", URI, place) for place in ((0, 8), (5, 60), (8, 42), (10, 5))]
    if "builtAt" in rendered:
        rendered = (rendered["ok"], rendered["problems"], [])
    elif not rendered["objects"]:
        rendered = (rendered["ok"], rendered["problems"], rendered["objects"])
    why = [{**one, "views": [view for view in one["views"] if not view.get("old")]} for one in why]
    if any(one["severity"] == 1 for one in pulled):
        hints = [one for one in hints if not one["label"].startswith(" = ")]
    return repr((tokens, symbols, folds, pulled, whole, rendered, links, hints, lenses, why))


class Sync(unittest.TestCase):
    def test_versions_come_back_with_diagnostics(self):
        with Client() as client:
            client.initialize()
            client.open(URI, "let a = 1\n")
            self.assertEqual(client.diagnostics(URI, 1), [])
            version = client.change(URI, [edit((0, 8), (0, 9), "")])
            self.assertNotEqual(client.diagnostics(URI, version), [])
            version = client.change(URI, [edit((0, 8), (0, 8), "7")])
            self.assertEqual(client.diagnostics(URI, version), [])

    def test_several_changes_apply_in_order(self):
        with Client() as client:
            client.initialize()
            client.open(URI, "")
            version = client.change(URI, [edit((0, 0), (0, 0), "let b = 2"), edit((0, 4), (0, 5), "a"), edit((0, 9), (0, 9), "\n")])
            self.assertEqual(client.diagnostics(URI, version), [])
            symbols = client.request("textDocument/documentSymbol", {"textDocument": {"uri": URI}})
            self.assertEqual([one["name"] for one in symbols], ["a"])

    def test_closing_clears(self):
        with Client() as client:
            client.initialize()
            client.open(URI, "let = \n")
            self.assertNotEqual(client.diagnostics(URI, 1), [])
            client.close(URI)
            self.assertEqual(client.diagnostics(URI), [])

    def test_a_change_of_an_unknown_document_is_ignored(self):
        with Client() as client:
            client.initialize()
            client._versions["file:///never"] = 1
            client.change("file:///never", [edit((0, 0), (0, 0), "x")])
            client.close("file:///never")
            self.assertEqual(client.shut_down(), 0)

    def test_an_unsaved_document(self):
        with Client() as client:
            client.initialize()
            uri = "untitled:Untitled-1"
            client.open(uri, "let a = \n")
            self.assertNotEqual(client.diagnostics(uri, 1), [])

    def test_a_pulling_client_is_not_told_twice(self):
        with Client() as client:
            client.initialize({"textDocument": {"diagnostic": {}}})
            client.open(URI, "let = 1\n")
            pulled = client.request("textDocument/diagnostic", {"textDocument": {"uri": URI}})
            self.assertEqual(pulled["kind"], "full")
            self.assertTrue(pulled["items"])
            again = client.request("textDocument/diagnostic", {"textDocument": {"uri": URI}, "previousResultId": pulled["resultId"]})
            self.assertEqual(again["kind"], "unchanged")


class RandomEdits(unittest.TestCase):
    """After any edits the server answers as a fresh one that is given the final text."""

    def run_edits(self, encoding: str, seed: int) -> None:
        source = random.Random(seed)
        capabilities = {"general": {"positionEncodings": [encoding]}, "textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}}
        with Client() as client, Client() as fresh:
            client.initialize(capabilities)
            fresh.initialize(capabilities)
            text = PROGRAM
            client.open(URI, text)
            for step in range(EDITS // 8):
                if step % 25 == 24:
                    # Random edits leave nothing that builds: begin again, as an undo does.
                    text = PROGRAM
                    client.change(URI, [{"text": text}])
                changes = []
                for _ in range(source.choice((1, 1, 1, 3))):
                    a, b = sorted((source.randrange(len(text) + 1), source.randrange(len(text) + 1)))
                    if source.random() < 0.9:
                        b = min(b, a + 3)
                    # A position between the two characters of a line break belongs to neither line.
                    a, b = (i - 1 if text[i - 1:i + 1] == "\r\n" else i for i in (a, b))
                    start, end = position_of(text, a, encoding), position_of(text, b, encoding)
                    if b == len(text) and source.random() < 0.3:
                        end = (end[0] + source.randrange(5), end[1] + source.randrange(5) + (10 ** 6 if source.random() < 0.2 else 0))
                    piece = source.choice(PIECES)
                    changes.append(edit(start, end, piece))
                    text = text[:a] + piece + text[b:]
                if source.random() < 0.05:
                    changes = [{"text": text}]
                client.change(URI, changes)
                if step % 10 == 9:
                    fresh.open(URI, text)
                    self.assertEqual(text_seen(client), text_seen(fresh), (encoding, seed, step, text))
                    fresh.close(URI)

    def test_utf8(self):
        for seed in range(4):
            self.run_edits("utf-8", seed)

    def test_utf16(self):
        for seed in range(4):
            self.run_edits("utf-16", 100 + seed)


class Formatting(unittest.TestCase):
    def test_the_edits_give_the_formatted_text(self):
        messy = "param   a:int=1\n\n\n\nlet b=[1,2 ,3]\nresource  r=ConfigMap{metadata.name:\"é😀\",data:{A:\"1\"}}\n"
        for encoding in ("utf-8", "utf-16"):
            with Client() as client:
                client.initialize({"general": {"positionEncodings": [encoding]}})
                client.open(URI, messy)
                options = {"textDocument": {"uri": URI}, "options": {"tabSize": 2, "insertSpaces": True}}
                edits = client.request("textDocument/formatting", options)
                self.assertTrue(edits)
                formatted = apply_edits(messy, edits, encoding)
                self.assertIn("param a: int = 1\n", formatted)
                client.change(URI, [{"text": formatted}])
                self.assertEqual(client.request("textDocument/formatting", options), [])

    def test_a_broken_file_is_left_alone(self):
        with Client() as client:
            client.initialize()
            client.open(URI, "let  a = \n")
            self.assertIsNone(client.request("textDocument/formatting", {"textDocument": {"uri": URI}, "options": {"tabSize": 2, "insertSpaces": True}}))


class Columns(unittest.TestCase):
    def test_places_behind_wide_characters(self):
        line = "let a = \"😀é\" + bad"
        for encoding in ("utf-8", "utf-16"):
            with Client() as client:
                client.initialize({"general": {"positionEncodings": [encoding]}})
                client.open(URI, line + "\n")
                found = client.diagnostics(URI, 1)
                start = [one["range"]["start"]["character"] for one in found if "bad" in one["message"]]
                self.assertEqual(start, [columns(line[:line.index("bad")], encoding)])


if __name__ == "__main__":
    unittest.main()
