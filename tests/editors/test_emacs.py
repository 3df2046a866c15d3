#!/usr/bin/env python3
"""Emacs with editors/emacs and the real server, driven by keys in a terminal (tmux). What it shows is read back from the screen, what it
holds by emacsclient."""

import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import session
from session import PATIENCE as TIMEOUT
from skip import need, skip
from workspace import line_of, place_of, write

HERE = Path(__file__).resolve().parent
MODE = HERE.parents[1] / "editors/emacs"

INIT = """
(setq native-comp-deferred-compilation nil warning-minimum-level :emergency inhibit-startup-screen t make-backup-files nil auto-save-default nil create-lockfiles nil use-short-answers t suggest-key-bindings nil
      server-socket-dir "{folder}" server-name "emacs" eglot-confirm-server-initiated-edits nil eldoc-echo-area-use-multiline-p 10)
(add-to-list 'load-path "{mode}")
(require 'kdsl-mode)
(setq kdsl-program "{program}")
(require 'eglot)
(add-hook 'kdsl-mode-hook #'eglot-ensure)
(require 'server)
(server-start)
"""


def has_eglot(emacs: str) -> bool:
    return subprocess.run([emacs, "-q", "--batch", "--eval", "(progn (package-initialize) (require 'eglot))"], capture_output=True, check=False).returncode == 0


class EmacsTest(unittest.TestCase):
    def setUp(self):
        # A socket's path must be short.
        self.temporary = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(self.temporary.cleanup)
        self.folder = Path(self.temporary.name)
        main = write(self.folder)
        init = self.folder / "init.el"
        init.write_text(INIT.format(folder=self.folder, mode=MODE, program=os.environ["KDSL_PROGRAM"]))
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40", "-s", "emacs",
                  f"HOME={self.folder} TERM=screen-256color emacs -nw -q -l {init} {main}")
        self.addCleanup(self.end)
        self.wait_for("(and (eglot-current-server) t)", lambda value: value == "t")

    def end(self):
        self.tmux("kill-session", "-t", "emacs", check=False)

    def tmux(self, *arguments: str, check: bool = True) -> str:
        return subprocess.run(["tmux", "-S", str(self.folder / "tmux"), *arguments], capture_output=True, text=True, timeout=TIMEOUT, check=check).stdout

    def keys(self, *keys: str):
        self.tmux("send-keys", "-t", "emacs", *keys)

    def type(self, text: str):
        self.tmux("send-keys", "-t", "emacs", "-l", text)

    def command(self, name: str):
        self.keys("M-x")
        self.type(name)
        self.keys("Enter")

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "emacs")

    def evaluate(self, expression: str) -> str:
        """A Lisp expression's value in the window's buffer, as Lisp writes it."""
        done = subprocess.run(["emacsclient", "-s", str(self.folder / "emacs"), "--eval", f"(with-current-buffer (window-buffer) {expression})"],
                              capture_output=True, text=True, timeout=TIMEOUT, check=False)
        return done.stdout.strip()

    def wait_for(self, expression: str, accept) -> str:
        limit = time.monotonic() + TIMEOUT
        while True:
            value = self.evaluate(expression)
            if accept(value):
                return value
            self.assertLess(time.monotonic(), limit, f"{expression} stays {value!r}; the screen:\n{self.screen()}")
            time.sleep(0.05)

    def wait_for_screen(self, text: str):
        """Without the marks of code: whether they are shown depends on what renders Markdown."""
        limit = time.monotonic() + TIMEOUT
        while text.replace("`", "") not in self.screen().replace("`", ""):
            self.assertLess(time.monotonic(), limit, f"no {text!r} on the screen:\n{self.screen()}")
            time.sleep(0.05)

    def go(self, text: str, behind: bool = False):
        line, column = place_of(text)
        move = "(end-of-line)" if behind else f"(forward-char {column - 1})"
        # Moved by a command, so that what follows the caret follows.
        self.evaluate(f"(progn (goto-char (point-min)) (forward-line {line - 1}) {move} (set-window-point nil (point)))")
        self.keys("C-f", "C-b")

    def line(self, number: int) -> str:
        return f"(save-excursion (goto-char (point-min)) (forward-line {number - 1}) (buffer-substring-no-properties (line-beginning-position) (line-end-position)))"

    def mend(self):
        """Applies the quick fix. (The commands for one kind of action do nothing in eglot 1.9.)"""
        self.go("dta")
        self.command("eglot-code-actions")
        self.wait_for_screen("Pick an action")
        self.keys("Enter")
        self.wait_for(self.line(line_of("dta")), lambda text: "  data:" in text)

    def test_diagnostics_and_a_quick_fix(self):
        self.wait_for("(mapcar #'flymake-diagnostic-text (flymake-diagnostics))", lambda text: "`dta`" in text)
        self.wait_for_screen("Flymake[1 0]")
        self.mend()
        self.wait_for("(length (flymake-diagnostics))", lambda count: count == "0")

    def test_completion(self):
        self.go("replicas\n    selector", behind=True)
        self.keys("Enter")
        self.type("progressD")
        self.keys("C-M-i")
        self.wait_for(self.line(line_of("replicas\n    selector") + 1), lambda text: "    progressDeadlineSeconds" in text)

    def test_hover(self):
        self.go("replicas: int")
        self.wait_for_screen("How many pods")
        self.mend()
        self.wait_for("(length (flymake-diagnostics))", lambda count: count == "0")
        self.go("replicas\n    selector")
        self.wait_for_screen("web.spec.replicas = 5")

    def test_where_a_value_comes_from(self):
        self.mend()
        self.go("replicas\n    selector")
        self.command("kdsl-why")
        self.wait_for_screen("web.spec.replicas: 5")
        place = f"main.kdsl:{line_of('replicas' + chr(10))}  replicas  (set)"
        self.wait_for_screen(place)
        self.keys("C-x", "o")
        self.wait_for("major-mode", lambda mode: mode == "kdsl-why-mode")
        self.keys("C-s")
        self.type("project.kdsl:5")
        self.keys("Enter", "Enter")
        self.wait_for("(list (buffer-name) (line-number-at-pos) (char-after))", lambda place: place == f'("project.kdsl" 5 {ord("5")})')

    def test_run_a_test(self):
        self.mend()
        self.go("check web.spec.replicas == 2")
        self.command("kdsl-run-test")
        self.wait_for_screen("1 passed, 0 failed")
        self.command("kdsl-run-tests")
        self.wait_for_screen("1 passed, 1 failed")
        self.wait_for_screen("does not hold")
        self.keys("M-g", "n")
        here = "(list (buffer-name) (line-number-at-pos))"
        self.wait_for(here, lambda place: place == f'("main.kdsl" {line_of("check web.spec.replicas == 5")})')
        self.keys("C-e", "BSpace")
        self.type("4")
        self.command("kdsl-run-tests")
        self.wait_for_screen("2 passed, 0 failed")

    def test_definition_in_another_file(self):
        self.go("labels }")
        self.keys("M-.")
        self.wait_for("(list (buffer-name) (line-number-at-pos))", lambda place: place == '("common.kdsl" 2)')
        self.keys("M-,")
        self.wait_for("(buffer-name)", lambda name: name == '"main.kdsl"')

    def test_rename(self):
        self.go("image = ")
        self.command("eglot-rename")
        self.wait_for_screen("Rename `image' to:")
        self.keys("C-a", "C-k")  # some versions begin with the old name
        self.type("picture")
        self.keys("Enter")
        self.wait_for(self.line(line_of("private")), lambda text: "private let picture = " in text)
        self.assertIn("{ image: picture }", self.evaluate(self.line(line_of("image }"))))

    def test_rendered_yaml_follows_the_text(self):
        self.mend()
        self.command("kdsl-show-rendered")
        self.wait_for_screen("kind: ConfigMap")
        self.wait_for_screen('replicas: "2"')
        self.go("2\nprivate")
        self.keys("C-d")
        self.type("5")
        self.wait_for_screen('replicas: "5"')

    def test_indentation(self):
        self.go('metadata: { name: "web"', behind=True)
        self.keys("Enter")
        for text in ("a: {", "b: 1", "}"):
            self.type(text)
            self.keys("Enter")
        first = line_of('metadata: { name: "web"') + 1
        for number, text in enumerate(("  a: {", "    b: 1", "  }")):
            self.wait_for(self.line(first + number), lambda line, text=text: line == f'"{text}"')


if __name__ == "__main__":
    emacs = need("emacs", "emacs-nox")
    need("emacsclient", "emacs-nox")
    need("tmux", "tmux")
    if not has_eglot(emacs):
        skip("eglot is not installed (Debian 12: elpa-eglot; part of Emacs 29)")
    session.main(EmacsTest)
