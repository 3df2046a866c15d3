#!/usr/bin/env python3
"""Neovim with editors/neovim and the real server, driven by keys: its headless program listens on a socket, as for a remote interface."""

import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import session
from session import PATIENCE as TIMEOUT
from skip import need
from workspace import line_of, place_of, write

HERE = Path(__file__).resolve().parent
PLUGIN = HERE.parents[1] / "editors/neovim"

INIT = """
vim.opt.runtimepath:prepend('{plugin}')
vim.cmd('filetype plugin indent on | syntax on')
vim.o.swapfile = false
vim.o.completeopt = 'menu,menuone'
require('kdsl').setup({{
  cmd = {{ '{program}', 'lsp' }},
  lsp = {{
    on_attach = function(_, buffer)
      vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
      vim.g.attached = (vim.g.attached or 0) + 1
      -- Some versions set a range formatter of their own.
      vim.api.nvim_buf_set_keymap(buffer, 'n', 'K', '<cmd>lua vim.lsp.buf.hover()<cr>', {{}})
      vim.api.nvim_buf_set_keymap(buffer, 'n', 'gd', '<cmd>lua vim.lsp.buf.definition()<cr>', {{}})
      vim.api.nvim_buf_set_keymap(buffer, 'n', 'gR', '<cmd>lua vim.lsp.buf.rename("picture")<cr>', {{}})
      vim.api.nvim_buf_set_keymap(buffer, 'n', 'ga', '<cmd>lua vim.lsp.buf.code_action()<cr>', {{}})
    end,
  }},
}})
vim.ui.select = function(items, _, choose) choose(items[1]) end
"""


class NeovimTest(unittest.TestCase):
    def setUp(self):
        self.nvim = need("nvim", "neovim")
        # A socket's path must be short.
        self.folder = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(self.folder.cleanup)
        folder = Path(self.folder.name)
        main = write(folder)
        (folder / "init.lua").write_text(INIT.format(plugin=PLUGIN, program=os.environ["KDSL_PROGRAM"]))
        self.socket = str(folder / "nvim")
        environment = {**os.environ, "XDG_STATE_HOME": self.folder.name, "XDG_DATA_HOME": self.folder.name, "HOME": self.folder.name}
        self.process = subprocess.Popen([self.nvim, "--headless", "--listen", self.socket, "-u", str(folder / "init.lua"), "-i", "NONE", str(main)],
                                        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.end)
        self.wait(lambda: os.path.exists(self.socket), "Neovim listens")
        self.wait_for("get(g:, 'attached', 0)", lambda count: count != "0")

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(TIMEOUT)

    def wait(self, done, what: str):
        limit = time.monotonic() + TIMEOUT
        while not done():
            self.assertLess(time.monotonic(), limit, what)
            time.sleep(0.02)

    def evaluate(self, expression: str) -> str:
        """A Vim expression's value, as text. Empty while Neovim waits for a key."""
        done = subprocess.run([self.nvim, "--server", self.socket, "--remote-expr", expression], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, timeout=TIMEOUT, check=False)  # which of the two it writes to depends on the version
        return done.stdout.strip("\r\n")

    def lua(self, expression: str) -> str:
        quoted = expression.replace("'", "''")
        return self.evaluate(f"luaeval('{quoted}')")

    def wait_for(self, expression: str, accept) -> str:
        value = ""

        def done() -> bool:
            nonlocal value
            value = self.evaluate(expression)
            return bool(accept(value))

        limit = time.monotonic() + TIMEOUT
        while not done():
            self.assertLess(time.monotonic(), limit, f"{expression} stays {value!r}")
            time.sleep(0.02)
        return value

    def keys(self, keys: str, answers: bool = True):
        subprocess.run([self.nvim, "--server", self.socket, "--remote-send", keys], check=answers, timeout=TIMEOUT, stdout=subprocess.DEVNULL)

    def go(self, text: str):
        """The caret to the first place of the text."""
        line, column = place_of(text)
        self.evaluate(f"cursor({line}, {column})")

    def line(self, text: str) -> str:
        return self.evaluate(f"getline({line_of(text)})")

    def test_the_file_is_coloured_and_has_its_settings(self):
        self.assertEqual(self.evaluate("&filetype . ' ' . &shiftwidth . ' ' . &commentstring"), "kdsl 2 // %s")
        self.assertEqual(self.evaluate(f"synIDattr(synID({line_of('param')}, 1, 1), 'name')"), "kdslDeclare")

    def test_diagnostics_and_a_quick_fix(self):
        message = self.wait_for("luaeval('(vim.diagnostic.get(0)[1] or {}).message')", lambda text: "dta" in text)
        self.assertIn("ConfigMap", message)
        self.assertEqual(self.lua("vim.diagnostic.get(0)[1].lnum"), str(line_of("dta") - 1))
        self.go("dta")
        self.keys("ga")
        self.wait_for(f"getline({line_of('dta')})", lambda text: text.startswith("  data:"))
        self.wait_for("luaeval('#vim.diagnostic.get(0)')", lambda count: count == "0")

    def test_completion(self):
        self.go("replicas\n    selector")
        self.keys("oprogressD<C-x><C-o>")
        # With one item that fits, Neovim inserts it and shows the menu.
        self.wait_for(f"getline({line_of('replicas' + chr(10)) + 1})", lambda text: "progressDeadlineSeconds" in text)

    def test_completion_shows_a_menu(self):
        self.go("replicas\n    selector")
        self.keys("ore<C-x><C-o>")
        self.wait_for("pumvisible()", lambda shown: shown == "1")
        words = self.evaluate("join(map(complete_info(['items']).items, {_, item -> item.word}), ' ')")
        self.assertIn("revisionHistoryLimit", words)
        self.keys("<Esc>")

    def test_hover(self):
        self.mend()
        self.wait_for("luaeval('#vim.diagnostic.get(0)')", lambda count: count == "0")
        self.go("replicas\n    selector")
        self.keys("K")
        floats = "filter(nvim_list_wins(), {_, window -> nvim_win_get_config(window).relative != ''})"
        self.wait_for(f"len({floats})", lambda count: count == "1")
        text = self.evaluate(f"join(nvim_buf_get_lines(nvim_win_get_buf({floats}[0]), 0, -1, v:false), ' ')")
        self.assertIn("`web.spec.replicas` = `5`", text)
        self.assertIn("How many pods", text)

    def test_definition_in_another_file(self):
        self.go("labels }")
        self.keys("gd")
        self.wait_for("expand('%:t') . ':' . line('.')", lambda place: place == "common.kdsl:2")
        # The second file is served by the same process.
        self.wait_for("get(g:, 'attached', 0)", lambda count: count == "2")
        self.assertEqual(self.lua("#vim.tbl_keys(vim.lsp.buf_get_clients(0))"), "1")

    def test_rename(self):
        self.go("image = ")
        self.keys("gR")
        self.wait_for(f"getline({line_of('private')})", lambda text: text.startswith("private let picture = "))
        # `{ image }` sets a field of that name, which stays.
        self.assertIn("{ image: picture }", self.line("image }"))

    def test_rendered_yaml_follows_the_text(self):
        self.mend()
        self.keys(":KdslRendered<CR>")
        shown = "join(nvim_buf_get_lines(winbufnr(2), 0, -1, v:false), '|')"
        self.wait_for("winnr('$')", lambda count: count == "2")
        self.wait_for(shown, lambda text: "kind: ConfigMap" in text and 'replicas: "2"' in text)
        self.go("2\nprivate")
        self.keys("r5")
        self.wait_for(shown, lambda text: 'replicas: "5"' in text)

    def mend(self):
        self.go("dta")
        self.keys("ga")
        self.wait_for(f"getline({line_of('dta')})", lambda text: text.startswith("  data:"))

    def test_where_a_value_comes_from(self):
        self.mend()
        self.go("replicas\n    selector")
        self.keys(":KdslWhy<CR>")
        self.wait_for("winnr('$')", lambda count: count == "2")
        lines = self.wait_for("join(getbufline(winbufnr(2), 1, '$'), '|')", lambda text: "prod" in text).split("|")
        self.assertEqual(lines[:3], ["dev", "  web.spec.replicas: 2", f"    main.kdsl:{line_of('replicas' + chr(10))}  replicas  (set)"])
        setting = next(line for line in lines if "project.kdsl:5" in line)
        self.assertIn("replicas: 5  (set)", setting)
        self.evaluate(f"cursor({lines.index(setting) + 1}, 1)")
        self.keys("<CR>")
        self.wait_for("expand('%:t') . ':' . line('.')", lambda place: place == "project.kdsl:5")
        self.assertEqual(self.evaluate("getline('.')[col('.') - 1]"), "5")

    def test_run_a_test(self):
        self.mend()
        failed = "luaeval('vim.inspect(vim.tbl_map(function(one) return { one.lnum, one.message } end, vim.diagnostic.get(0)))')"
        self.go("check web.spec.replicas == 2")
        self.keys(":KdslTest<CR>")
        self.wait_for("execute('messages')", lambda text: "1 passed, 0 failed" in text)
        self.go("check web.spec.replicas == 5")
        self.keys(":KdslTest<CR>")
        found = self.wait_for(failed, lambda text: "does not hold" in text)
        self.assertIn(str(line_of("check web.spec.replicas == 5") - 1), found)
        self.keys(":messages clear<CR>:KdslTest!<CR>")
        self.wait_for("execute('messages')", lambda text: "1 passed, 1 failed" in text)
        # As the text changes, what failed is no longer known.
        self.keys("$r4")
        self.wait_for(failed, lambda text: text == "{}")
        self.keys(":messages clear<CR>:KdslTest!<CR>")
        self.wait_for("execute('messages')", lambda text: "2 passed, 0 failed" in text)

    def test_tests_of_a_file_with_errors_do_not_run(self):
        self.keys(":KdslTest!<CR>")
        self.wait_for("execute('messages')", lambda text: "no test ran" in text)

    def test_indentation(self):
        self.go("metadata: { name: \"web\"")
        self.keys("oa: {<CR>b: 1<CR>}<Esc>")
        first = line_of('metadata: { name: "web"') + 1
        lines = self.wait_for(f"join(getline({first}, {first + 2}), '|')", lambda text: "}" in text)
        self.assertEqual(lines, "  a: {|    b: 1|  }")

    def test_the_server_ends_with_neovim(self):
        server = self.lua("vim.loop.os_getpid()")
        children = [int(pid) for pid in subprocess.run(["pgrep", "-P", server], capture_output=True, text=True, check=False).stdout.split()]
        self.assertEqual(len(children), 1)
        self.keys(":qall!<CR>", answers=False)  # it may be gone before it has said that it got them
        self.process.wait(TIMEOUT)
        self.wait(lambda: not Path(f"/proc/{children[0]}").exists(), "the server ends")


if __name__ == "__main__":
    need("nvim", "neovim")
    session.main(NeovimTest)
