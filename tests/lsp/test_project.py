"""Questions about a whole project: files that nobody opened are looked through too."""

import os
import pathlib
import tempfile
import time
import unittest
import unittest.mock

from client import Client, ResponseError, cut_marks, position_of, uri_of

FILES = {
    "lib/web.kdsl": """/// A service.
component Web {
  param name: string
  param replicas: int(0..) = 2
  let labels = { app: name }
  resource map = ConfigMap { metadata: { name, labels } }
}
component Bigger extends Web {
  param extra: int = 1
}
fn twice(value: int): int = value * 2
""",
    "app.kdsl": """import { Web, twice } from "./lib/web"
import { Bigger as B } from "./lib/web.kdsl"
resource one = Web { name: "one", replicas: twice(value: 2) }
resource two = B { name: "two" }
let count = twice(1)
""",
    "prod.kdsl": """extends "./app"
one.replicas: 5
let note = embed("./notes.txt")
""",
    "notes.txt": "hello\n",
    "unrelated.kdsl": "let a = 1\n",
}


class ProjectTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for name, text in FILES.items():
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_text(text)
        self.client = Client()
        self.client.initialize(workspaceFolders=[{"uri": uri_of(self.root), "name": "project"}])

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
        text = FILES[name]
        self.client.open(self.uri(name), text)
        return position_of(text, text.index(line) + column)

    def at(self, method, name, marked, **more):
        return self.client.at("textDocument/" + method, self.uri(name), self.place(name, marked), **more)

    def words(self, locations):
        """`file:word` of each place, sorted."""
        found = []
        for place in locations:
            name = place["uri"][len(self.uri("")):].lstrip("/")
            start, end = place["range"]["start"], place["range"]["end"]
            line = FILES[name].split("\n")[start["line"]]
            found.append(f"{name}:{start['line'] + 1}:{line[start['character']:end['character']]}")
        return sorted(found)

    def edited(self, edit):
        """The files after a workspace edit."""
        files = dict(FILES)
        for change in edit["documentChanges"]:
            name = change["textDocument"]["uri"][len(self.uri("")):].lstrip("/")
            from client import apply_edits
            files[name] = apply_edits(files[name], change["edits"])
        return files


class References(ProjectTest):
    def test_from_the_declaration_to_files_that_are_not_open(self):
        found = self.at("references", "lib/web.kdsl", "component W▮eb {", context={"includeDeclaration": False})
        self.assertEqual(self.words(found), ["app.kdsl:1:Web", "app.kdsl:3:Web", "lib/web.kdsl:8:Web"])

    def test_of_a_resource_through_an_overlay(self):
        found = self.at("references", "app.kdsl", "resource o▮ne", context={"includeDeclaration": True})
        self.assertEqual(self.words(found), ["app.kdsl:3:one", "prod.kdsl:2:one"])

    def test_implementations(self):
        self.assertEqual(self.words(self.at("implementation", "lib/web.kdsl", "component W▮eb {")), ["app.kdsl:3:Web"])
        self.assertEqual(self.words(self.at("implementation", "lib/web.kdsl", "param repl▮icas")), ["app.kdsl:3:replicas", "prod.kdsl:2:replicas"])

    def test_the_base_of_a_component(self):
        self.assertEqual(self.words(self.at("definition", "lib/web.kdsl", "extends W▮eb")), ["lib/web.kdsl:2:Web"])

    def test_workspace_symbols(self):
        found = self.client.request("workspace/symbol", {"query": "twic"})
        self.assertEqual([one["name"] for one in found], ["twice"])


class Renaming(ProjectTest):
    def rename(self, name, marked, new):
        return self.edited(self.at("rename", name, marked, newName=new))

    def test_a_component_in_all_files(self):
        files = self.rename("lib/web.kdsl", "component W▮eb {", "Site")
        self.assertIn("component Site {", files["lib/web.kdsl"])
        self.assertIn("extends Site", files["lib/web.kdsl"])
        self.assertIn("import { Site, twice }", files["app.kdsl"])
        self.assertIn("one = Site {", files["app.kdsl"])

    def test_a_param_through_paths_of_overlays(self):
        files = self.rename("lib/web.kdsl", "param repl▮icas", "size")
        self.assertIn("param size:", files["lib/web.kdsl"])
        self.assertIn("one.size: 5", files["prod.kdsl"])
        self.assertIn("size: twice(", files["app.kdsl"])

    def test_from_a_use(self):
        files = self.rename("prod.kdsl", "o▮ne.replicas", "first")
        self.assertIn("resource first =", files["app.kdsl"])
        self.assertIn("first.replicas: 5", files["prod.kdsl"])

    def test_a_param_of_shorthands_keeps_the_keys(self):
        files = self.rename("lib/web.kdsl", "param na▮me", "title")
        self.assertIn("metadata: { name: title, labels }", files["lib/web.kdsl"])
        self.assertIn('Web { title: "one"', files["app.kdsl"])

    def test_a_parameter_named_in_a_call(self):
        files = self.rename("lib/web.kdsl", "twice(val▮ue", "number")
        self.assertIn("fn twice(number: int): int = number * 2", files["lib/web.kdsl"])
        self.assertIn("twice(number: 2)", files["app.kdsl"])

    def test_the_name_after_as(self):
        files = self.rename("app.kdsl", "two = B▮ ", "Big")
        self.assertIn("{ Bigger as Big }", files["app.kdsl"])
        self.assertIn("two = Big {", files["app.kdsl"])
        self.assertEqual(files["lib/web.kdsl"], FILES["lib/web.kdsl"])

    def test_a_name_that_is_taken(self):
        for name, marked, new in (("app.kdsl", "resource o▮ne", "two"), ("lib/web.kdsl", "fn twi▮ce", "count"), ("lib/web.kdsl", "param repl▮icas", "name"),
                                  ("lib/web.kdsl", "component W▮eb {", "if"), ("lib/web.kdsl", "component W▮eb {", "a b")):
            with self.subTest(new=new), self.assertRaises(ResponseError):
                self.rename(name, marked, new)

    def test_what_is_not_the_users(self):
        for marked, why in (("= Config▮Map", "language"), ("param name: st▮ring", "language"), ("meta▮data: {", "Kubernetes API")):
            with self.assertRaises(ResponseError) as refused:
                self.at("prepareRename", "lib/web.kdsl", marked)
            self.assertIn(why, refused.exception.message)
        self.assertIsNone(self.at("prepareRename", "lib/web.kdsl", "component Web ▮{"))

    def test_an_element_of_a_list_in_all_files(self):
        files = {"pod.kdsl": 'resource pod = Pod { metadata.name: "a", spec.containers: { main: { image: "nginx:1" } } }\n',
                 "staging.kdsl": 'extends "./pod"\npod.spec.containers.main.tty: true\nlet image = pod.spec.containers.main.image\n',
                 "live.kdsl": 'extends "./pod"\neach Pod { spec.containers["main"].stdin: true }\n',
                 "beside.kdsl": 'resource pod = Pod { metadata.name: "b", spec.containers: { main: { image: "nginx:1" } } }\n'}
        for name, text in files.items():
            (self.root / name).write_text(text)
            self.client.open(self.uri(name), text)
        position = position_of(files["staging.kdsl"], files["staging.kdsl"].index("main"))
        self.assertEqual(self.client.at("textDocument/prepareRename", self.uri("staging.kdsl"), position)["placeholder"], "main")
        edit = self.client.at("textDocument/rename", self.uri("staging.kdsl"), position, newName="side-car")
        with unittest.mock.patch.dict(FILES, files):
            after = self.edited(edit)
        self.assertIn('containers: { "side-car": {', after["pod.kdsl"])
        self.assertIn('pod.spec.containers["side-car"].tty: true\nlet image = pod.spec.containers["side-car"].image\n', after["staging.kdsl"])
        self.assertIn('spec.containers["side-car"].stdin', after["live.kdsl"])
        self.assertEqual(after["beside.kdsl"], files["beside.kdsl"])

    def test_every_rename_reverses(self):
        for name, marked, new in (("lib/web.kdsl", "component W▮eb {", "Site"), ("lib/web.kdsl", "param na▮me", "title"), ("app.kdsl", "resource o▮ne", "first")):
            with self.subTest(marked=marked):
                position = self.place(name, marked)
                files = self.edited(self.client.at("textDocument/rename", self.uri(name), position, newName=new))
                for changed, text in files.items():
                    self.client.open(self.uri(changed), text)
                line, column = position
                back = self.client.at("textDocument/rename", self.uri(name), (line, column), newName=cut_word(marked))
                from client import apply_edits
                for change in back["documentChanges"]:
                    path = change["textDocument"]["uri"][len(self.uri("")):].lstrip("/")
                    files[path] = apply_edits(files[path], change["edits"])
                # The key that a shorthand was split into stays written out.
                self.assertEqual({path: text.replace("name: name, labels", "name, labels") for path, text in files.items()}, FILES)
                for changed in files:
                    self.client.close(self.uri(changed))


def cut_word(marked: str) -> str:
    line, (column,) = cut_marks(marked)
    start = column
    while start > 0 and (line[start - 1].isalnum() or line[start - 1] == "_"):
        start -= 1
    end = column
    while end < len(line) and (line[end].isalnum() or line[end] == "_"):
        end += 1
    return line[start:end]


class MovingFiles(ProjectTest):
    def move(self, *moves):
        files = [{"oldUri": self.uri(old), "newUri": self.uri(new)} for old, new in moves]
        edit = self.client.request("workspace/willRenameFiles", {"files": files})
        return self.edited(edit) if edit else FILES

    def test_imports_of_others(self):
        files = self.move(("lib/web.kdsl", "lib/site.kdsl"))
        self.assertIn('from "./lib/site"\n', files["app.kdsl"])
        self.assertIn('from "./lib/site.kdsl"\n', files["app.kdsl"])

    def test_own_imports(self):
        files = self.move(("app.kdsl", "apps/main.kdsl"))
        self.assertIn('from "../lib/web"\n', files["app.kdsl"])
        self.assertIn('extends "./apps/main"\n', files["prod.kdsl"])

    def test_a_folder(self):
        files = self.move(("lib", "shared"))
        self.assertIn('from "./shared/web"\n', files["app.kdsl"])

    def test_an_embedded_file(self):
        self.assertIn('embed("./text/notes.txt")', self.move(("notes.txt", "text/notes.txt"))["prod.kdsl"])

    def test_nothing_to_do(self):
        self.assertEqual(self.move(("unrelated.kdsl", "other.kdsl")), FILES)

    def test_a_file_that_appears_mends_its_import(self):
        self.client.open(self.uri("late.kdsl"), 'import { x } from "./later"\nlet a = x\n')
        self.assertNotEqual(self.client.diagnostics(self.uri("late.kdsl")), [])
        (self.root / "later.kdsl").write_text("let x = 1\n")
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": self.uri("later.kdsl"), "type": 1}]})
        self.assertEqual(self.client.diagnostics(self.uri("late.kdsl")), [])


class Hierarchies(ProjectTest):
    def test_calls(self):
        (item,) = self.at("prepareCallHierarchy", "lib/web.kdsl", "fn twi▮ce")
        self.assertEqual(item["name"], "twice")
        calls = self.client.request("callHierarchy/incomingCalls", {"item": item})
        self.assertEqual(sorted((call["from"]["name"], len(call["fromRanges"])) for call in calls), [("count", 1), ("one", 1)])
        (caller,) = self.at("prepareCallHierarchy", "app.kdsl", "resource o▮ne")
        called = self.client.request("callHierarchy/outgoingCalls", {"item": caller})
        self.assertEqual(sorted(call["to"]["name"] for call in called), ["Web", "twice"])

    def test_types(self):
        (item,) = self.at("prepareTypeHierarchy", "lib/web.kdsl", "component W▮eb {")
        (derived,) = self.client.request("typeHierarchy/subtypes", {"item": item})
        self.assertEqual(derived["name"], "Bigger")
        (base,) = self.client.request("typeHierarchy/supertypes", {"item": derived})
        self.assertEqual(base["name"], "Web")
        self.assertEqual(self.client.request("typeHierarchy/supertypes", {"item": base}), [])


class Diagnostics(ProjectTest):
    def test_of_files_that_nobody_opened(self):
        (self.root / "bad.kdsl").write_text("let a: int = \"x\"\n")
        report = self.client.request("workspace/diagnostic", {"previousResultIds": []})
        found = {one["uri"][len(self.uri("")):].lstrip("/"): one for one in report["items"]}
        self.assertEqual(len(found["bad.kdsl"]["items"]), 1)
        self.assertEqual(found["app.kdsl"]["items"], [])
        ids = [{"uri": one["uri"], "value": one["resultId"]} for one in report["items"]]
        again = self.client.request("workspace/diagnostic", {"previousResultIds": ids})
        self.assertEqual({one["kind"] for one in again["items"]}, {"unchanged"})

    def test_part_by_part(self):
        last = self.client.request("workspace/diagnostic", {"previousResultIds": [], "partialResultToken": "p"})
        self.assertEqual(last, {"items": []})
        part = self.client.wait_for("$/progress", lambda params: params["token"] == "p")
        self.assertEqual(len(part["value"]["items"]), 1)


class Typing(ProjectTest):
    def type_at(self, marked, character):
        text, (offset,) = cut_marks(marked)
        uri = self.uri("typing.kdsl")
        self.client.open(uri, text)
        edits = self.client.at("textDocument/onTypeFormatting", uri, position_of(text, offset), ch=character, options={"tabSize": 2, "insertSpaces": True})
        self.client.close(uri)
        from client import apply_edits
        return apply_edits(text, edits or [])

    def test_a_new_line_is_indented(self):
        self.assertEqual(self.type_at("resource a = ConfigMap {\n▮", "\n"), "resource a = ConfigMap {\n  ")
        self.assertEqual(self.type_at("let a = f({\n▮\n})\n", "\n"), "let a = f({\n  \n})\n")

    def test_a_closing_bracket_goes_back(self):
        self.assertEqual(self.type_at("resource a = ConfigMap {\n  data: {\n    }▮\n", "}"), "resource a = ConfigMap {\n  data: {\n  }\n")

    def test_texts_are_left_alone(self):
        text = 'let a = """\n      x\n ▮ y\n"""\n'
        self.assertEqual(self.type_at(text, "\n"), text.replace("▮", ""))

    def test_a_local_is_edited_in_all_its_places(self):
        uri = self.uri("linked.kdsl")
        text = "let a = [for (x in [1, 2]) x + x]\n"
        self.client.open(uri, text)
        ranges = self.client.at("textDocument/linkedEditingRange", uri, position_of(text, text.index("x in")))["ranges"]
        self.assertEqual(len(ranges), 3)
        self.assertIsNone(self.client.at("textDocument/linkedEditingRange", uri, (0, 4)))


class Cancelled(unittest.TestCase):
    def test_the_work_ends(self):
        """Who asks about many files and gives up is answered before all of them are checked."""
        count = 400
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "project.kdsl").write_text('name: "many"\n')
            (root / "web.kdsl").write_text(FILES["lib/web.kdsl"])
            body = "".join(f'resource web{i} = Web {{ name: "w{i}" }}\n' for i in range(40))
            for i in range(count):
                (root / f"file{i}.kdsl").write_text('import { Web } from "./web"\n' + body)
            for method in ("textDocument/references", "textDocument/rename", "workspace/symbol"):
                with Client() as client:
                    client.initialize(workspaceFolders=[{"uri": uri_of(root), "name": "many"}])
                    uri = uri_of(root / "web.kdsl")
                    client.open(uri, FILES["lib/web.kdsl"])
                    client.diagnostics(uri, 1)
                    place = {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 11}, "context": {"includeDeclaration": True}, "newName": "Site", "query": "web"}
                    asked = client.start_request(method, place)
                    client.notify("$/cancelRequest", {"id": asked})
                    self.assertEqual(client.response(asked)["error"]["code"], -32800, method)
                    status = client.request("workspace/executeCommand", {"command": "kdsl.server.status"})
                    self.assertLess(status["checked"], count // 2, method)
                    self.assertLess(status["parsed"], count, method)
                    self.assertEqual(client.shut_down(), 0)


class Versions(unittest.TestCase):
    """Each target is built for its own version of Kubernetes: the editor says of its files what the build would."""

    GROUP = 'resource group = PodGroup { metadata.name: "group" }\n'

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.files = {
            "project.kdsl": 'name: "versions"\nkubernetes: "1.36"\ntargets: { new: { file: "./new" }, old: { file: "./old", kubernetes: "1.34" } }\n',
            "new.kdsl": 'extends "./both"\n' + self.GROUP,
            "old.kdsl": 'extends "./both"\n' + self.GROUP,
            "both.kdsl": "",
            "other.kdsl": self.GROUP,
        }
        for name, text in self.files.items():
            (self.root / name).write_text(text)
        self.client = Client()
        self.client.initialize(workspaceFolders=[{"uri": uri_of(self.root), "name": "versions"}])

    def tearDown(self):
        status = self.client.shut_down()
        self.client.__exit__()
        self.assertEqual(status, 0)

    def open(self, name):
        uri = uri_of(self.root / name)
        self.client.open(uri, self.files[name])
        return uri, [one["message"] for one in self.client.diagnostics(uri, 1) if one["severity"] == 1]

    def test_diagnostics(self):
        self.assertFalse([one for one in self.open("new.kdsl")[1] if "there is no" in one])
        (message,) = self.open("old.kdsl")[1]
        self.assertIn("PodGroup", message)
        self.assertFalse([one for one in self.open("other.kdsl")[1] if "there is no" in one], "the project's own version")

    def test_a_file_of_both(self):
        self.files["both.kdsl"] = self.GROUP
        uri, messages = self.open("both.kdsl")
        (message,) = [one for one in messages if "with Kubernetes 1.34" in one]
        self.assertIn("PodGroup", message)
        self.client.change(uri, [{"text": 'resource config = ConfigMap { metadata.name: "c", data: { a: 1 } }\n'}])
        (message,) = [one["message"] for one in self.client.diagnostics(uri, 2)]
        self.assertNotIn("Kubernetes", message)

    def test_completion_and_hover(self):
        uri, _ = self.open("old.kdsl")
        self.assertIsNone(self.client.at("textDocument/hover", uri, (1, 18)))
        self.client.close(uri)
        text = 'extends "./both"\nresource group = P\n'
        for name, has in (("old.kdsl", False), ("new.kdsl", True)):
            uri = uri_of(self.root / name)
            self.client.open(uri, text)
            labels = [one["label"] for one in self.client.at("textDocument/completion", uri, (1, 18))["items"]]
            self.assertIn("Pod", labels)
            self.assertEqual("PodGroup" in labels, has, name)

    def test_rendered(self):
        self.open("old.kdsl")
        for target, has in (("old", False), ("new", True)):
            text = self.client.request("kdsl/rendered", {"textDocument": {"uri": uri_of(self.root / "old.kdsl")}, "target": target})
            self.assertEqual(any("there is no `PodGroup`" in one for one in text["problems"]), not has, text["problems"])

    def test_the_project_says_another_version(self):
        uri, messages = self.open("old.kdsl")
        self.assertTrue(messages)
        project, _ = self.open("project.kdsl")
        self.client.change(project, [{"text": self.files["project.kdsl"].replace("1.34", "1.36")}])
        self.client.diagnostics(project, 2)
        found = self.client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
        self.assertFalse([one for one in found if "there is no" in one["message"]])

    def test_the_project_is_edited_after_its_file_was_checked(self):
        # All of it before the server looks for what an edit concerns: the file is among what was edited, and was checked for the version of before.
        uri, project = uri_of(self.root / "old.kdsl"), uri_of(self.root / "project.kdsl")
        self.client.open(uri, self.files["old.kdsl"])
        self.client.open(project, self.files["project.kdsl"])
        before = self.client.start_request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        self.client.change(project, [{"text": self.files["project.kdsl"].replace("1.34", "1.36")}])
        self.assertTrue(self.client.response(before)["result"]["items"])
        self.client.diagnostics(project, 2)
        time.sleep(0.05)
        found = self.client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
        self.assertFalse([one for one in found if "there is no" in one["message"]])

    def test_references_through_versions(self):
        self.files["both.kdsl"] = "param size: int = 1\n"
        (self.root / "both.kdsl").write_text(self.files["both.kdsl"])
        for name in ("old.kdsl", "new.kdsl"):
            (self.root / name).write_text('extends "./both"\nsize: 2\n')
        uri, _ = self.open("both.kdsl")
        found = self.client.at("textDocument/references", uri, (0, 7), context={"includeDeclaration": True})
        self.assertEqual(sorted(place["uri"].rsplit("/", 1)[-1] for place in found), ["both.kdsl", "new.kdsl", "old.kdsl"])


if __name__ == "__main__":
    unittest.main()
