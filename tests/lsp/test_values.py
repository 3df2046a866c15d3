"""What values are in the builds that a file is part of: hover, `kdsl/why`, inlay hints."""

import pathlib
import tempfile
import unittest

from client import FULL_CAPABILITIES, Client, cut_marks, position_of, uri_of

PROJECT = """name: "shop"
targets: {
  dev: { file: "./dev.kdsl" },
  prod: { file: "./prod.kdsl", namespace: "live", params: { level: "warn" } },
}
policies: { limits: { file: "./limits.kdsl" } }
"""
WEB = """/// A service with what it needs.
component Web {
  param name: string
  param replicas: int = 2
  param memory: Quantity = 512Mi
  param wait: Duration = 90s
  param token: Sensitive = "hush"
  let labels = { app: name }
  resource map = ConfigMap {
    metadata: { name: "${name}-conf", labels }
    data: { LEVEL: "x", TWICE: "${replicas * 2}" }
  }
  resource secret = Secret { metadata.name: "${name}-key", stringData: { KEY: token } }
}
"""
BASE = """import { Web } from "./web"
param level: string = "info"
resource one = Web { name: "one" }
resource two = Web { name: "two", replicas: 3 }
each ConfigMap { data.LEVEL: level }
"""
FILES = {
    "project.kdsl": PROJECT,
    "web.kdsl": WEB,
    "base.kdsl": BASE,
    "dev.kdsl": 'extends "./base"\n',
    "prod.kdsl": 'extends "./base"\none.replicas: 5\nfinal two.memory: 1Gi\n',
    "limits.kdsl": 'param most: int = 3\npolicy Small { each ConfigMap { check few: self.data.keys().count((k) => true) <= most else "no" } }\n',
    "alone.kdsl": "let size = 3\nlet half = size + 1\n",
}


class ValuesTest(unittest.TestCase):
    options = {}

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        self.files = dict(FILES)
        for name, text in FILES.items():
            (self.root / name).write_text(text)
        self.client = Client()
        self.client.initialize({**FULL_CAPABILITIES, "workspace": {**FULL_CAPABILITIES["workspace"], "inlayHint": {"refreshSupport": True}}},
                               workspaceFolders=[{"uri": uri_of(self.root), "name": "shop"}], initializationOptions=self.options)

    def tearDown(self):
        status = self.client.shut_down()
        self.client.__exit__()
        self.folder.cleanup()
        self.assertEqual(status, 0)

    def uri(self, name):
        return uri_of(self.root / name)

    def place(self, name, marked):
        """Opens the file; the place of the mark in the line that is given with it."""
        line, (column,) = cut_marks(marked)
        text = self.files[name]
        if self.uri(name) not in self.client._versions:
            self.client.open(self.uri(name), text)
        return position_of(text, text.index(line) + column)

    def edit(self, name, old, new):
        self.assertIn(old, self.files[name])
        self.files[name] = self.files[name].replace(old, new)
        self.client.change(self.uri(name), [{"text": self.files[name]}])

    def hover(self, name, marked):
        found = self.client.at("textDocument/hover", self.uri(name), self.place(name, marked))
        return found["contents"]["value"] if found else ""

    def lines(self, name, marked):
        """The hover's lines about values, links as `[text]`."""
        import re
        return [re.sub(r"\]\([^)]*\)", "]", line) for line in self.hover(name, marked).split("\n") if line.startswith("- ")]

    def why(self, name, marked):
        return self.client.at("kdsl/why", self.uri(name), self.place(name, marked))


class Hover(ValuesTest):
    def test_a_param_that_one_target_overrides(self):
        self.assertEqual(self.lines("prod.kdsl", "one.repl▮icas: 5"), ["- **prod**: `one.replicas` = `5`, set at [prod.kdsl:2], over `2`, the default at [web.kdsl:4]"])

    def test_of_each_instance_and_target(self):
        found = self.lines("web.kdsl", "param repl▮icas")
        self.assertEqual(found, [
            "- **dev**: `one.replicas` = `2`, the default at [web.kdsl:4]",
            "- **dev**, **prod**: `two.replicas` = `3`, set at [base.kdsl:4], over `2`, the default at [web.kdsl:4]",
            "- **prod**: `one.replicas` = `5`, set at [prod.kdsl:2], over `2`, the default at [web.kdsl:4]",
        ])

    def test_links_lead_to_the_line(self):
        self.assertIn(f"({self.uri('web.kdsl')}#L4)", self.hover("prod.kdsl", "one.repl▮icas: 5"))

    def test_a_name_that_is_read(self):
        self.assertEqual(self.lines("base.kdsl", "data.LEVEL: le▮vel"), [
            "- **dev**: `level` = `\"info\"`, the default at [base.kdsl:2]",
            "- **prod**: `level` = `\"warn\"`, set at [project.kdsl:4], over `\"info\"`, the default at [base.kdsl:2]",
        ])

    def test_a_key_that_an_each_sets(self):
        found = self.lines("base.kdsl", "data.LE▮VEL: level")
        self.assertEqual(found[0], "- **dev**: `one.map.data.LEVEL` and 1 more = `\"info\"`, set at [base.kdsl:5], over `\"x\"`, set at [web.kdsl:11]")

    def test_a_record_names_all_that_add_to_it(self):
        found = self.lines("base.kdsl", "each ConfigMap { da▮ta")
        self.assertIn("with [web.kdsl:11]", found[0])

    def test_units(self):
        self.assertIn("= `512Mi` (536,870,912 bytes)", self.lines("web.kdsl", "param mem▮ory")[0])
        self.assertIn("= `1Gi` (1,073,741,824 bytes), set at [prod.kdsl:3] as `final`", "\n".join(self.lines("web.kdsl", "param mem▮ory")))
        self.assertIn("= `1m30s` (90 seconds)", self.lines("web.kdsl", "param wa▮it")[0])

    def test_what_is_sensitive_stays_hidden(self):
        for place in ("param to▮ken", "stringData: { K▮EY", "KEY: tok▮en"):
            text = self.hover("web.kdsl", place)
            self.assertIn("a hidden value", text, place)
            self.assertNotIn("hush", text, place)

    def test_a_policys_param(self):
        self.assertIn("**dev**, **prod**: `most` = `3`, the default", self.lines("limits.kdsl", "param mo▮st")[0])

    def test_a_file_of_no_target(self):
        self.assertEqual(self.lines("alone.kdsl", "let ha▮lf"), ["- `half` = `4`, set at [alone.kdsl:2]"])

    def test_after_edits(self):
        self.place("prod.kdsl", "▮one")
        self.assertIn("`5`", self.lines("web.kdsl", "param repl▮icas")[2])
        self.edit("prod.kdsl", "one.replicas: 5", "one.replicas: 6")
        self.assertIn("`6`", self.lines("web.kdsl", "param repl▮icas")[2])

    def test_while_there_are_errors(self):
        """What was true before them is told of the builds that have them, with places as they are now."""
        self.place("prod.kdsl", "▮one")
        before = self.lines("web.kdsl", "param repl▮icas")
        self.assertEqual(before[2], "- **prod**: `one.replicas` = `5`, set at [prod.kdsl:2], over `2`, the default at [web.kdsl:4]")
        self.edit("prod.kdsl", 'extends "./base"', 'extends "./base"\n\nlet broken: int = "x"')
        self.assertEqual(self.lines("web.kdsl", "param repl▮icas"), [before[0], before[1].replace("**prod**", "**prod (before the errors)**"),
                                                                    "- **prod (before the errors)**: `one.replicas` = `5`, set at [prod.kdsl:4], over `2`, the default at [web.kdsl:4]"])
        self.assertEqual(self.lines("prod.kdsl", "let bro▮ken"), [])
        self.edit("prod.kdsl", 'int = "x"', "int = 1")
        self.assertEqual(self.lines("prod.kdsl", "let bro▮ken"), ["- **prod**: `broken` = `1`, set at [prod.kdsl:3]"])

    def test_while_it_cannot_be_read(self):
        self.assertEqual(self.lines("alone.kdsl", "let ha▮lf"), ["- `half` = `4`, set at [alone.kdsl:2]"])
        self.edit("alone.kdsl", "let size = 3", "let other = {\nlet size = 3")
        self.assertEqual(self.lines("alone.kdsl", "let ha▮lf"), ["- **alone.kdsl (before the errors)**: `half` = `4`, set at [alone.kdsl:3]"])


class Why(ValuesTest):
    def test_the_layers_strongest_first(self):
        found = self.why("prod.kdsl", "one.repl▮icas: 5")
        (view,) = found["views"]
        self.assertEqual((view["target"], view["root"]), ("prod", self.uri("prod.kdsl")))
        (value,) = view["values"]
        self.assertEqual((value["path"], value["value"], value["type"]), ("one.replicas", "5", "int"))
        self.assertEqual([(one["effect"], one["origin"], one["value"], one["location"]["uri"], one["location"]["range"]["start"]["line"]) for one in value["settings"]],
                         [("sets", "source", "5", self.uri("prod.kdsl"), 1), ("overridden", "default", "2", self.uri("web.kdsl"), 3)])

    def test_what_an_expression_reads(self):
        found = self.why("web.kdsl", "TWI▮CE")
        inputs = found["views"][0]["values"][0]["settings"][0]["inputs"]
        self.assertEqual([one["path"] for one in inputs], ["one.replicas"])

    def test_as_a_command(self):
        line, character = self.place("prod.kdsl", "one.repl▮icas: 5")
        argument = {"textDocument": {"uri": self.uri("prod.kdsl")}, "position": {"line": line, "character": character}}
        found = self.client.request("workspace/executeCommand", {"command": "kdsl.server.why", "arguments": [argument]})
        self.assertEqual(found, self.why("prod.kdsl", "one.repl▮icas: 5"))

    def test_nothing_hidden_is_told(self):
        self.assertNotIn("hush", str(self.why("web.kdsl", "stringData: { K▮EY")["views"]))

    def test_nowhere(self):
        self.assertEqual(self.why("web.kdsl", "/// A ser▮vice"), {"range": None, "views": []})


class Hints(ValuesTest):
    def hints(self, name):
        self.place(name, "▮" + self.files[name][:3])
        found = self.client.request("textDocument/inlayHint", {
            "textDocument": {"uri": self.uri(name)}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}})
        return [(one["position"]["line"], one["label"]) for one in found]

    def settled_hints(self, name):
        """A request evaluates for a bounded time; what it left out comes with the next one."""
        found = None
        for _ in range(20):
            before, found = found, self.hints(name)
            if found == before:
                break
        return found

    def test_values_of_expressions(self):
        found = dict(self.settled_hints("web.kdsl"))
        self.assertEqual(found[9], ' = "one-conf", "two-conf"')
        self.assertEqual(found[10], ' = "4" (dev), "6", "10" (prod)')
        self.assertNotIn("hush", str(found))

    def test_long_ones_are_cut(self):
        self.place("alone.kdsl", "▮let")
        self.edit("alone.kdsl", "let half = size + 1", 'let half = "é".repeat(80)')
        (label,) = [one[1] for one in self.hints("alone.kdsl") if one[0] == 1 and "=" in one[1]]
        self.assertTrue(label.endswith("é…"), label)
        self.assertLess(len(label), 50)

    def test_values_by_target(self):
        self.assertIn((4, ' = "info" (dev), "warn" (prod)'), self.settled_hints("base.kdsl"))

    def test_while_there_are_errors(self):
        self.assertIn((1, " = 4"), self.settled_hints("alone.kdsl"))
        self.edit("alone.kdsl", "let size = 3", "let broken: int = \"x\"\nlet size = 3")
        self.assertIn((2, " = 4"), self.settled_hints("alone.kdsl"))

    def test_they_follow_edits_of_other_documents(self):
        self.hints("base.kdsl")
        self.place("web.kdsl", "▮component")
        self.edit("web.kdsl", 'LEVEL: "x"', 'LEVEL: "y"')
        self.client.wait_for("workspace/inlayHint/refresh")

    def test_kinds_are_chosen(self):
        self.hints("alone.kdsl")
        self.client.notify("workspace/didChangeConfiguration", {"settings": {"kdsl": {"inlayHints": {"values": False, "types": False}}}})
        self.client.wait_for("workspace/inlayHint/refresh")
        self.assertEqual(self.hints("alone.kdsl"), [])
        self.client.notify("workspace/didChangeConfiguration", {"settings": {"kdsl": {"inlayHints": {"values": True}}}})
        self.assertEqual(self.hints("alone.kdsl"), [(1, " = 4")])


class MoreHints(Hints):
    options = {"inlayHints": {"values": False, "types": False, "defaults": True, "units": True}}

    def test_defaults_and_units(self):
        self.assertEqual(self.hints("base.kdsl"), [(2, 'replicas: 2, memory: 512Mi, wait: 90s'), (3, 'memory: 512Mi, wait: 90s')])
        self.assertEqual(self.hints("web.kdsl"), [(4, " = 536,870,912 bytes"), (5, " = 1m30s")])

    test_values_of_expressions = test_long_ones_are_cut = test_values_by_target = test_kinds_are_chosen = test_they_follow_edits_of_other_documents = test_while_there_are_errors = None


class ChosenAtTheStart(Hints):
    options = {"inlayHints": {"values": False}}

    def test_values_of_expressions(self):
        self.assertEqual([one for one in self.hints("web.kdsl") if "=" in one[1]], [])

    test_values_by_target = test_long_ones_are_cut = test_kinds_are_chosen = test_they_follow_edits_of_other_documents = test_while_there_are_errors = None


if __name__ == "__main__":
    unittest.main()
