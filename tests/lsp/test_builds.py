"""Builds of a project: rendered documents and the ways between them and the source, differences, targets, lenses of `each`, tests."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from client import FULL_CAPABILITIES, Client, ResponseError, position_of, uri_of
from test_values import ValuesTest


class BuildsTest(ValuesTest):
    def rendered_uri(self, name, query=""):
        return self.uri(name).replace("file:", "kdsl-rendered:") + ".yaml" + query

    def content(self, name, query=""):
        return self.client.request("workspace/textDocumentContent", {"uri": self.rendered_uri(name, query)})["text"]

    def words(self, locations):
        """`file:line:text` of each place, from one."""
        found = []
        for place in locations:
            name, (start, end) = place["uri"].rsplit("/", 1)[-1], (place["range"]["start"], place["range"]["end"])
            text = self.files[name].split("\n")[start["line"]]
            found.append(f"{name}:{start['line'] + 1}:{text[start['character']:end['character'] if start['line'] == end['line'] else None]}")
        return found


class Documents(BuildsTest):
    def test_of_a_target(self):
        text = self.content("prod.kdsl", "?target=prod")
        self.assertIn("namespace: live", text)
        self.assertIn("LEVEL: warn", text)
        self.assertEqual(self.content("base.kdsl", "?target%3Dprod"), text, "any file of the project names it")
        self.assertNotIn("namespace:", self.content("prod.kdsl"))

    def test_of_no_target(self):
        with self.assertRaises(ResponseError) as raised:
            self.content("prod.kdsl", "?target=prd")
        self.assertIn("no target `prd`", raised.exception.message)

    def test_follows_the_text(self):
        self.place("prod.kdsl", "▮one")
        self.assertIn("TWICE: '10'", self.content("prod.kdsl", "?target=prod").replace('"', "'"))
        self.edit("prod.kdsl", "one.replicas: 5", "one.replicas: 7")
        self.assertIn("TWICE: '14'", self.content("prod.kdsl", "?target=prod").replace('"', "'"))

    def test_while_there_are_errors(self):
        """What was built last stays, and its lines lead to where their source is now."""
        self.place("web.kdsl", "▮component")
        good = self.content("prod.kdsl", "?target=prod")
        self.edit("web.kdsl", "component Web", "\ncomponent Web")
        self.edit("web.kdsl", "  let labels", "  let broken: int = \"x\"\n  let labels")
        old = self.content("prod.kdsl", "?target=prod")
        first, second, rest = old.split("\n", 2)
        self.assertRegex(first, "^# KD4[0-9]+: ")
        self.assertRegex(second, "^# below is what was built last, at [0-9:]+$")
        self.assertEqual(rest, good)
        line = next(number for number, text in enumerate(old.split("\n")) if "TWICE" in text and "10" in text)
        places = self.client.request("kdsl/sourceOfRendered", {"uri": self.rendered_uri("prod.kdsl", "?target=prod"), "line": line})
        self.assertEqual(self.words(places), ['web.kdsl:13:"${replicas * 2}"'])
        found = self.client.request("kdsl/rendered", {"textDocument": {"uri": self.uri("prod.kdsl")}, "target": "prod"})
        self.assertFalse(found["ok"])
        self.assertRegex(found["builtAt"], "^[0-9:]+$")
        self.assertEqual(found["text"], good)
        self.edit("web.kdsl", '  let broken: int = "x"\n', "")
        self.assertEqual(self.content("prod.kdsl", "?target=prod"), good)

    def test_as_data(self):
        found = self.client.request("kdsl/rendered", {"textDocument": {"uri": self.uri("base.kdsl")}, "target": "dev"})
        self.assertTrue(found["ok"])
        self.assertEqual(found["uri"], self.rendered_uri("base.kdsl", "?target=dev"))
        lines = found["text"].split("\n")
        for one in found["objects"]:
            self.assertEqual("\n".join(lines[one["line"]:]).split("---\n")[0], one["text"])

    def test_targets(self):
        found = self.client.request("kdsl/targets", {"textDocument": {"uri": self.uri("prod.kdsl")}})
        self.assertEqual([(one["name"], one["root"], one["reads"]) for one in found["targets"]], [("dev", self.uri("dev.kdsl"), False), ("prod", self.uri("prod.kdsl"), True)])
        self.assertEqual(self.words([found["targets"][1]["location"]])[0].split(":")[:2], ["project.kdsl", "4"])
        self.assertEqual(found["targets"][1]["rendered"], self.rendered_uri("prod.kdsl", "?target=prod"))


class SourceMap(BuildsTest):
    def source(self, line_text, name="prod.kdsl", query="?target=prod"):
        lines = self.content(name, query).split("\n")
        line = next(i for i, text in enumerate(lines) if line_text in text)
        return self.words(self.client.request("kdsl/sourceOfRendered", {"uri": self.rendered_uri(name, query), "line": line}))

    def lines(self, name, marked, query="?target=prod"):
        uri = self.rendered_uri("prod.kdsl", query)
        line, character = self.place(name, marked)
        found = self.client.request("kdsl/renderedOfSource", {"textDocument": {"uri": self.uri(name)}, "position": {"line": line, "character": character}, "uri": uri})
        self.assertEqual(found["uri"], uri)
        text = self.content("prod.kdsl", query).split("\n")
        return [[line.strip() for line in text[one["start"]["line"]:one["end"]["line"]]] for one in found["ranges"]]

    def test_from_a_line_to_what_decided_it(self):
        found = self.source("LEVEL: warn")
        self.assertEqual(found[0].split(":")[:2], ["project.kdsl", "4"])
        self.assertIn("base.kdsl:5:level", found)

    def test_from_a_line_to_a_computed_text(self):
        self.assertEqual(self.source("TWICE: "), ['web.kdsl:11:"${replicas * 2}"'])

    def test_from_the_source_to_the_lines_of_each_instance(self):
        found = self.lines("web.kdsl", 'TWICE: "${repl▮icas * 2}"')
        self.assertEqual([[line.split(":")[0] for line in one] for one in found], [["TWICE"], ["TWICE"]])

    def test_from_a_key_to_the_line_of_its_value(self):
        self.assertEqual(self.lines("web.kdsl", 'TW▮ICE: "${replicas * 2}"'), self.lines("web.kdsl", 'TWICE: "${repl▮icas * 2}"'))

    def test_from_a_key_and_from_a_setting(self):
        self.assertEqual(self.lines("base.kdsl", "data.LEVEL: le▮vel"), [["LEVEL: warn"], ["LEVEL: warn"]])
        self.assertEqual(self.lines("base.kdsl", "da▮ta.LEVEL: level"), [["data:"], ["data:"]])

    def test_there_and_back(self):
        """Every line leads to a place that leads back to it."""
        query = "?target=prod"
        text = self.content("prod.kdsl", query).split("\n")
        for line, _ in enumerate(text):
            for place in self.client.request("kdsl/sourceOfRendered", {"uri": self.rendered_uri("prod.kdsl", query), "line": line}):
                if not place["uri"].startswith("file:"):
                    continue
                start = place["range"]["start"]
                found = self.client.request("kdsl/renderedOfSource", {"textDocument": {"uri": place["uri"]}, "position": start, "uri": self.rendered_uri("prod.kdsl", query)})
                self.assertTrue(found["ranges"], (text[line], place))

    def test_behind_the_end(self):
        uri = self.rendered_uri("prod.kdsl")
        self.assertIsInstance(self.client.request("kdsl/sourceOfRendered", {"uri": uri, "line": 10 ** 6}), list)


class Difference(BuildsTest):
    def diff(self, before, after):
        return self.client.request("kdsl/diff", {"before": {"textDocument": {"uri": self.uri("base.kdsl")}, **before}, "after": {"textDocument": {"uri": self.uri("base.kdsl")}, **after}})

    def test_of_two_targets(self):
        found = self.diff({"target": "dev"}, {"target": "prod"})
        self.assertTrue(found["ok"])
        fields = {field["path"]: field for one in found["objects"] for field in one["fields"]}
        self.assertTrue(any(one["kind"] == "ConfigMap" for one in found["objects"]))
        self.assertTrue(found["summary"])
        self.assertEqual(self.diff({"target": "dev"}, {"target": "dev"})["objects"], [])
        self.assertIsInstance(fields, dict)

    def test_namespaces_of_targets_stand_for_each_other(self):
        self.place("project.kdsl", "▮name")
        self.edit("project.kdsl", 'dev: { file: "./dev.kdsl" }', 'dev: { file: "./dev.kdsl", namespace: "trial" }')
        found = self.diff({"target": "dev"}, {"target": "prod"})
        self.assertEqual((found["namespaces"], found["summary"]["added"], found["summary"]["removed"]), ({"before": "trial", "after": "live"}, 0, 0))
        self.assertGreater(found["summary"]["changed"], 0)

    def test_with_a_commit(self):
        self.git(["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"])
        self.place("prod.kdsl", "▮one")
        self.assertEqual(self.diff({"target": "prod", "revision": "HEAD"}, {"target": "prod"})["objects"], [])
        self.edit("prod.kdsl", "one.replicas: 5", "one.replicas: 9")
        found = self.diff({"target": "prod", "revision": "HEAD"}, {"target": "prod"})
        (change,) = found["objects"]
        (field,) = change["fields"]
        self.assertEqual((change["name"], field["path"], field["before"], field["after"]), ("one-conf", 'data["TWICE"]' if "[" in field["path"] else "data.TWICE", '"10"', '"18"'))
        self.assertIsNone(field["beforeLocation"])
        self.assertEqual(self.words([field["afterLocation"]])[0].split(":")[0], "web.kdsl")
        self.assertIn("10", self.content("prod.kdsl", "?target=prod&revision=HEAD"))
        with self.assertRaises(ResponseError):
            self.content("prod.kdsl", "?revision=nothing")

    def git(self, *commands):
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
        for command in commands:
            subprocess.run(["git", "-C", str(self.root), *command], check=True, env=environment)

    @contextlib.contextmanager
    def client_with_slow_git(self, pause):
        with tempfile.TemporaryDirectory() as folder:
            slow = pathlib.Path(folder) / "git"
            slow.write_text(f"#!/bin/sh\nsleep {pause}\nexec {shutil.which('git')} \"$@\"\n")
            slow.chmod(0o755)
            path = os.environ["PATH"]
            os.environ["PATH"] = folder + os.pathsep + path
            try:
                client = Client()
            finally:
                os.environ["PATH"] = path
            with client:
                client.initialize(workspaceFolders=[{"uri": uri_of(self.root), "name": "shop"}])
                client.open(self.uri("prod.kdsl"), self.files["prod.kdsl"])
                client.diagnostics(self.uri("prod.kdsl"), 1)
                yield client
                self.assertEqual(client.shut_down(), 0)

    def test_a_revision_keeps_nobody_waiting(self):
        """git takes its time; what is asked meanwhile is answered, and who gives up is told at once."""
        pause = 1.5 * min(float(os.environ.get("KDSL_SLOWNESS", "1")), 2)  # git is asked several times, each time so slowly
        self.git(["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"])
        with self.client_with_slow_git(pause) as client:
            begin = time.monotonic()
            wanted = client.start_request("workspace/textDocumentContent", {"uri": self.rendered_uri("prod.kdsl", "?revision=HEAD")})
            unwanted = client.start_request("workspace/textDocumentContent", {"uri": self.rendered_uri("dev.kdsl", "?revision=HEAD")})
            client.notify("$/cancelRequest", {"id": unwanted})
            self.assertTrue(client.at("textDocument/hover", self.uri("prod.kdsl"), (1, 1)))
            self.assertEqual(client.response(unwanted)["error"]["code"], -32800)
            self.assertLess(time.monotonic() - begin, pause)
            self.assertIn("kind: ConfigMap", client.response(wanted)["result"]["text"])
            self.assertGreater(time.monotonic() - begin, pause)

    def test_what_nobody_waited_for_is_forgotten(self):
        """The files that were fetched for a request that was given up are not those of the next one."""
        self.git(["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"])
        with self.client_with_slow_git(0.3 * float(os.environ.get("KDSL_SLOWNESS", "1"))) as client:
            content = {"uri": self.rendered_uri("prod.kdsl", "?revision=HEAD")}
            unwanted = client.start_request("workspace/textDocumentContent", content)
            client.at("textDocument/hover", self.uri("prod.kdsl"), (1, 1))  # it waits for git when this is answered
            client.notify("$/cancelRequest", {"id": unwanted})
            self.assertEqual(client.response(unwanted)["error"]["code"], -32800)
            # One thread asks git: behind this one, the files of the first are there.
            self.assertIn("kind: ConfigMap", client.request("workspace/textDocumentContent", {"uri": self.rendered_uri("dev.kdsl", "?revision=HEAD")})["text"])
            (self.root / "prod.kdsl").write_text(self.files["prod.kdsl"].replace("one.replicas: 5", "one.replicas: 9"))
            self.git(["commit", "-q", "-a", "-m", "second"])
            self.assertIn('"18"', client.request("workspace/textDocumentContent", content)["text"])

    def test_of_a_broken_side(self):
        self.place("prod.kdsl", "▮one")
        self.edit("prod.kdsl", "one.replicas: 5", "one.replicas: \"x\"")
        found = self.diff({"target": "dev"}, {"target": "prod"})
        self.assertFalse(found["ok"])
        self.assertTrue(found["problems"])


COMMANDS = {**FULL_CAPABILITIES, "experimental": {"commands": {"commands": ["kdsl.showMatches", "kdsl.runTest"]}}}


class Lenses(unittest.TestCase):
    def test_matches_of_a_clause(self):
        test = ValuesTest()
        test.setUp()
        try:
            test.place("base.kdsl", "▮each")
            lenses = test.client.request("textDocument/codeLens", {"textDocument": {"uri": test.uri("base.kdsl")}})
            titles = [test.client.request("codeLens/resolve", one)["command"]["title"] for one in lenses if one.get("data", {}).get("counts") == "matches"]
            self.assertEqual(titles, ["2 matches"])
            test.edit("base.kdsl", "each ConfigMap {", 'each ConfigMap where (self.metadata.name == "none") {')
            lenses = test.client.request("textDocument/codeLens", {"textDocument": {"uri": test.uri("base.kdsl")}})
            titles = [test.client.request("codeLens/resolve", one)["command"]["title"] for one in lenses if one.get("data", {}).get("counts") == "matches"]
            self.assertEqual(titles, ["matches nothing"])
        finally:
            test.tearDown()

    def test_what_a_click_shows(self):
        with Client() as client:
            client.initialize(COMMANDS)
            uri = "file:///tmp/kdsl-lens/main.kdsl"
            client.open(uri, 'resource a = ConfigMap { metadata.name: "a" }\nresource b = ConfigMap { metadata.name: "b" }\neach ConfigMap { data.x: "1" }\n'
                             'test "first" { check a.data.x == "1" }\ntest "second" { check a.data.x == "2" }\n')
            lenses = client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
            (clause,) = [one for one in lenses if one.get("data", {}).get("counts") == "matches"]
            command = client.request("codeLens/resolve", clause)["command"]
            self.assertEqual((command["title"], command["command"]), ("2 matches", "kdsl.showMatches"))
            self.assertEqual([(one["path"], one["location"]["range"]["start"]["line"]) for one in command["arguments"][2]], [("a", 0), ("b", 1)])
            runs = [one["command"] for one in lenses if one.get("command", {}).get("command") == "kdsl.runTest"]
            self.assertEqual([one["arguments"] for one in runs], [[uri, "first"], [uri, "second"]])
            run = lambda **more: client.request("workspace/executeCommand", {"command": "kdsl.server.runTests", "arguments": [{"textDocument": {"uri": uri}, **more}]})
            self.assertEqual([(one["title"], one["passed"]) for one in run()["tests"]], [("first", True), ("second", False)])
            (second,) = run(title="second")["tests"]
            (problem,) = second["problems"]
            self.assertIn("does not hold", problem["message"])
            self.assertIn('`a.data.x` is "1"', problem["message"])
            self.assertEqual(problem["location"]["range"]["start"], {"line": 4, "character": 22})
            self.assertEqual(second["location"]["range"]["start"]["line"], 4)
            client.change(uri, [{"text": 'test "first" { check nothing }\n'}])
            broken = run()
            self.assertEqual((broken["tests"], broken["problems"][0]["location"]["range"]["start"]), ([], {"line": 0, "character": 21}))
            self.assertEqual(client.shut_down(), 0)


if __name__ == "__main__":
    unittest.main()
