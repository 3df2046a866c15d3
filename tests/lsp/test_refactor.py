"""Refactorings, code lenses and commands."""

import pathlib
import tempfile
import unittest

from client import Client, ResponseError, apply_edits, cut_marks, position_of, uri_of
from test_features import WEB, FeatureTest


class Actions(FeatureTest):
    def actions(self, marked: str, only=None):
        """What is offered for the selection between the marks (or at the one mark): title → text after it."""
        uri, text, places = self.open(marked)
        start, end = places[0], places[-1]
        selection = {"start": {"line": start[0], "character": start[1]}, "end": {"line": end[0], "character": end[1]}}
        context = {"diagnostics": [], **({"only": [only]} if only else {})}
        found = self.client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": selection, "context": context})
        result = {}
        for action in found:
            (change,) = action["edit"]["documentChanges"]
            after = apply_edits(text, change["edits"])
            result[action["title"]] = after
            self.client.open(uri, after)
            self.assertEqual(self.client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"] if action["kind"].startswith("refactor.e") else [], [], after)
        return result

    def test_extract_a_let(self):
        found = self.actions("/// Doc.\nresource m = ConfigMap { metadata.name: ▮\"a\" + \"b\"▮ }\n", "refactor.extract")
        self.assertEqual(found, {"Extract to `let name`": "let name = \"a\" + \"b\"\n/// Doc.\nresource m = ConfigMap { metadata.name: name }\n"})

    def test_extract_within_a_component(self):
        found = self.actions("component C {\n  param n: int\n  resource m = ConfigMap { data.x: ▮\"${n}\"▮ }\n}\n", "refactor.extract")
        self.assertEqual(found, {"Extract to `let x`": "component C {\n  param n: int\n  let x = \"${n}\"\n  resource m = ConfigMap { data.x: x }\n}\n"})

    def test_extract_a_function_of_locals(self):
        found = self.actions("let a = [for (x in [1, 2]) ▮x * 2▮]\n", "refactor.extract")
        self.assertEqual(found, {"Extract to `fn extracted`": "fn extracted(x: int) = x * 2\nlet a = [for (x in [1, 2]) extracted(x)]\n"})

    def test_what_reads_self_stays(self):
        self.assertEqual(self.actions("resource m = ConfigMap { metadata.name: \"a\", data.x: ▮self.metadata.name▮ }\n", "refactor.extract"), {})

    def test_inline(self):
        found = self.actions("private let si▮ze = 1 + 2\nlet a = size * 2\nlet b = { size }\n", "refactor.inline")
        self.assertEqual(found, {"Inline `size`": "let a = (1 + 2) * 2\nlet b = { size: (1 + 2) }\n"})

    def test_required_fields(self):
        found = self.actions(WEB + "resource w = Web { ▮ }\n", "refactor.rewrite")
        self.assertEqual(found, {"Add required `name`, `image`": WEB + "resource w = Web {\n  name: \"\"\n  image: \"\"\n}\n"})

    def test_extract_a_component(self):
        text = "param tag: string = \"1\"\nparam count: int = 2\n\n/// What is read.\nresource w▮eb = ConfigMap {\n  metadata.name: \"web\"\n  data.count: \"${count}\"\n  metadata.labels: { tag }\n}\n\nweb.data.more: \"x\"\n"
        found = self.actions(text, "refactor.extract")
        self.assertEqual(found["Extract to `component Web`"], """param tag: string = "1"
param count: int = 2

component Web {
  param count: int
  param tag: string
  resource configMap = ConfigMap {
    metadata.name: "web"
    data.count: "${count}"
    metadata.labels: { tag }
  }
}

/// What is read.
resource web = Web { count, tag }

web.configMap.data.more: "x"
""")

    def test_what_reads_another_resource_stays(self):
        text = "resource a = ConfigMap { metadata.name: \"a\" }\nresource ▮b = ConfigMap { metadata.name: a.metadata.name }\n"
        self.assertEqual(self.actions(text, "refactor.extract"), {})

    def test_imports(self):
        found = self.actions("import { Worker } from \"std/app\"\nimport { Deployment } from \"k8s/apps/v1\"\nimport { WebService } from \"std/app\"▮\n", "source.organizeImports")
        self.assertEqual(found, {"Organise imports": "import { WebService, Worker } from \"std/app\"\nimport { Deployment } from \"k8s/apps/v1\"\n"})

    def test_pasted_yaml(self):
        yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings # mine\ndata:\n  a: \"1\"\n"
        found = self.actions("let a = 1\n▮" + yaml + "▮", "refactor.rewrite")
        self.assertEqual(found["Convert YAML to kdsl"], "let a = 1\nresource settings = ConfigMap {\n  metadata.name: \"settings\" // mine\n  data.a: \"1\"\n}\n")


class NewFiles(unittest.TestCase):
    TEXT = """import { Worker } from "std/app"
import { twice } from "./math"

/// A service of ours.
component MyShop extends Worker {
  replicas: twice(2)
}

resource shop = MyShop { name: "shop", image: "i:1.2.3" }
"""

    def offered(self, text, marked, operations=("create",)):
        with tempfile.TemporaryDirectory() as folder, Client() as client:
            root = pathlib.Path(folder)
            (root / "math.kdsl").write_text("fn twice(n: int): int = n * 2\n")
            capabilities = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": list(operations)}}}
            client.initialize(capabilities)
            uri = uri_of(root / "main.kdsl")
            client.open(uri, text)
            line, (column,) = cut_marks(marked)
            start = dict(zip(("line", "character"), position_of(text, text.index(line) + column)))
            found = client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": {"start": start, "end": start}, "context": {"diagnostics": [], "only": ["refactor.extract"]}})
            moves = [one for one in found if one["title"].startswith("Move")]
            if not moves:
                return None
            create, made, changed = moves[0]["edit"]["documentChanges"]
            self.assertEqual((create["kind"], create["uri"]), ("create", uri_of(root / "my-shop.kdsl")))
            self.assertEqual(made["textDocument"]["uri"], create["uri"])
            after, new = apply_edits(text, changed["edits"]), made["edits"][0]["newText"]
            (root / "my-shop.kdsl").write_text(new)
            client.change(uri, [{"text": after}])
            client.open(create["uri"], new)
            for one in (uri, create["uri"]):
                found = client.request("textDocument/diagnostic", {"textDocument": {"uri": one}})["items"]
                # What only the moved declaration needed is imported in vain now; a quick fix takes it out.
                self.assertEqual([item for item in found if item["severity"] == 1], [], (after, new))
            self.assertEqual(client.shut_down(), 0)
            return after, new

    def test_move_a_component(self):
        after, new = self.offered(self.TEXT, "component My▮Shop")
        self.assertEqual(new, 'import { Worker } from "std/app"\nimport { twice } from "./math"\n\n/// A service of ours.\ncomponent MyShop extends Worker {\n  replicas: twice(2)\n}\n')
        self.assertIn('import { MyShop } from "./my-shop"\n', after)
        self.assertNotIn("component", after)

    def moved(self, files, marked):
        """The files after the declaration of the first one moved to a file of its own, all of them without errors; None if that is not offered."""
        with tempfile.TemporaryDirectory() as folder, Client() as client:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(exist_ok=True)
                (root / name).write_text(text)
            capabilities = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}}}
            client.initialize(capabilities, workspaceFolders=[{"uri": uri_of(root), "name": "it"}])
            first = next(iter(files))
            uri, text = uri_of(root / first), files[first]
            client.open(uri, text)
            line, (column,) = cut_marks(marked)
            start = dict(zip(("line", "character"), position_of(text, text.index(line) + column)))
            found = client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": {"start": start, "end": start}, "context": {"diagnostics": [], "only": ["refactor.extract"]}})
            moves = [one for one in found if one["title"].startswith("Move")]
            # Each move of the caret asks too: nothing is looked through for it.
            unasked = client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": {"start": start, "end": start}, "context": {"diagnostics": [], "triggerKind": 2}})
            self.assertFalse([one for one in unasked if one["title"].startswith("Move")])
            if not moves:
                return None
            after = dict(files)
            for change in moves[0]["edit"]["documentChanges"]:
                if "kind" not in change:
                    name = change["textDocument"]["uri"][len(uri_of(root)) + 1:]
                    after[name] = apply_edits(after.get(name, ""), change["edits"])
            for name, new in after.items():
                (root / name).write_text(new)
                client.change(uri, [{"text": new}]) if name == first else client.open(uri_of(root / name), new)
            for name in after:
                self.assertEqual(client.request("textDocument/diagnostic", {"textDocument": {"uri": uri_of(root / name)}})["items"], [], (name, after))
            return after

    def test_moving_takes_the_imports_of_others_along(self):
        after = self.moved({
            "lib/base.kdsl": "component Web {\n  param name: string\n  resource map = ConfigMap { metadata.name: name }\n}\nfn twice(n: int): int = n * 2\nlet four = twice(2)\n",
            "one.kdsl": 'import { Web } from "./lib/base"\nresource web = Web { name: "one" }\n',
            "two.kdsl": 'import { twice, Web as Site } from "./lib/base.kdsl"\nresource web = Site { name: "two-${twice(1)}" }\n',
            "lib/three.kdsl": 'import { Web, four } from "./base"\nresource web = Web { name: "three-${four}" }\n',
            "none.kdsl": "let Web2 = 1\n",
        }, "component W▮eb")
        self.assertIn("component Web {", after["lib/web.kdsl"])
        self.assertEqual(after["lib/base.kdsl"], "fn twice(n: int): int = n * 2\nlet four = twice(2)\n")
        self.assertEqual(after["one.kdsl"], 'import { Web } from "./lib/web"\nresource web = Web { name: "one" }\n')
        self.assertTrue(after["two.kdsl"].startswith('import { twice } from "./lib/base.kdsl"\nimport { Web as Site } from "./lib/web.kdsl"\nresource'), after["two.kdsl"])
        self.assertTrue(after["lib/three.kdsl"].startswith('import { four } from "./base"\nimport { Web } from "./web"\nresource'), after["lib/three.kdsl"])

    def test_what_is_named_through_its_module_stays(self):
        base = "component Web {\n  param name: string\n  resource map = ConfigMap { metadata.name: name }\n}\n"
        self.assertIsNotNone(self.moved({"base.kdsl": base}, "component W▮eb"))
        self.assertIsNone(self.moved({"base.kdsl": base, "one.kdsl": 'import "./base" as base\nresource web = base.Web { name: "one" }\n'}, "component W▮eb"))

    def test_what_names_its_file_stays(self):
        self.assertIsNone(self.offered(self.TEXT.replace("twice(2)", "own(2)") + "fn own(n: int): int = n\n", "component My▮Shop"))

    def test_clients_that_make_no_files(self):
        self.assertIsNone(self.offered(self.TEXT, "component My▮Shop", operations=()))


class Lenses(FeatureTest):
    def test_references_and_rendered(self):
        uri, _, _ = self.open(WEB + "resource w = Web { name: \"w\", image: \"i\" }\n")
        lenses = self.client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
        resolved = [self.client.request("codeLens/resolve", lens) if "data" in lens else lens for lens in lenses]
        self.assertEqual([lens["command"]["title"] for lens in resolved], ["1 reference", "Show YAML"])


class Commands(FeatureTest):
    def run_command(self, name, argument=None):
        return self.client.request("workspace/executeCommand", {"command": "kdsl.server." + name, **({"arguments": [argument]} if argument is not None else {})})

    def test_render(self):
        uri, _, _ = self.open("resource m = ConfigMap { metadata.name: \"a\" }\n")
        self.assertIn("kind: ConfigMap", self.run_command("render", {"textDocument": {"uri": uri}})["text"])

    def test_convert(self):
        answer = self.run_command("convertYaml", {"text": "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\nstatus: {}\n"})
        self.assertEqual(answer["text"], "resource x = Namespace {\n  metadata.name: \"x\"\n}\n")
        self.assertEqual(len(answer["problems"]), 1)

    def test_explain_status_and_report(self):
        self.assertIn("replicas", self.run_command("explain", {"path": "Deployment.spec"}))
        self.assertGreater(self.run_command("status")["residentBytes"], 1 << 20)
        self.assertIn("### kdsl", self.run_command("bugReport"))

    def test_unknown(self):
        with self.assertRaises(ResponseError):
            self.run_command("nothing")


BUILD = """resource settings = ConfigMap { metadata.name: "settings", data: { mode: "fast", level: "1" } }
resource svc = Service { metadata: { name: "web", labels.app: "web" }, spec: { selector.app: "web", ports: [{ name: "http", port: 80 }] } }
resource web = Deployment {
  metadata.name: "web"
  spec: {
    selector.matchLabels.app: "web"
    template: {
      metadata.labels.app: "web"
      spec.containers: { main: { image: "i", envFrom: [{ configMapRef.name: "settings" }] } }
    }
  }
}
"""


class NamesOfTheBuild(FeatureTest):
    """What other objects of the same build are called."""

    def complete_after(self, addition: str):
        uri, text, _ = self.open(BUILD)
        self.assertEqual(self.client.diagnostics(uri), [])
        added, (offset,) = cut_marks(addition)
        self.client.change(uri, [{"text": text + added}])
        found = self.client.at("textDocument/completion", uri, position_of(text + added, len(text) + offset))
        return [item["label"] for item in found["items"]]

    def test_names_of_config_maps(self):
        self.assertEqual(self.complete_after('web.spec.template.spec.volumes.v.configMap.name: "▮"\n'), ["settings"])
        self.assertIn('"settings"', self.complete_after("web.spec.template.spec.volumes.v.configMap.name: ▮\n"))

    def test_keys(self):
        self.assertEqual(self.complete_after('web.spec.template.spec.containers.main.env.A.valueFrom.configMapKeyRef: { name: "settings", key: "▮" }\n'), ["level", "mode"])

    def test_elements_of_keyed_lists(self):
        self.assertEqual(self.complete_after("web.spec.template.spec.containers.▮\n")[0], "main")
        self.assertEqual(self.complete_after("web.spec.template.spec: { containers: { ▮ } }\n")[:2], ["name: { … }", "main"])
        self.assertNotIn("main", self.complete_after("web.spec.template.spec: { containers: { main: { }, ▮ } }\n"))
        self.assertNotIn("main", self.complete_after("web.spec.template.spec.volumes.▮\n"))

    def test_labels(self):
        self.assertEqual(self.complete_after('svc.spec.selector.app: "▮"\n'), ["web"])
        self.assertIn("app", self.complete_after("svc.metadata.labels: { ▮ }\n"))

    def test_from_a_selector_to_the_labels(self):
        uri, text, _ = self.open(BUILD)
        places = self.client.at("textDocument/definition", uri, position_of(text, text.index('selector.app: "web"') + 16))
        lines = sorted(place["range"]["start"]["line"] for place in places)
        self.assertEqual(lines, [1, 7])

    def test_from_a_name_to_its_object(self):
        uri, text, _ = self.open(BUILD)
        (place,) = self.client.at("textDocument/definition", uri, position_of(text, text.index('configMapRef.name: "settings"') + 22))
        self.assertEqual(place["range"]["start"]["line"], 0)

    def test_rename_a_label(self):
        uri, text, _ = self.open(BUILD)
        position = position_of(text, text.index('matchLabels.app: "web"') + 19)
        edit = self.client.at("textDocument/rename", uri, position, newName="site")
        after = apply_edits(text, [one for change in edit["documentChanges"] if change["textDocument"]["uri"] == uri for one in change["edits"]])
        self.assertEqual(after.count('app: "site"'), 4)
        self.assertIn('metadata.name: "web"', after)


if __name__ == "__main__":
    unittest.main()
