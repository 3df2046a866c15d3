"""Scripts of edits (tests/cases/**/*.edits) over the pipes of the server: which files are checked anew after each, and what is found. See tests/cases/README.md."""

import pathlib
import tempfile
import unittest
from typing import Dict, List, NamedTuple, Tuple

from client import Client, cut_marks, position_of, uri_of
from edits import applied, edits_by_uri

SCRIPTS = sorted((pathlib.Path(__file__).resolve().parents[1] / "cases").rglob("*.edits"))


class Step:
    def __init__(self, line: int, text: str) -> None:
        self.line = line
        self.verb, _, rest = text.partition(" ")
        self.words = rest.split() if self.verb == "checks" else rest.split(None, 2)
        self.before: List[str] = []
        self.after: List[str] = []

    @property
    def path(self) -> str:
        return self.words[0]


def steps_of(text: str) -> List[Step]:
    steps: List[Step] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#") or not line:
            continue
        if line.startswith("  "):
            steps[-1].before.append(line[2:])
        elif line.startswith(("- ", "+ ")):
            (steps[-1].before if line[0] == "-" else steps[-1].after).append(line[2:])
        else:
            steps.append(Step(number, line))
    return steps


class Run(NamedTuple):
    client: Client
    folder: pathlib.Path
    open: Dict[str, str]    # texts of the open documents, by path
    checks: Dict[str, int]  # as told last, by URI

    def uri(self, path: str) -> str:
        return uri_of(self.folder / path)

    def text(self, path: str) -> str:
        return self.open[path] if path in self.open else (self.folder / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """As an editor does: an open document is changed, another file written."""
        if path in self.open:
            self.open[path] = text
            self.client.change(self.uri(path), [{"text": text}])
            return
        is_new = not (self.folder / path).exists()
        (self.folder / path).write_text(text, encoding="utf-8")
        self.tell(path, 1 if is_new else 2)

    def tell(self, path: str, kind: int) -> None:
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": self.uri(path), "type": kind}]})

    def findings(self) -> List[Tuple[str, str, str]]:
        """Place, code and message of what each open document has."""
        found = []
        for path in sorted(self.open):
            for one in self.client.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri(path)}})["items"]:
                related = " ".join(other["message"] for other in one.get("relatedInformation", []))
                found.append((f"{path}:{one['range']['start']['line'] + 1}", one["code"], one["message"] + " " + related))
        return found

    def checked(self) -> List[str]:
        """The files that were checked since the last call."""
        counts = self.client.request("workspace/executeCommand", {"command": "kdsl.server.status", "arguments": [{"checks": True}]})["checks"]
        base = uri_of(self.folder) + "/"
        seen = sorted(uri[len(base):] for uri, count in counts.items() if count != self.checks.get(uri, 0) and not uri.endswith("/.caret.kdsl"))
        self.checks.update(counts)
        return seen or ["nothing"]

    def change(self, step: Step) -> None:
        text = "".join(line + "\n" for line in step.before)
        if step.verb == "file":
            path = self.folder / step.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif step.verb == "open":
            self.open[step.path] = self.text(step.path)
            self.client.open(self.uri(step.path), self.open[step.path])
        elif step.verb == "write":
            self.write(step.path, text)
        elif step.verb == "delete":
            (self.folder / step.path).unlink()
            self.tell(step.path, 3)
        elif step.verb == "edit":
            before, after = "\n".join(step.before), "\n".join(step.after)
            assert self.text(step.path).count(before) == 1, before
            self.write(step.path, self.text(step.path).replace(before, after))
        elif step.verb == "rename":
            line, (within,) = cut_marks("\n".join(step.before))
            text = self.text(step.path)
            edit = self.client.at("textDocument/rename", self.uri(step.path), position_of(text, text.index(line) + within), newName=step.words[1])
            for uri, edits in edits_by_uri(edit).items():
                path = uri[len(uri_of(self.folder)) + 1:]
                self.write(path, applied(self.text(path), edits))
        else:
            raise AssertionError(f"no verb {step.verb}")


class EditScripts(unittest.TestCase):
    def test_scripts(self):
        self.assertGreaterEqual(len(SCRIPTS), 8)
        for script in SCRIPTS:
            with self.subTest(script=script.name):
                self.run_script(script)

    def run_script(self, script: pathlib.Path) -> None:
        with tempfile.TemporaryDirectory() as folder, Client() as client:
            run = Run(client, pathlib.Path(folder), {}, {})
            (run.folder / ".git").mkdir()  # the root of what is imported
            client.initialize({"general": {"positionEncodings": ["utf-8"]}, "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}})
            found, is_new = [], True
            for step in steps_of(script.read_text(encoding="utf-8")):
                is_seeing = step.verb in ("checks", "finds")
                if is_seeing and is_new:
                    found = run.findings()
                is_new = not is_seeing
                where = f"{script.name}:{step.line}"
                if step.verb == "checks":
                    self.assertEqual(run.checked(), step.words, where)
                elif step.words[:1] == ["nothing"]:
                    self.assertEqual(found, [], where)
                elif step.verb == "finds":
                    place, code = step.words[:2]
                    words = step.words[2] if len(step.words) > 2 else ""
                    met = [one for one in found if one[0] == place and one[1] == code and words in one[2]]
                    self.assertTrue(met, f"{where}: {found}")
                    found.remove(met[0])
                else:
                    run.change(step)
            self.assertEqual(client.shut_down(), 0)


if __name__ == "__main__":
    unittest.main()
