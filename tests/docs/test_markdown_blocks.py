#!/usr/bin/env python3
"""Tests of the page reader."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from markdown_blocks import PageError, blocks_of, groups_of  # noqa: E402


def page(*blocks: str) -> str:
    return "\n\nwords\n\n".join(blocks) + "\n"


class Blocks(unittest.TestCase):
    def test_text_and_line(self):
        block = blocks_of("# Title\n\n```kdsl\nlet a = 1\n\nlet b = 2\n```\n", None)[1]
        self.assertEqual((block.language, block.line, block.text), ("kdsl", 4, "let a = 1\n\nlet b = 2\n"))
        self.assertTrue(block.is_checked)

    def test_wanted_codes(self):
        self.assertEqual(blocks_of("```kdsl fails KD5102\nx\n```\n", None)[0].wanted, {"KD5102"})
        self.assertEqual(blocks_of("```kdsl fails\nx\n```\n", "KD5003")[0].wanted, {"KD5003"})
        with self.assertRaises(PageError):
            blocks_of("```kdsl fails\nx\n```\n", None)
        with self.assertRaises(PageError):
            blocks_of("```kdsl maybe\nx\n```\n", None)

    def test_never_closed(self):
        with self.assertRaises(PageError):
            blocks_of("```kdsl\nx\n", None)

    def test_file_names(self):
        def name(first_line):
            return blocks_of(f"```kdsl\n{first_line}\n```\n", None)[0].file

        self.assertEqual(name("// web.kdsl: what runs"), "web.kdsl")
        self.assertEqual(name("// file: lib/web.kdsl"), "lib/web.kdsl")
        self.assertIsNone(name("// web.kdsl is the best file"))
        self.assertIsNone(name("// ../web.kdsl"))
        self.assertIsNone(name("let a = 1"))

    def test_groups(self):
        a = "```kdsl\n// a.kdsl\n```"
        b = "```yaml\n# b.yaml\n```"
        nameless = "```kdsl\nlet a = 1\n```"

        def shape(text):
            return [[block.file for block in group] for group in groups_of(blocks_of(text, None))]

        self.assertEqual(shape(page(a, b)), [["a.kdsl", "b.yaml"]])
        self.assertEqual(shape(page(a, b, a)), [["a.kdsl", "b.yaml"], ["a.kdsl"]])
        self.assertEqual(shape(page(a, nameless, b)), [["a.kdsl"], [None], ["b.yaml"]])
        self.assertEqual(shape(page(a, "## Next\n\n" + b)), [["a.kdsl"], ["b.yaml"]])


if __name__ == "__main__":
    unittest.main()
