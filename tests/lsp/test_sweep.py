"""Every request at many places of whole, cut and damaged programs: always an answer, in time, within the file."""

import os
import pathlib
import random
import time
import unittest

from client import Client, ResponseError, position_of, uri_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
AT_POSITION = ("hover", "completion", "definition", "typeDefinition", "references", "documentHighlight", "signatureHelp", "prepareRename",
               "implementation", "linkedEditingRange", "prepareCallHierarchy", "prepareTypeHierarchy", "onTypeFormatting", "codeAction", "selectionRange",
               "kdsl/why", "kdsl/renderedOfSource")
OF_DOCUMENT = ("documentSymbol", "foldingRange", "semanticTokens/full", "documentLink", "diagnostic", "formatting", "inlayHint", "codeLens", "semanticTokens/range", "rangeFormatting")
# `KDSL_LSP_SWEEP=whole` asks at every place of every file of the corpus and of every prefix that ends with a line; else at some.
IS_WHOLE = os.environ.get("KDSL_LSP_SWEEP") == "whole"
# The whole takes hours: KDSL_LSP_CORPUS="stdlib/app.kdsl stdlib/crd/*.kdsl" names a part of it.
PART = os.environ.get("KDSL_LSP_CORPUS", "").split()
CORPUS = PART or ("examples/**/*.kdsl", "stdlib/**/*.kdsl")
# An answer within this many seconds, on a machine that does other things too; the whole sweep runs beside them for hours.
BUDGET = (20.0 if IS_WHOLE else 8.0) * float(os.environ.get("KDSL_SLOWNESS", "1"))

PROGRAM = """import { WebService } from "std/app"

/// Documentation.
param env: "dev" | "prod" = "dev"
private let sizes = { dev: 1, prod: [for (x in [1, 2] if x > 1) x] }
type Port = int(1..65535) where (self != 22) else "taken"
schema Probe { path: string = "/", port: Port, oneof? { http: string, tcp: int }, [string]: int }
fn scaled(value: int, by: int = 2): int = let (n = value * by) if (n > 3) n else match (env2) { "a" | "b" => 1, _ => -n }

component Web extends WebService {
  param extra: {[string]: Quantity} = { "a b": 512Mi }
  check enough: replicas > 1 || host? else "only ${replicas} of \\"${name}\\""
  resource map = if (env is string) ConfigMap {
    metadata: { name, labels: { ...labels, app: self.metadata.name } }
    data: { for (k, v in extra if k != "") { [k]: "${v}" } }
  }
}

resource web = Web { name: "wéb😀", image: "nginx:1", replicas: scaled(by: 3, 2) }
web.map?.data["x"]?: absent
web.deployment.spec.template.spec.containers: append [{ name: "side" }]
final web.replicas: super + 1
each Container | Deployment where (self.name == "x") { imagePullPolicy: "Always" }
external old = Secret { metadata.name: "old" }
policy P { each Container { check pinned: !self.image.endsWith(":latest") else \"\"\"
  not pinned
  \"\"\" } }
test "t" { env: "prod", check web.replicas == 6, golden "web.yaml": web }
"""


class Sweep(unittest.TestCase):
    def setUp(self):
        self.client = Client()
        self.client.initialize()
        self.uri = uri_of("/tmp/kdsl-sweep/main.kdsl")

    def tearDown(self):
        status = self.client.shut_down()
        self.client.__exit__()
        self.assertEqual(status, 0)
        self.assertEqual(self.client.stderr, b"")

    def check_ranges(self, answer, lines, where):
        """Every range of this document lies in it, and does not end before it begins."""
        if isinstance(answer, list):
            for one in answer:
                self.check_ranges(one, lines, where)
        elif isinstance(answer, dict):
            if set(answer) == {"start", "end"} and isinstance(answer["start"], dict):
                start, end = ((answer[key]["line"], answer[key]["character"]) for key in ("start", "end"))
                self.assertLessEqual(start, end, where)
                self.assertLess(end[0], len(lines), where)
                self.assertLessEqual(end[1], len(lines[end[0]].encode()), where)
                return
            of_document = answer.get("textDocument")
            if answer.get("uri", self.uri) != self.uri or (isinstance(of_document, dict) and of_document.get("uri", self.uri) != self.uri):
                return
            for one in answer.values():
                self.check_ranges(one, lines, where)

    def ask(self, method, params, text, where):
        begin = time.monotonic()
        try:
            answer = self.client.request(method if method.startswith("kdsl/") else "textDocument/" + method, {"textDocument": {"uri": self.uri}, **params})
        except ResponseError as error:
            if method == "prepareRename" and error.code == -32803:
                return None  # and why
            self.fail(f"{method} {where}: {error}")
        self.assertLess(time.monotonic() - begin, BUDGET, (method, where))
        self.check_ranges(answer, text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), (method, where))
        return answer

    def ask_all(self, text, offsets, where):
        everything = {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 10 ** 6, "character": 0}}, "options": {"tabSize": 2, "insertSpaces": True}}
        for method in OF_DOCUMENT:
            self.ask(method, everything, text, where)
        for offset in offsets:
            line, character = position_of(text, offset)
            for method in AT_POSITION:
                here = {"line": line, "character": character}
                more = {"position": here, "positions": [here], "range": {"start": here, "end": here}, "ch": "}", "options": everything["options"],
                        "context": {"includeDeclaration": True, "diagnostics": []}}
                self.ask(method, more, text, (where, offset, text[max(0, offset - 20):offset]))

    def test_every_place_of_a_program(self):
        self.client.open(self.uri, PROGRAM)
        self.ask_all(PROGRAM, range(0, len(PROGRAM) + 1, 2), "whole")

    def test_prefixes(self):
        self.client.open(self.uri, "")
        for size in range(0, len(PROGRAM), 13):
            text = PROGRAM[:size]
            self.client.change(self.uri, [{"text": text}])
            self.ask_all(text, [size], f"prefix {size}")

    def test_damaged(self):
        source = random.Random(7)
        self.client.open(self.uri, "")
        for step in range(60):
            text = PROGRAM
            for _ in range(source.randrange(1, 4)):
                at = source.randrange(len(text))
                text = text[:at] + source.choice(["", "{", "}", "(", '"', "${", "\n", ".", ":", "=", "each", "\r", "😀", "\\", "//", "?"]) + text[at + source.randrange(0, 12):]
            self.client.change(self.uri, [{"text": text}])
            self.ask_all(text, [source.randrange(len(text) + 1) for _ in range(6)], f"damaged {step}")

    def corpus(self):
        files = sorted(path for pattern in CORPUS for path in ROOT.glob(pattern))
        self.assertGreater(len(files), 0 if PART else 20)
        return files

    def test_files(self):
        source = random.Random(11)
        for path in self.corpus():
            text = path.read_text(encoding="utf-8")
            self.uri = uri_of(path)
            self.client.open(self.uri, text)
            few = 25 if "examples" in path.parts else 3
            self.ask_all(text, range(len(text) + 1) if IS_WHOLE else [source.randrange(len(text) + 1) for _ in range(few)], path.name)
            self.client.close(self.uri)

    def test_prefixes_of_files(self):
        """As if the file were being written: each line so far, cut somewhere."""
        source = random.Random(13)
        files = self.corpus()
        for path in files if IS_WHOLE else source.sample(files, min(12, len(files))):
            text = path.read_text(encoding="utf-8")
            self.uri = uri_of(path)
            self.client.open(self.uri, "")
            ends = [at + 1 for at, character in enumerate(text) if character == "\n"] or [len(text)]
            for end in ends if IS_WHOLE else source.sample(ends, min(3, len(ends))):
                size = end - source.randrange(min(end, 12))
                self.client.change(self.uri, [{"text": text[:size]}])
                self.ask_all(text[:size], [size, source.randrange(size + 1)], f"{path.name}, {size} characters")
            self.client.close(self.uri)


if __name__ == "__main__":
    unittest.main()
