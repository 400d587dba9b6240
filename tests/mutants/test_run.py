# SPDX-License-Identifier: BSL-1.0
"""run.py plants a bug where the table says, in one place, and takes nothing but a failing test for its end."""

import unittest

import run

HEADER = """struct sine {
  int value = 1;
};
struct cosine {
  int value = 1;
  int slope = -1;
};
"""


def bug(old, new, within=None):
    mutant = run.Mutant("a bug", "header.hpp", "table:1")
    mutant.within, mutant.old, mutant.new = within, old, new
    return mutant


class Planting(unittest.TestCase):
    def test_in_a_block(self):
        planted = bug(["value = 1"], ["value = 2"], "struct cosine").planted_in(HEADER)
        self.assertEqual(HEADER.replace("1;\n  int slope", "2;\n  int slope"), planted)

    def test_several_lines(self):
        planted = bug(["  int value = 1;", "  int slope = -1;"], ["  int slope = 1;"]).planted_in(HEADER)
        self.assertIn("cosine {\n  int slope = 1;\n};", planted)

    def test_text_that_is_not_there_once(self):
        for old, within in [("value = 1", None), ("slope", "struct sine"), ("tangent", None), ("value", "struct")]:
            with self.assertRaises(run.Mistake):
                bug([old], [""], within).planted_in(HEADER)


class Verdict(unittest.TestCase):
    law = f"{run.TESTS}/laws/derivative.cpp:1:1: error: static assertion failed: a law"

    def test_a_law_that_fails_kills(self):
        self.assertTrue(run.judged(self.law)[0])

    def test_what_is_no_program_does_not(self):
        for error in ["include/a.hpp:1:1: error: expected ';'", "include/a.hpp:1:1: error: static assertion failed: b", ""]:
            self.assertIsNone(run.judged(error)[0])
            self.assertIsNone(run.judged(f"{error}\n{self.law}" if error else "a linker's error")[0])


if __name__ == "__main__":
    unittest.main()
