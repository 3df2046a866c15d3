"""What each request answers, on small programs. `▮` marks the caret."""

import os
import tempfile
import unittest
from typing import Any, Dict, List

from client import Client, ResponseError, apply_edits, cut_marks, position_of, uri_of


class FeatureTest(unittest.TestCase):
    """One server for all tests of a class; each file is opened in a folder of its own."""

    @classmethod
    def setUpClass(cls):
        cls.client = Client()
        cls.legend = cls.client.initialize()["capabilities"]
        cls.folder = tempfile.TemporaryDirectory()
        cls.count = 0

    @classmethod
    def tearDownClass(cls):
        status = cls.client.shut_down()
        cls.client.__exit__()
        cls.folder.cleanup()
        assert status == 0, status

    def open(self, marked: str, **others: str):
        """Opens the text as a file; others are written beside it. The uri, the text and the positions of the marks."""
        type(self).count += 1
        folder = os.path.join(self.folder.name, str(self.count))
        os.makedirs(folder)
        for name, content in others.items():
            with open(os.path.join(folder, name + ".kdsl"), "w", encoding="utf-8") as file:
                file.write(content)
        text, offsets = cut_marks(marked)
        uri = uri_of(os.path.join(folder, "main.kdsl"))
        self.client.open(uri, text)
        return uri, text, [position_of(text, offset) for offset in offsets]

    def hover(self, marked: str, **others: str) -> str:
        uri, _, (position,) = self.open(marked, **others)
        found = self.client.at("textDocument/hover", uri, position)
        return found["contents"]["value"] if found else ""

    def complete(self, marked: str, **others: str) -> Dict[str, Dict[str, Any]]:
        uri, _, (position,) = self.open(marked, **others)
        found = self.client.at("textDocument/completion", uri, position)
        labels = [item["label"] for item in found["items"]]
        return {item["label"]: item for item in found["items"]} if labels else {}

    def chosen(self, marked: str, label: str, **others: str) -> str:
        """The text after choosing the item."""
        uri, text, (position,) = self.open(marked, **others)
        found = self.client.at("textDocument/completion", uri, position)
        items = [item for item in found["items"] if item["label"] == label]
        self.assertEqual(len(items), 1, [item["label"] for item in found["items"]][:40])
        return apply_edits(text, [items[0]["textEdit"], *items[0].get("additionalTextEdits", [])])

    def definition(self, marked: str, **others: str) -> List[str]:
        """The declared words, as `file:line:text`."""
        uri, text, (position,) = self.open(marked, **others)
        places = []
        for place in self.client.at("textDocument/definition", uri, position):
            name = place["uri"].rsplit("/", 1)[-1]
            source = text if place["uri"] == uri else others.get(name.removesuffix(".kdsl"), "")
            start, end = place["range"]["start"], place["range"]["end"]
            line = source.split("\n")[start["line"]] if source else ""
            places.append(f"{name}:{start['line']}:{line[start['character']:end['character']] if start['line'] == end['line'] else ''}")
        return places


WEB = """/// A small service.
component Web {
  /// Name of every object.
  param name: string
  param image: string
  param replicas: int(0..) = 2
  param level: "debug" | "info" = "info"
  let labels = { app: name }
  resource deployment = Deployment {
    metadata: { name, labels }
    spec: { replicas, selector.matchLabels: labels, template: { metadata.labels: labels, spec.containers: { [name]: { image } } } }
  }
}
"""


class Hover(FeatureTest):
    def test_a_field_of_the_api(self):
        text = self.hover("resource d = Deployment { spec: { repl▮icas: 3 } }")
        self.assertIn("replicas: int", text)
        self.assertIn("Default: `1`", text)
        self.assertIn("desired", text)

    def test_a_key_that_its_record_does_not_have(self):
        self.assertEqual(self.hover("resource c = ConfigMap { d▮ta: { a: 1 } }"), "")

    def test_a_kind(self):
        text = self.hover("resource d = Deploy▮ment { }")
        self.assertIn("apps/v1", text)
        self.assertIn("Pods", text)

    def test_a_path_through_a_keyed_list(self):
        text = self.hover('resource d = Deployment { spec.template.spec.containers.web.image▮PullPolicy: "Always" }')
        self.assertIn('"IfNotPresent"', text)

    def test_a_param_and_its_documentation(self):
        text = self.hover("/// How many.\n/// At least one.\nparam count: int(1..) = 2\nlet twice = cou▮nt * 2\n")
        self.assertIn("param count: int(1..) = 2", text)
        self.assertIn("How many.\nAt least one.", text)

    def test_a_component_names_its_inputs(self):
        text = self.hover(WEB + "resource w = We▮b { name: \"w\", image: \"i\" }\n")
        self.assertIn("component Web", text)
        self.assertIn("A small service.", text)
        self.assertIn("Required: `name: string", text)
        self.assertIn("`replicas`", text)

    def test_a_required_param(self):
        text = self.hover(WEB + "resource w = Web { na▮me: \"w\", image: \"i\" }\n")
        self.assertIn("Name of every object.", text)
        self.assertIn("*Required*", text)

    def test_a_quantity_in_bytes(self):
        self.assertIn("536,870,912 bytes", self.hover('resource d = Deployment { spec.template.spec.containers.a.resources.limits.memory: 51▮2Mi }'))
        self.assertIn("0.25 of a core", self.hover('resource d = Deployment { spec.template.spec.containers.a.resources.limits.cpu: 250▮m }'))

    def test_a_built_in_method(self):
        text = self.hover('let a = "x".up▮per()')
        self.assertIn("upper(): string", text)

    def test_a_local(self):
        self.assertIn("for x: int", self.hover("let a = [for (x in [1, 2]) ▮x + 1]"))

    def test_deprecated(self):
        text = self.hover("param old: int = 1 deprecated \"use new\"\nlet a = ol▮d\n")
        self.assertIn("**Deprecated**: use new", text)

    def test_nothing(self):
        self.assertEqual(self.hover("// a com▮ment\n"), "")
        self.assertEqual(self.hover("let a = 1\n▮\n"), "")


class Completion(FeatureTest):
    def test_fields_of_a_kind(self):
        items = self.complete("resource d = Deployment {\n  spec: {\n    ▮\n  }\n}\n")
        self.assertIn("replicas", items)
        self.assertIn("template", items)
        self.assertNotIn("status", items)

    def test_required_first(self):
        items = self.complete(WEB + "resource w = Web { ▮ }\n")
        self.assertIn("required", items["name"]["detail"])
        self.assertLess(items["name"]["sortText"], items["replicas"]["sortText"])

    def test_keys_that_are_set_are_left_out(self):
        items = self.complete(WEB + "resource w = Web {\n  name: \"w\"\n  ▮\n}\n")
        self.assertNotIn("name", items)
        self.assertIn("image", items)

    def test_while_a_word_is_typed(self):
        chosen = self.chosen("resource d = Deployment {\n  spec: { repl▮ }\n}\n", "replicas")
        self.assertIn("spec: { replicas: $0 }", chosen)

    def test_a_field_with_what_it_requires(self):
        chosen = self.chosen("resource d = Deployment {\n  sp▮\n}\n", "spec")
        self.assertIn('spec: {\n\tselector.matchLabels: { app: "${1:d}" }\n\ttemplate: {\n\t\tmetadata.labels: { app: "$1" }\n', chosen)
        self.assertIn("metadata: {\n\t$0\n}", self.chosen("resource d = Deployment {\n  meta▮\n}\n", "metadata"))

    def test_deprecated_ones_are_marked(self):
        items = self.complete("component C {\n  param a: int = 1 deprecated \"use b\"\n  param b: int = 1\n}\nresource c = C { ▮ }\n")
        self.assertEqual((items["a"].get("tags"), items["b"].get("tags")), ([1], None))

    def test_a_path_in_the_making(self):
        items = self.complete("resource d = Deployment {\n  spec.template.spec.▮\n}\n")
        self.assertIn("containers", items)
        self.assertIn("serviceAccountName", items)
        items = self.complete("resource d = Deployment { spec.template.spec.containers.web.▮ }\n")
        self.assertIn("image", items)

    def test_a_path_into_a_resource(self):
        items = self.complete(WEB + "resource w = Web { name: \"w\", image: \"i\" }\nw.deployment.spec.▮\n")
        self.assertIn("replicas", items)

    def test_a_key_before_its_colon(self):
        chosen = self.chosen("resource d = Deployment { spec: { repl▮: 2 } }", "replicas")
        self.assertIn("spec: { replicas: 2 }", chosen)

    def test_the_values_of_a_union(self):
        items = self.complete(WEB + "resource w = Web { level: ▮ }\n")
        self.assertIn('"debug"', items)
        chosen = self.chosen(WEB + "resource w = Web { level: \"de▮\" }\n", "debug")
        self.assertIn('level: "debug" }', chosen)

    def test_the_values_of_an_api_field(self):
        items = self.complete("resource s = Service { spec.type: \"▮\" }")
        self.assertLessEqual({"ClusterIP", "NodePort", "LoadBalancer"}, set(items))

    def test_the_other_side_of_a_comparison(self):
        items = self.complete('param env: "dev" | "prod"\nlet big = env == "▮"\n')
        self.assertEqual(set(items), {"dev", "prod"})

    def test_patterns(self):
        items = self.complete('param env: "dev" | "prod"\nlet n = match (env) { "▮" => 1, _ => 2 }\n')
        self.assertEqual(set(items), {"dev", "prod"})

    def test_quantities_and_durations(self):
        self.assertIn("512Mi", self.complete("resource d = Deployment { spec.template.spec.containers.a.resources.limits.memory: ▮ }"))
        self.assertIn("250m", self.complete("resource d = Deployment { spec.template.spec.containers.a.resources.limits.cpu: ▮ }"))
        self.assertIn("30s", self.complete("param wait: Duration = ▮\n"))

    def test_booleans(self):
        items = self.complete("param on: bool = ▮")
        self.assertIn("true", items)
        self.assertIn("false", items)

    def test_names_in_scope(self):
        items = self.complete("param size: int = 1\nlet other = 2\nfn twice(x: int): int = x * 2\nlet a = ▮\n")
        self.assertLessEqual({"size", "other", "twice", "if", "match", "min"}, set(items))

    def test_a_component_does_not_see_the_params_of_its_module(self):
        items = self.complete("param outer: int = 1\ncomponent C {\n  param inner: int = 1\n  let a = ▮\n}\n")
        self.assertIn("inner", items)
        self.assertNotIn("outer", items)

    def test_locals(self):
        items = self.complete("let a = [for (element in [1]) ▮]\n")
        self.assertIn("element", items)
        items = self.complete("let a = [1].map(each1 => ▮)\n")
        self.assertIn("each1", items)
        items = self.complete("fn f(value: int): int = ▮\n")
        self.assertIn("value", items)

    def test_fields_of_a_value(self):
        items = self.complete(WEB + "resource w = Web { name: \"w\", image: \"i\" }\nlet n = w.deployment.metadata.▮\n")
        self.assertIn("name", items)
        self.assertIn("labels", items)

    def test_methods(self):
        items = self.complete('let a = "x".▮\n')
        self.assertIn("upper", items)
        self.assertNotIn("map", items)
        items = self.complete("let a = [1].▮\nlet b = 1\n")
        self.assertIn("map", items)
        self.assertNotIn("upper", items)

    def test_types(self):
        items = self.complete("schema Probe { path: string }\ntype Port = int(1..65535)\nparam a: ▮\n")
        self.assertLessEqual({"Probe", "Port", "int", "Quantity", "Container", "Deployment", "ref"}, set(items))

    def test_kinds_and_components_for_a_resource(self):
        items = self.complete(WEB + "resource w = ▮\n")
        self.assertIn("Web", items)
        self.assertIn("Deployment", items)
        chosen = self.chosen(WEB + "resource w = We▮\n", "Web")
        self.assertIn('resource w = Web {\n\tname: "${1:w}"\n\timage: "$2"\n\t$0\n}', chosen)

    def test_each(self):
        items = self.complete(WEB + "each ▮\n")
        self.assertLessEqual({"Deployment", "Container", "Web", "Resource"}, set(items))

    def test_import_paths(self):
        items = self.complete('import "▮"\n', other="let a = 1\n")
        self.assertIn("./other", items)
        self.assertIn("k8s/apps/v1", items)

    def test_imported_names(self):
        items = self.complete('import { ▮ } from "./other"\n', other=WEB + "private type Hidden = int\n")
        self.assertIn("Web", items)
        self.assertNotIn("Hidden", items)

    def test_members_of_an_imported_module(self):
        items = self.complete('import "./other" as other\nresource w = other.▮\n', other=WEB)
        self.assertIn("Web", items)

    def test_declaring_words(self):
        items = self.complete("▮\n")
        self.assertLessEqual({"param", "resource", "import", "component", "each", "test"}, set(items))
        self.assertEqual(items["component"]["insertTextFormat"], 2)

    def test_named_arguments(self):
        items = self.complete("fn f(width: int, height: int = 1): int = width * height\nlet a = f(▮)\n")
        self.assertIn("width:", items)

    def test_documentation_is_resolved(self):
        items = self.complete("resource d = Deployment { spec: { ▮ } }")
        resolved = self.client.request("completionItem/resolve", items["replicas"])
        self.assertIn("desired", resolved["documentation"]["value"])

    def test_nothing_in_comments_numbers_and_texts(self):
        self.assertEqual(self.complete("// a▮\nlet a = 1\n"), {})
        self.assertEqual(self.complete("let a = 12▮\n"), {})
        self.assertEqual(self.complete("let a = \"free text ▮\"\n"), {})

    def test_interpolations(self):
        items = self.complete("param tag: string\nlet image = \"web:${▮}\"\n")
        self.assertIn("tag", items)

    def test_broken_text_around(self):
        items = self.complete("let broken =\nresource d = Deployment {\n  spec: { ▮\n}\nparam x: = \n")
        self.assertIn("replicas", items)

    def test_clients_without_snippets(self):
        with Client() as client:
            client.initialize({})
            uri = "file:///tmp/plain.kdsl"
            client.open(uri, "resource d = Deployment { spec: {  } }")
            items = client.at("textDocument/completion", uri, (0, 33))["items"]
            self.assertTrue(items)
            self.assertFalse([item for item in items if "$" in item["textEdit"]["newText"] or item.get("insertTextFormat") == 2])


class Navigation(FeatureTest):
    def test_definitions(self):
        self.assertEqual(self.definition("param size: int = 1\nlet a = si▮ze\n"), ["main.kdsl:0:size"])
        self.assertEqual(self.definition(WEB + "resource w = We▮b { }\n"), ["main.kdsl:1:Web"])
        self.assertEqual(self.definition(WEB + "resource w = Web { repl▮icas: 3 }\n"), ["main.kdsl:5:replicas"])
        self.assertEqual(self.definition(WEB + "resource w = Web { }\nw.deploy▮ment.spec.replicas: 2\n"), ["main.kdsl:8:deployment"])
        self.assertEqual(self.definition("let a = [for (x in [1]) ▮x]\n"), ["main.kdsl:0:x"])
        self.assertEqual(self.definition("type Port = int\nparam p: Po▮rt = 1\n"), ["main.kdsl:0:Port"])
        self.assertEqual(self.definition("schema P { path: string }\nlet p = P { pa▮th: \"/\" }\n"), ["main.kdsl:0:path"])

    def test_in_other_files(self):
        self.assertEqual(self.definition('import { We▮b } from "./other"\nresource w = Web { }\n', other=WEB), ["other.kdsl:1:Web"])
        self.assertEqual(self.definition('import { Web } from "./other"\nresource w = W▮eb { }\n', other=WEB), ["other.kdsl:1:Web"])
        self.assertEqual(self.definition('import { Web as W } from "./other"\nresource w = ▮W { }\n', other=WEB), ["other.kdsl:1:Web"])
        self.assertEqual(self.definition('import "./ot▮her" as o\nresource w = o.Web { }\n', other=WEB), ["other.kdsl:0:"])
        self.assertEqual(self.definition('import "./other" as o\nresource w = o.We▮b { }\n', other=WEB), ["other.kdsl:1:Web"])
        self.assertEqual(self.definition('extends "./other"\nsi▮ze: 2\n', other="param size: int = 1\n"), ["other.kdsl:0:size"])

    def test_both_meanings_of_a_short_entry(self):
        self.assertEqual(self.definition("schema P { path: string }\nparam path: string = \"/\"\nlet p = P { pat▮h }\n"), ["main.kdsl:1:path", "main.kdsl:0:path"])

    def test_type_definition(self):
        uri, _, (position,) = self.open("schema P { path: string }\nparam p: P\nlet a = ▮p\n")
        (place,) = self.client.at("textDocument/typeDefinition", uri, position)
        self.assertEqual(place["range"]["start"], {"line": 0, "character": 7})

    def test_references_and_highlights(self):
        uri, _, (position,) = self.open("param si▮ze: int = 1\nlet a = size + size\nsize: 3\n")
        places = self.client.at("textDocument/references", uri, position, context={"includeDeclaration": True})
        self.assertEqual([place["range"]["start"]["line"] for place in places], [0, 1, 1, 2])
        places = self.client.at("textDocument/references", uri, position, context={"includeDeclaration": False})
        self.assertEqual(len(places), 3)
        found = self.client.at("textDocument/documentHighlight", uri, position)
        self.assertEqual([one["kind"] for one in found], [3, 2, 2, 3])

    def test_references_in_other_files(self):
        other, _, _ = self.open("let a = 1\n", shared=WEB)
        shared = other.replace("main.kdsl", "shared.kdsl")
        self.client.open(shared, WEB)
        self.client.open(other.replace("main.kdsl", "user.kdsl"), 'import { Web } from "./shared"\nresource w = Web { name: "w", image: "i" }\n')
        line = WEB.split("\n")[1]
        places = self.client.at("textDocument/references", shared, (1, line.index("Web")), context={"includeDeclaration": True})
        self.assertEqual(sorted(place["uri"].rsplit("/", 1)[-1] for place in places), ["shared.kdsl", "user.kdsl", "user.kdsl"])


class Rename(FeatureTest):
    def renamed(self, marked: str, name: str) -> str:
        uri, text, (position,) = self.open(marked)
        result = self.client.at("textDocument/rename", uri, position, newName=name)
        (change,) = result["documentChanges"]
        self.assertEqual(change["textDocument"]["uri"], uri)
        return apply_edits(text, change["edits"])

    def test_locals(self):
        self.assertEqual(self.renamed("let a = [for (x in [1]) x + x▮]\n", "item"), "let a = [for (item in [1]) item + item]\n")
        self.assertEqual(self.renamed("fn f(va▮lue: int): int = value + 1\n", "v"), "fn f(v: int): int = v + 1\n")

    def test_a_short_entry_keeps_its_key(self):
        self.assertEqual(self.renamed("let a = [for (na▮me in [\"x\"]) { name }]\n", "n"), "let a = [for (n in [\"x\"]) { name: n }]\n")

    def test_private_declarations(self):
        self.assertEqual(self.renamed("private let si▮ze = 1\nlet a = size\n", "width"), "private let width = 1\nlet a = width\n")

    def test_refusals(self):
        for marked, name in (("param si▮ze: int = 1\nlet width = size\n", "width"), ("let a = [for (x in [1]) ▮x]\n", "not a name"), ("let a = [for (x in [1]) ▮x]\n", "if"),
                             ("let b = 1\nlet a = [for (x in [1]) ▮x]\n", "b"), ("resource d = Deploy▮ment { }\n", "D")):
            uri, _, (position,) = self.open(marked)
            with self.assertRaises(ResponseError) as caught:
                self.client.at("textDocument/rename", uri, position, newName=name)
            self.assertEqual(caught.exception.code, -32803)

    def test_prepare(self):
        uri, _, (position,) = self.open("private let si▮ze = 1\n")
        self.assertEqual(self.client.at("textDocument/prepareRename", uri, position)["placeholder"], "size")
        uri, _, (position,) = self.open("param size: in▮t = 1\n")
        with self.assertRaises(ResponseError) as refused:
            self.client.at("textDocument/prepareRename", uri, position)
        self.assertEqual(refused.exception.message, "this is part of the language")


class Outline(FeatureTest):
    def test_symbols(self):
        uri, _, _ = self.open(WEB + "schema P { path: string }\nfn f(x: int): int = x\n")
        symbols = self.client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
        self.assertEqual([one["name"] for one in symbols], ["Web", "P", "f"])
        self.assertEqual([one["name"] for one in symbols[0]["children"]], ["name", "image", "replicas", "level", "labels", "deployment"])
        self.assertEqual(symbols[0]["children"][0]["detail"], "string")
        deployment = symbols[0]["children"][-1]
        self.assertEqual([one["name"] for one in deployment["children"]], ["metadata", "spec"])

    def test_flat_symbols(self):
        with Client() as client:
            client.initialize({})
            client.open("file:///tmp/flat.kdsl", WEB)
            symbols = client.request("textDocument/documentSymbol", {"textDocument": {"uri": "file:///tmp/flat.kdsl"}})
            self.assertEqual([one["name"] for one in symbols if one.get("containerName") == "Web"][:2], ["name", "image"])

    def test_workspace_symbols(self):
        self.open("component VeryUnusualName { }\n")
        names = [one["name"] for one in self.client.request("workspace/symbol", {"query": "vunam"})]
        self.assertEqual(names, ["VeryUnusualName"])

    def test_folding(self):
        uri, _, _ = self.open('import "./a"\nimport "./b"\n// one\n// two\nlet a = {\n  b: [\n    1\n  ]\n}\n')
        folds = self.client.request("textDocument/foldingRange", {"textDocument": {"uri": uri}})
        self.assertEqual([(one["startLine"], one["endLine"], one.get("kind")) for one in folds], [(0, 1, "imports"), (2, 3, "comment"), (4, 8, None), (5, 7, None)])

    def test_selection(self):
        uri, text, (position,) = self.open("let a = { b: 1 + tw▮o }\n")
        (chain,) = self.client.request("textDocument/selectionRange", {"textDocument": {"uri": uri}, "positions": [{"line": position[0], "character": position[1]}]})
        seen = []
        while chain:
            seen.append(text[chain["range"]["start"]["character"]:chain["range"]["end"]["character"]] if chain["range"]["end"]["line"] == 0 else text)
            chain = chain.get("parent")
        self.assertEqual(seen[:4], ["two", "1 + two", "b: 1 + two", " b: 1 + two "])
        self.assertEqual(seen[-1], text)


class Tokens(FeatureTest):
    def tokens(self, marked: str):
        uri, text, _ = self.open(marked)
        return uri, self.decode(self.client.request("textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})["data"], text)

    def decode(self, data, text):
        types = self.legend["semanticTokensProvider"]["legend"]["tokenTypes"]
        lines, line, column, found = text.split("\n"), 0, 0, []
        for at in range(0, len(data), 5):
            delta, start, length, kind, _ = data[at:at + 5]
            line, column = line + delta, (column + start if delta == 0 else start)
            found.append((lines[line].encode()[column:column + length].decode(), types[kind]))
        return found

    def test_kinds(self):
        _, found = self.tokens('/// doc\nparam size: int = 2\nresource d = Deployment { spec.replicas: size }\nlet s = "a${size}".upper() // end\n')
        self.assertEqual(found, [
            ("/// doc", "comment"), ("param", "keyword"), ("size", "parameter"), ("int", "type"), ("2", "number"), ("resource", "keyword"), ("d", "variable"),
            ("Deployment", "class"), ("spec", "property"), ("replicas", "property"), ("size", "parameter"), ("let", "keyword"), ("s", "variable"),
            ('"', "string"), ("a", "string"), ("size", "parameter"), ('"', "string"), ("upper", "function"), ("// end", "comment")])

    def test_a_delta_gives_the_new_tokens(self):
        uri, _, _ = self.open("let a = 1\nlet b = 2\nlet c = 3\n")
        document = {"textDocument": {"uri": uri}}
        first = self.client.request("textDocument/semanticTokens/full", document)
        self.client.change(uri, [{"range": {"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 5}}, "text": "longer"}])
        delta = self.client.request("textDocument/semanticTokens/full/delta", {**document, "previousResultId": first["resultId"]})
        data = list(first["data"])
        for one in reversed(delta["edits"]):
            data[one["start"]:one["start"] + one["deleteCount"]] = one.get("data", [])
        self.assertEqual(data, self.client.request("textDocument/semanticTokens/full", document)["data"])
        stale = self.client.request("textDocument/semanticTokens/full/delta", {**document, "previousResultId": "nonsense"})
        self.assertEqual(stale["data"], data)

    def test_a_range(self):
        uri, text, _ = self.open("let a = 1\nlet b = 2\nlet c = 3\n")
        data = self.client.request("textDocument/semanticTokens/range", {
            "textDocument": {"uri": uri}, "range": {"start": {"line": 1, "character": 0}, "end": {"line": 2, "character": 0}}})["data"]
        self.assertEqual(self.decode(data, text), [("let", "keyword"), ("b", "variable"), ("2", "number")])


class Calls(FeatureTest):
    def test_signature_help(self):
        uri, _, (position,) = self.open("fn f(width: int, height: int = 1): int = width * height\nlet a = f(1, ▮)\n")
        found = self.client.at("textDocument/signatureHelp", uri, position)
        signature = found["signatures"][found["activeSignature"]]
        self.assertEqual(signature["label"], "fn f(width: int, height: int = 1): int")
        begin, end = signature["parameters"][found["activeParameter"]]["label"]
        self.assertEqual(signature["label"][begin:end], "height: int = 1")

    def test_of_a_method(self):
        uri, _, (position,) = self.open("let a = \"a,b\".split(▮)\n")
        found = self.client.at("textDocument/signatureHelp", uri, position)
        self.assertIn("split(", found["signatures"][0]["label"])

    def test_none_outside_of_calls(self):
        uri, _, (position,) = self.open("let a = (1 + ▮2)\n")
        self.assertIsNone(self.client.at("textDocument/signatureHelp", uri, position))

    def test_inlay_hints(self):
        uri, _, _ = self.open("fn f(width: int): int = width\nlet a = f(1)\nlet b: int = 2\n")
        hints = self.client.request("textDocument/inlayHint", {
            "textDocument": {"uri": uri}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}})
        self.assertIn((1, ": int"), [(one["position"]["line"], one["label"]) for one in hints])
        self.assertNotIn(2, [one["position"]["line"] for one in hints])


class Diagnostics(FeatureTest):
    def published(self, marked: str, **others: str):
        uri, _, _ = self.open(marked, **others)
        return self.client.diagnostics(uri, 1)

    def test_types_names_and_syntax(self):
        for text, word in (("let a = nothing\n", "nothing"), ("param a: int = \"x\"\n", "int"), ("resource d = Deployment { spec.replcas: 1 }\n", "replcas"), ("let a = [1, \n", "")):
            found = self.published(text)
            self.assertTrue(found, text)
            self.assertEqual(found[0]["severity"], 1)
            self.assertRegex(found[0]["code"], "^KD[0-9]{4}$")
            self.assertIn(word, found[0]["message"])

    def test_evaluation(self):
        (found,) = self.published('param n: int = 5\ncheck small: n < 3 else "too large: ${n}"\n')
        self.assertEqual(found["code"], "small")
        self.assertIn("too large: 5", found["message"])

    def test_a_check_of_the_library_is_told_at_the_setting(self):
        text = 'import { WebService } from "std/app"\nresource web = WebService { name: "web", image: "ghcr.io/acme/web:1", ready.http: "/", drain: 3s }\n'
        (found,) = self.published(text)
        self.assertEqual(found["code"], "drains")
        begin, end = found["range"]["start"], found["range"]["end"]
        self.assertEqual(text.splitlines()[begin["line"]][begin["character"]:end["character"]], "3s")
        self.assertIn("check", found["relatedInformation"][-1]["message"])

    def test_missing_params_are_no_fault_of_a_module(self):
        self.assertEqual(self.published("param n: int\nlet a = n + 1\n"), [])

    def test_an_error_in_an_imported_document_goes_away_with_it(self):
        uri, _, _ = self.open('import "./other" as other\nlet a = other.size\n', other="let size = 1\n")
        self.assertEqual(self.client.diagnostics(uri, 1), [])
        other = uri.replace("main.kdsl", "other.kdsl")
        self.client.open(other, "let sizes = 1\n")
        accept = lambda params: params["uri"] == uri and params["diagnostics"]
        self.assertTrue(self.client.wait_for("textDocument/publishDiagnostics", accept))
        self.client.change(other, [{"text": "let size = 2\n"}])
        accept = lambda params: params["uri"] == uri and not params["diagnostics"]
        self.client.wait_for("textDocument/publishDiagnostics", accept)

    def test_fixes(self):
        uri, text, _ = self.open("resource d = Deployment { spec.replcas: 1 }\n")
        found = self.client.diagnostics(uri, 1)
        actions = self.client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": found[0]["range"], "context": {"diagnostics": found}})
        fixes = [one for one in actions if one["kind"] == "quickfix"]
        self.assertTrue(fixes)
        fixed = apply_edits(text, fixes[0]["edit"]["documentChanges"][0]["edits"])
        self.assertIn("spec.replicas: 1", fixed)
        self.client.change(uri, [{"text": fixed}])
        self.assertNotIn("replcas", str(self.client.diagnostics(uri, 2)))

    def test_a_waiver_is_a_choice_of_its_own(self):
        """Behind the fixes of what is at the same place, never preferred, never among all that is fixed at once."""
        base = "component Web { param name: string, param size: int = 2, check large: size > 1 else \"small\" }\n"
        uri, text, _ = self.open('import { Web } from "./other"\nresource one = Web { name: "one", size: 1 }\nlet kind = "a\\d"\n', other=base)
        here = {"start": {"line": 1, "character": 0}, "end": {"line": 2, "character": 20}}
        ask = lambda **context: self.client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": here, "context": {"diagnostics": [], **context}})
        self.assertEqual([one["title"] for one in ask(only=["quickfix"])], ["write a backslash"])  # nothing is built of what cannot be read
        fixed = text.replace("\\d", "d")
        self.client.change(uri, [{"text": fixed}])
        (waiver,) = ask(only=["quickfix"])
        self.assertEqual((waiver["title"], waiver["diagnostics"][0]["code"], waiver.get("isPreferred")), ("waive `large` with a reason", "large", None))
        self.assertIn('size: 1, waive large because "…" }', apply_edits(fixed, waiver["edit"]["documentChanges"][0]["edits"]))
        self.assertFalse(ask(only=["source.fixAll"]))
        self.assertEqual(ask()[0]["title"], waiver["title"])

    def test_fix_all(self):
        uri, text, _ = self.open("resource d = Deployment { spec.replcas: 1 }\nresource s = Service { spec.tpye: \"ClusterIP\" }\n")
        actions = self.client.request("textDocument/codeAction", {
            "textDocument": {"uri": uri}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": [], "only": ["source.fixAll"]}})
        (action,) = actions
        fixed = apply_edits(text, action["edit"]["documentChanges"][0]["edits"])
        self.assertIn("spec.replicas", fixed)
        self.assertIn("spec.type", fixed)


class Rendered(FeatureTest):
    def test_yaml(self):
        uri, _, _ = self.open('param greeting: string = "Hi"\nresource c = ConfigMap { metadata.name: "c", data.text: greeting }\n')
        result = self.client.request("kdsl/rendered", {"textDocument": {"uri": uri}, "parameters": {"greeting": "Moin"}})
        self.assertTrue(result["ok"], result)
        self.assertIn("kind: ConfigMap", result["text"])
        self.assertIn("text: Moin", result["text"])
        self.assertEqual([(one["kind"], one["name"]) for one in result["objects"]], [("ConfigMap", "c")])

    def test_as_a_document(self):
        uri, _, _ = self.open('resource c = ConfigMap { metadata.name: "c" }\n')
        result = self.client.request("workspace/textDocumentContent", {"uri": uri.replace("file:", "kdsl-rendered:") + ".yaml"})
        # VS Code writes a URI without an authority in the short form.
        short = self.client.request("workspace/textDocumentContent", {"uri": uri.replace("file://", "kdsl-rendered:") + ".yaml"})
        self.assertEqual(short, result)
        self.assertIn("kind: ConfigMap", result["text"])

    def test_problems(self):
        uri, _, _ = self.open("resource c = ConfigMap { metadata.nam: \"c\" }\n")
        result = self.client.request("kdsl/rendered", {"textDocument": {"uri": uri}})
        self.assertFalse(result["ok"])
        self.assertTrue(result["problems"])


if __name__ == "__main__":
    unittest.main()
