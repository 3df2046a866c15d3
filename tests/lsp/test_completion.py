"""What a choice of a completion makes of the file: what is required, imports, elements, keys. `▮` marks the caret."""

import pathlib
import re
import tempfile
import unittest
from typing import Dict

from client import Client, apply_edits, cut_marks, position_of, uri_of
from test_features import WEB, FeatureTest


def filled(snippet: str) -> str:
    """A snippet whose stops were left as they are: with their placeholders, and with something where there is none."""
    placeholders: Dict[str, str] = {}

    def remember(match) -> str:
        placeholders[match.group(1)] = match.group(2)
        return match.group(2)

    text = re.sub(r"\$\{(\d+):([^}]*)\}", remember, snippet)
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    text = text.replace("$0", "")
    text = re.sub(r"\{ \$\d+ \}", "{ }", text)
    text = re.sub(r'"\$(\d+)"', lambda match: '"' + placeholders.get(match.group(1), "x") + '"', text)
    return re.sub(r"\$(\d+)", lambda match: placeholders.get(match.group(1), "1"), text)


class Objects(FeatureTest):
    def test_a_component_of_the_library_comes_with_its_import(self):
        self.assertEqual(self.chosen("resource web = Web▮\n", "WebService"),
                         'import { WebService } from "std/app"\n\nresource web = WebService {\n\tname: "${1:web}"\n\timage: "$2"\n\tready.http: "$3"\n\t$0\n}\n')

    def test_the_import_joins_others(self):
        joined = self.chosen('import { Health, Worker } from "std/app"\nresource web = ▮\n', "WebService")
        self.assertTrue(joined.startswith('import { Health, WebService, Worker } from "std/app"\nresource'), joined)
        below = self.chosen('import "std/config" as config\nresource web = ▮\n', "WebService")
        self.assertTrue(below.startswith('import "std/config" as config\nimport { WebService } from "std/app"\nresource'), below)
        head = self.chosen("// About this file.\n\nresource web = ▮\n", "WebService")
        self.assertTrue(head.startswith('// About this file.\nimport { WebService } from "std/app"\n\nresource'), head)

    def test_an_import_behind_the_caret(self):
        chosen = self.chosen('resource web = ▮\nimport { Worker } from "std/app"\n', "WebService")
        self.assertTrue(chosen.endswith('import { WebService, Worker } from "std/app"\n'), chosen)

    def test_what_is_imported_is_there_once(self):
        uri, _, (position,) = self.open('import { WebService } from "std/app"\nresource web = ▮\n')
        items = [item for item in self.client.at("textDocument/completion", uri, position)["items"] if item["label"] == "WebService"]
        self.assertEqual(len(items), 1)
        self.assertNotIn("additionalTextEdits", items[0])

    def test_components_of_other_files_of_the_project(self):
        uri, _, (position,) = self.open('import "./other" as other\nresource w = ▮\n', other=WEB)
        items = {item["label"]: item for item in self.client.at("textDocument/completion", uri, position)["items"]}
        self.assertEqual(items["Web"]["detail"], "./other")

    def test_a_declaration_is_no_part_of_itself(self):
        for marked in ("resource web = ▮\n", "resource web = W▮\n", "let web = 1 + ▮\n", "param web: int = ▮\n"):
            self.assertNotIn("web", self.complete(marked), marked)
        self.assertIn("web", self.complete("resource web = ConfigMap { metadata.name: ▮ }\n"))

    def test_types_of_a_resource(self):
        items = self.complete("schema Part { a: int }\nresource web: ▮\n")
        self.assertLessEqual({"WebService", "Deployment"}, set(items))
        self.assertFalse({"int", "Container", "Part"} & set(items))

    def test_what_is_begun_is_not_missing(self):
        items = self.complete('import { WebService } from "std/app"\nresource web = WebService { name: "web", ready.http: "/", ▮ }\n')
        self.assertIn("required", items["image"]["detail"])
        self.assertNotIn("required", items["ready"]["detail"])

    def test_a_body_that_is_there(self):
        marked = 'resource web = W▮ { name: "web" }\n'
        self.assertEqual(self.chosen(marked, "WebService"), 'import { WebService } from "std/app"\n\nresource web = WebService { name: "web" }\n')
        self.assertEqual(self.chosen('resource web = ▮ { metadata.name: "web" }\n', "Deployment"), 'resource web = Deployment { metadata.name: "web" }\n')

    def labels_in_order(self, marked, **others):
        return [item["label"] for item in sorted(self.complete(marked, **others).values(), key=lambda item: (item["sortText"], item["label"]))]

    def test_bases_come_after_what_is_made(self):
        labels = self.labels_in_order("resource web = ▮\n")
        bases = [labels.index(name) for name in ("Finite", "Running", "Server")]  # and Workload, which is a kind too
        self.assertGreater(min(bases), max(labels.index(name) for name in ("NodeAgent", "Postgres", "Schedule", "StatefulService", "Task", "WebService", "Worker")))
        self.assertLess(max(bases), labels.index("Deployment"))
        self.assertGreater(self.labels_in_order("resource web: ▮\n").index("Server"), self.labels_in_order("resource web: ▮\n").index("Worker"))
        # There they are what one looks for.
        labels = self.labels_in_order("component Web extends ▮ {}\n")
        self.assertLess(labels.index("Running"), labels.index("Worker"))
        own = "component Base { param name: string }\ncomponent Web extends Base {}\n"
        labels = self.labels_in_order(own + "resource web = ▮\n")
        self.assertLess(labels.index("Web"), labels.index("Base"))
        self.assertLess(labels.index("Base"), labels.index("WebService"))

    def test_what_does_not_fit_comes_last(self):
        text = 'import {{ WebService, Server }} from "std/app"\ncomponent Box {{ param size: int = 1, param of: {}, param served: Server? }}\nresource box = Box {{ {} }}\n'
        for wanted in ("string", "int?", '"a" | "b"', "[string]", "Deployment"):
            labels = self.labels_in_order(text.format(wanted, "of: ▮"))
            self.assertGreater(labels.index("WebService"), labels.index("match"), wanted)
        for wanted in ("any", "Server", "string | WebService"):
            labels = self.labels_in_order(text.format(wanted, "of: ▮"))
            self.assertLess(labels.index("WebService"), labels.index("match"), wanted)
        labels = self.labels_in_order(text.format("int", "served: ▮"))
        self.assertLess(labels.index("WebService"), labels.index("Box"))
        self.assertGreater(labels.index("Box"), labels.index("match"))
        labels = self.labels_in_order("let name: string = C▮\n")
        self.assertGreater(labels.index("ConfigMap"), labels.index("match"))

    def test_an_empty_file(self):
        items = sorted(self.complete("▮").values(), key=lambda item: item["sortText"])
        self.assertEqual([item["label"] for item in items[:4]], ["component", "import", "param", "resource"])

    def test_usual_kinds_come_first(self):
        items = self.complete("resource web = ▮\n")
        order = [items[label]["sortText"] for label in ("WebService", "Config", "Deployment", "ControllerRevision", "CompositePodGroup")]
        self.assertEqual(order, sorted(order))

    def test_every_kind_can_be_filled_in(self):
        """No field is missing from what any kind or component begins with."""
        missing = {"KD4010", "KD4011", "KD4015", "KD5201", "KD6101", "KD6106", "KD6107", "KD6204", "KD6205"}
        text = "resource web = \n"
        uri, _, _ = self.open(text)
        items = self.client.at("textDocument/completion", uri, (0, 15))["items"]
        count = 0
        for item in items:
            if item["kind"] not in (7, 8) or item["detail"].startswith("std/"):
                continue
            count += 1
            whole = apply_edits(text, [item["textEdit"]])
            self.client.change(uri, [{"text": filled(whole)}])
            found = self.client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
            errors = [(one["code"], one["message"]) for one in found if one["severity"] == 1]
            self.assertFalse([error for error in errors if error[0] in missing and not error[1].startswith("nobody makes a ")], whole)
            if item["label"] in ("ConfigMap", "CronJob", "DaemonSet", "Deployment", "Job", "Pod", "Secret", "Service", "StatefulSet"):
                unfilled = [error for error in errors if error[0] != "KD6201"]  # of a schedule
                self.assertEqual(unfilled, [], filled(whole))
        self.assertGreater(count, 60)

    def test_a_workload(self):
        chosen = self.chosen("resource webFront = Deployment▮\n", "Deployment")
        self.assertEqual(chosen, """resource webFront = Deployment {
\tmetadata.name: "${1:web-front}"
\tspec: {
\t\tselector.matchLabels: { app: "$1" }
\t\ttemplate: {
\t\t\tmetadata.labels: { app: "$1" }
\t\t\tspec.containers: {
\t\t\t\t${2:name}: {
\t\t\t\t\timage: "$3"
\t\t\t\t}
\t\t\t}
\t\t}
\t}
\t$0
}
""")

    def test_a_job_has_a_policy_for_restarts(self):
        self.assertIn('restartPolicy: "${4|Never,OnFailure|}"', self.chosen("resource j = Job▮\n", "Job"))


    def test_what_scales_a_workload(self):
        self.assertIn('scaleTargetRef: {\n\t\t\tapiVersion: "apps/v1"\n\t\t\tkind: "${3|Deployment,StatefulSet|}"\n\t\t\tname: "$4"\n\t\t}', self.chosen("resource h = Horiz▮\n", "HorizontalPodAutoscaler"))
        chosen = self.chosen("resource h = HorizontalPodAutoscaler { spec: { metr▮ } }\n", "metrics")
        self.assertIn('resource: {', chosen)
        self.assertIn('name: "${1|cpu,memory|}"', chosen)
        self.assertIn('type: "Resource"', chosen)

    def test_what_a_component_extends_is_not_itself(self):
        offered = self.complete("component Shop extends ▮ { }\ncomponent Other { }\n")
        self.assertNotIn("Shop", offered)
        self.assertIn("Other", offered)

    def test_what_another_component_has_of_the_type(self):
        text = 'import { Postgres } from "std/data"\nimport { WebService } from "std/app"\nresource db = Postgres { name: "db", storage: 1Gi }\n'
        offered = self.complete(text + 'resource web = WebService { name: "web", image: "i:1", ready.http: "/", env: { URL: ▮ } }\n')
        self.assertIn("db.url", offered)
        self.assertIn("db.password", offered)
        self.assertNotIn("db.storage", offered)

    def test_names_of_what_is_made_while_something_is_wrong(self):
        """What a check says against one object does not hide the others."""
        text = """resource keys = Secret { metadata.name: "shop-keys", stringData.password: "x" }
resource web = Service { metadata.name: "web", spec: { selector: { app: "nobody" } } }
resource pod = Pod { metadata.name: "p", spec.containers: { c: { image: "i:1", env: { A.valueFrom.secretKeyRef: { name: "" } } } } }
"""
        uri, _, _ = self.open(text)
        self.assertTrue([one for one in self.client.diagnostics(uri, 1) if one["severity"] == 1])
        line, column = 2, text.split("\n")[2].index('name: "" }') + 7
        labels = [item["label"] for item in self.client.at("textDocument/completion", uri, (line, column))["items"]]
        self.assertIn("shop-keys", labels)


class Elements(FeatureTest):
    POD = "resource d = Deployment {{ spec.template.spec: {{ {} }} }}\n"

    def test_a_new_element_comes_first(self):
        marked = self.POD.format("containers: { ▮ }")
        items = self.complete(marked)
        first = min(items.values(), key=lambda item: item["sortText"])
        self.assertEqual(first["label"], "name: { … }")
        self.assertIn('containers: { ${1:name}: {\n\timage: "$2"\n} }', self.chosen(marked, "name: { … }"))

    def test_then_elements_that_exist(self):
        text = WEB + 'resource w = Web { name: "side-car", image: "i" }\nw.deployment.spec.template.spec: {  }\n'
        uri, _, _ = self.open(text)
        self.assertEqual([one for one in self.client.diagnostics(uri, 1) if one["severity"] == 1], [])
        changed = text.replace("{  }", "{ containers: {  } }")
        self.client.change(uri, [{"text": changed}])
        line, column = changed.count("\n") - 1, changed.split("\n")[-2].index("{  }") + 2
        items = sorted(self.client.at("textDocument/completion", uri, (line, column))["items"], key=lambda item: item["sortText"])
        self.assertEqual([item["label"] for item in items[:2]], ["name: { … }", '"side-car"'])
        # Behind a dot a name with a dash is an index.
        changed = text.replace(": {  }", ".containers.si")
        self.client.change(uri, [{"text": changed}])
        column = len(changed.split("\n")[-2])
        item = next(item for item in self.client.at("textDocument/completion", uri, (line, column))["items"] if item["label"] == '"side-car"')
        self.assertEqual(item["filterText"], ".side-car")
        self.assertIn('template.spec.containers["side-car"]\n', apply_edits(changed, [item["textEdit"]]))

    def test_the_key_is_not_asked_for_again(self):
        items = self.complete(self.POD.format("containers: { web: { ▮ } }"))
        self.assertNotIn("name", items)
        self.assertIn("image", items)
        self.assertIn("name", self.complete(self.POD.format("containers: [{ ▮ }]")))

    def test_two_keys(self):
        chosen = self.chosen(self.POD.format("containers.web: { por▮ }"), "ports")
        self.assertIn("ports: [{ containerPort: $0 }]", chosen)

    def test_a_list_by_two_keys(self):
        self.assertIn("spec.ports: [{\n\tport: $1\n\ttargetPort: $2\n}]", self.chosen("resource s = Service { spec.ports: ▮ }\n", "[ … ]"))

    def test_an_element_by_two_keys(self):
        """Braces take the first key; the other one has a default, or stands in the element."""
        self.assertIn("ports: { [$1]: {\n\t$2\n} }", self.chosen(self.POD.format("containers.web: { ports: { ▮ } }"), "[containerPort]: { … }"))
        self.assertIn("spec.ports: { [$1]: {\n\ttargetPort: $2\n} }", self.chosen("resource s = Service { spec.ports: { ▮ } }\n", "[port]: { … }"))
        two = "schema Row { zone: string, port: int, weight: int }\nlet rows: [Row] by (zone, port) = "
        self.assertIn("= { ${1:zone}: {\n\tport: $2\n\tweight: $3\n} }", self.chosen(two + "{ ▮ }\n", "zone: { … }"))

    def test_an_element_of_a_list(self):
        chosen = self.chosen("resource s = Service { spec.ports: [▮] }\n", "{ … }")
        self.assertIn("spec.ports: [{\n\tport: $1\n\ttargetPort: $2\n\t$0\n}]", chosen)

    def test_one_of_a_few_texts(self):
        chosen = self.chosen(self.POD.format("containers.web: { imagePull▮ }"), "imagePullPolicy")
        self.assertIn('imagePullPolicy: "${1|Always,IfNotPresent,Never|}"', chosen)

    def test_a_new_entry_of_a_map(self):
        chosen = self.chosen("resource c = ConfigMap { data: { ▮ } }\n", "key: …")
        self.assertIn('data: { ${1:key}: "$2" }', chosen)


class Keys(FeatureTest):
    CONTAINER = "resource d = Deployment {{ spec.template.spec.containers.web: {{ {} }} }}\n"

    def test_resources(self):
        items = self.complete(self.CONTAINER.format("resources.requests: { cpu: 1, ▮ }"))
        self.assertLessEqual({"memory", '"ephemeral-storage"'}, set(items))
        self.assertNotIn("cpu", items)
        self.assertIn("limits: { memory: $0 }", self.chosen(self.CONTAINER.format("resources.limits: { me▮ }"), "memory"))

    def test_amounts(self):
        items = self.complete(self.CONTAINER.format('resources.requests: { "ephemeral-storage": ▮ }'))
        self.assertIn("1Gi", items)
        self.assertNotIn("250m", items)
        items = self.complete('import { WebService } from "std/app"\nresource web = WebService { cpuLimit: ▮ }\n')
        self.assertIn("250m", items)
        self.assertNotIn("1Gi", items)

    def test_behind_a_dot(self):
        marked = self.CONTAINER.format("resources.limits.▮: 1Gi")
        self.assertIn("memory", self.complete(marked))
        self.assertIn('limits["ephemeral-storage"]: 1Gi', self.chosen(marked, '"ephemeral-storage"'))

    def test_labels_of_nodes(self):
        self.assertIn('"topology.kubernetes.io/zone"', self.complete("resource p = Pod { spec.nodeSelector: { ▮ } }\n"))

    def test_labels_and_annotations_of_objects(self):
        self.assertIn('"app.kubernetes.io/name"', self.complete("resource p = Pod { metadata.labels: { ▮ } }\n"))
        self.assertIn('"kubectl.kubernetes.io/default-container"', self.complete("resource p = Pod { metadata.annotations: { ▮ } }\n"))

    def test_keys_that_the_type_names(self):
        items = self.complete('type Size = "S" | "M"\nlet sizes: {[Size]: int} = { ▮ }\n')
        self.assertLessEqual({"S", "M"}, set(items))


class Imports(FeatureTest):
    def test_a_module(self):
        self.assertEqual(self.chosen("import ▮\n", "std/app"), 'import { $1 } from "std/app"$0\n')
        self.assertEqual(self.chosen("import ▮\n", "./other", other="let a = 1\n"), 'import { $1 } from "./other"$0\n')
        self.assertEqual(self.chosen("import { A } from ▮\n", "std/app"), 'import { A } from "std/app"\n')

    def test_types_of_the_library(self):
        chosen = self.chosen("param pods: Heal▮\n", "Health")
        self.assertEqual(chosen, 'import { Health } from "std/app"\n\nparam pods: Health\n')

    def test_a_fix_keeps_an_import_whole(self):
        text = 'import "std/config" as config\nresource web = WebService { name: "a" }\n'
        uri, _, _ = self.open(text)
        found = self.client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
        place = {"line": 1, "character": 18}
        actions = self.client.request("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": {"diagnostics": found}})
        edits = next(one for one in actions if one["title"].startswith("insert"))["edit"]["documentChanges"][0]["edits"]
        self.assertTrue(apply_edits(text, edits).startswith('import "std/config" as config\nimport { WebService } from "std/app"\nresource'))


class ProjectFile(unittest.TestCase):
    def offered(self, marked):
        with tempfile.TemporaryDirectory() as folder, Client() as client:
            client.initialize()
            for name in ("main.kdsl", "prod.kdsl", "values.yaml"):
                pathlib.Path(folder, name).write_text("")
            text, (offset,) = cut_marks(marked)
            uri = uri_of(pathlib.Path(folder) / "project.kdsl")
            client.open(uri, text)
            return [item["label"] for item in client.at("textDocument/completion", uri, position_of(text, offset))["items"]]

    def test_fields(self):
        found = self.offered("▮\n")
        for name in ("name", "kubernetes", "targets", "policies", "dependencies"):
            self.assertIn(name, found)
        self.assertIn("file", self.offered('name: "a"\ntargets: { prod: { ▮ } }\n'))
        self.assertIn("key: …", self.offered('name: "a"\ntargets: { ▮ }\n'))

    def test_versions(self):
        self.assertIn('"1.36"', self.offered('name: "a"\nkubernetes: ▮\n'))
        self.assertIn("1.36", self.offered('name: "a"\nkubernetes: "▮"\n'))
        self.assertNotIn("1.36", self.offered('name: "▮"\n'))

    def test_files(self):
        found = self.offered('name: "a"\ntargets: { prod: { file: "▮" } }\n')
        self.assertIn("./prod", found)
        self.assertNotIn("./values.yaml", found)


class Plain(unittest.TestCase):
    def test_a_client_without_snippets(self):
        with tempfile.TemporaryDirectory() as folder, Client() as client:
            client.initialize({})
            uri = uri_of(folder + "/main.kdsl")
            for text, column in (("resource web = \n", 15), ("import \n", 7), ("resource d = Pod { spec.containers: {  } }\n", 37)):
                client.open(uri, text)
                items = client.at("textDocument/completion", uri, (0, column))["items"]
                self.assertTrue(items)
                self.assertFalse([item for item in items if "$" in item["textEdit"]["newText"] or "insertTextFormat" in item])
                client.close(uri)


if __name__ == "__main__":
    unittest.main()
