"""The checks of this folder, tried on small trees that break one rule each."""

import pathlib
import tempfile
import unittest

import check_diagnostics
import check_docs_links
import check_layout
from source_tree import without_comments_and_text


class TreeTest(unittest.TestCase):
    def findings(self, check, files):
        """The messages of `check` on a tree of these files (path → content)."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, content in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(content, encoding="utf-8")
            return [str(finding) for finding in check(root)]


class Layout(TreeTest):
    def test_accepts_edges_downwards(self):
        files = {"compiler/sema/check.cpp": '#include "hir/body.hpp"\n#include "sema/check.hpp"\n#include <vector>\n'}
        self.assertEqual(self.findings(check_layout.check, files), [])

    def test_rejects_an_edge_upwards(self):
        found = self.findings(check_layout.check, {"compiler/hir/body.cpp": '\n#include "sema/check.hpp"\n'})
        self.assertEqual(len(found), 1)
        self.assertIn("compiler/hir/body.cpp:2: hir may not include", found[0])

    def test_rejects_the_driver_reaching_below_query(self):
        found = self.findings(check_layout.check, {"compiler/driver/main.cpp": '#include "eval/value.hpp"\n'})
        self.assertIn("driver may not include", found[0])

    def test_rejects_leaving_the_folder(self):
        found = self.findings(check_layout.check, {"compiler/hir/body.cpp": '#include "../sema/check.hpp"\n'})
        self.assertIn('leaves its folder by ".."', found[0])

    def test_rejects_an_unknown_folder(self):
        found = self.findings(check_layout.check, {"compiler/misc/a.cpp": '#include "base/arena.hpp"\n'})
        self.assertIn("misc is not in the table", found[0])

    def test_rejects_a_library_away_from_home(self):
        found = self.findings(check_layout.check, {"compiler/eval/a.cpp": "#include <yaml-cpp/yaml.h>\n"})
        self.assertIn("belongs only in compiler/codec/", found[0])

    def test_rejects_throw_but_not_the_word(self):
        files = {"compiler/eval/a.cpp": '// throw\nauto t = "throw"; /* throw\n */ char q = \'"\';\nvoid f() { throw 1; }\n'}
        found = self.findings(check_layout.check, files)
        self.assertEqual([line.split(" ")[0] for line in found], ["compiler/eval/a.cpp:4:"])

    def test_allows_catch_only_beside_libraries(self):
        code = "void f() { try { g(); } catch (...) { } }\n"
        self.assertEqual(self.findings(check_layout.check, {"compiler/codec/yaml.cpp": code}), [])
        self.assertEqual(len(self.findings(check_layout.check, {"compiler/eval/a.cpp": code})), 1)

    def test_counts_sources_that_reach_pegtl_through_headers(self):
        files = {"grammar/lexical.hpp": "#include <tao/pegtl.hpp>\n"}
        for name in ("lexer", "parser"):
            files[f"compiler/syntax/{name}.cpp"] = '#include "grammar/lexical.hpp"\n'
        self.assertEqual(self.findings(check_layout.check, files), [])
        files["compiler/syntax/third.cpp"] = '#include "grammar/lexical.hpp"\n'
        self.assertEqual(len(self.findings(check_layout.check, files)), 3)


class Diagnostics(TreeTest):
    COMPLETE = {
        "compiler/diag/codes/types.def": 'KD_DIAG(4107, error, unknown_field, "unknown field `{0}`", Name)\n',
        "compiler/sema/check.cpp": "report(Code::unknown_field);\n",
        "docs/diagnostics/KD4107.md": "# KD4107\n",
        "tests/cases/types/fields.exp": "error[KD4107]\n",
    }

    def without(self, name):
        return {path: content for path, content in self.COMPLETE.items() if path != name}

    def test_accepts_a_complete_code(self):
        self.assertEqual(self.findings(check_diagnostics.check, self.COMPLETE), [])

    def test_wants_a_use_a_page_and_a_test(self):
        for missing, message in (("compiler/sema/check.cpp", "reported nowhere"),
                                 ("docs/diagnostics/KD4107.md", "has no page"),
                                 ("tests/cases/types/fields.exp", "is in no test")):
            found = self.findings(check_diagnostics.check, self.without(missing))
            self.assertEqual(len(found), 1, missing)
            self.assertIn(message, found[0])

    def test_rejects_a_code_used_twice_and_a_page_of_no_code(self):
        files = dict(self.COMPLETE)
        files["compiler/diag/codes/types.def"] *= 2
        files["docs/diagnostics/KD9999.md"] = ""
        found = self.findings(check_diagnostics.check, files)
        self.assertTrue(any("KD4107 is `unknown_field` already" in line for line in found))
        self.assertTrue(any("KD9999.md:1: a page of no code" in line for line in found))

    def test_rejects_an_empty_table(self):
        found = self.findings(check_diagnostics.check, {"compiler/diag/codes/types.def": ""})
        self.assertIn("no KD_DIAG entry", found[0])


class DocsLinks(TreeTest):
    def test_finds_dead_links_and_unlisted_pages(self):
        files = {"docs/README.md": "[a](a.md) [gone](b.md) [web](https://example.com) [here](#top)\n```\n[x](y)\n```\n",
                 "docs/a.md": "", "docs/guide/c.md": ""}
        found = self.findings(check_docs_links.check, files)
        self.assertEqual(found, ["docs/README.md:1: the link b.md leads nowhere",
                                 "docs/guide/c.md:1: docs/README.md does not list this page"])


class SourceTree(unittest.TestCase):
    def test_blanks_raw_strings_and_keeps_lines(self):
        code = 'auto a = R"x(throw\n)x"; // c\nint b;'
        self.assertEqual(without_comments_and_text(code).count("\n"), 2)
        self.assertNotIn("throw", without_comments_and_text(code))

    def test_digit_separators_are_no_characters(self):
        self.assertIn("throw", without_comments_and_text("int a = 1'000; throw 2'000;"))


if __name__ == "__main__":
    unittest.main()
