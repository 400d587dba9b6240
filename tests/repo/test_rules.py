# SPDX-License-Identifier: BSL-1.0
"""The rules of this folder notice what they are there for, and nothing else."""

import unittest

import files
import layers
import readme
import umbrella


class Layers(unittest.TestCase):
    def notices(self, includes, path="tapeless/op/a.hpp"):
        there = {"tapeless/tapeless.hpp": "", "tapeless/config.hpp": "", "tapeless/op/b.hpp": "", "tapeless/run/c.hpp": ""}
        return list(layers.complaints({**there, path: includes}))

    def test_left_and_own_layer_pass(self):
        self.assertEqual([], self.notices('#include <tapeless/config.hpp>\n#include "b.hpp"\n#include <array>\n'))

    def test_layer_to_the_right(self):
        self.assertIn(":2: op includes tapeless/run/c.hpp", self.notices("\n#include <tapeless/run/c.hpp>")[0])
        self.assertIn("op includes tapeless/run/c.hpp", self.notices('  #  include "tapeless/run/c.hpp"')[0])

    def test_the_umbrella(self):
        self.assertIn("umbrella", self.notices("#include <tapeless/tapeless.hpp>")[0])

    def test_missing_header(self):
        self.assertIn("not there", self.notices('#include "d.hpp"')[0])

    def test_folder_without_a_layer(self):
        self.assertIn("no layer", self.notices("", path="tapeless/misc/a.hpp")[0])
        self.assertIn("no layer", self.notices("", path="tapeless/misc.hpp")[0])


class Umbrella(unittest.TestCase):
    def test_direct_and_transitive(self):
        headers = {
            umbrella.UMBRELLA: "#include <tapeless/op/a.hpp>",
            "tapeless/op/a.hpp": '#include "b.hpp"',
            "tapeless/op/b.hpp": "",
        }
        self.assertEqual([], umbrella.complaints(headers))
        self.assertEqual(1, len(umbrella.complaints({**headers, "tapeless/op/c.hpp": ""})))

    def test_for_another_library(self):
        headers = {umbrella.UMBRELLA: "", "tapeless/op/a.hpp": "#if __has_include(<Other>)\n#endif"}
        self.assertEqual([], umbrella.complaints(headers))
        included = {**headers, umbrella.UMBRELLA: "#include <tapeless/op/a.hpp>"}
        self.assertIn("another library", umbrella.complaints(included)[0])


class Files(unittest.TestCase):
    def notices(self, text, name="tests/a.cpp", first="// SPDX-License-Identifier: BSL-1.0\n"):
        return list(files.complaints({name: first + text}))

    def test_clean(self):
        self.assertEqual([], self.notices("int x;  // 1/work, see https://a.org/home/x\n"))
        self.assertEqual([], self.notices("// clang-format off\n" + "/" * 121))
        self.assertEqual([], self.notices("", ".ci/run", "#!/bin/sh\n# SPDX-License-Identifier: BSL-1.0\n"))

    def test_each_rule(self):
        self.assertIn("SPDX", self.notices("", first="")[0])
        self.assertIn("lines", self.notices("\n" * files.LONGEST)[0])
        self.assertIn("columns", self.notices("/" * 121)[0])
        self.assertIn("4: 121", self.notices("// clang-format off\n// clang-format on\n" + "/" * 121)[0])
        self.assertIn("path", self.notices('open("/' + 'home/me/x")')[0])
        self.assertIn("undone", self.notices("// TO" + "DO: more")[0])
        self.assertIn("top level", self.notices("", name="src/a.cpp")[0])


class Readme(unittest.TestCase):
    def test_blocks(self):
        text = "a\n```cpp\nint main() {}\n```\nprints\n```text\n1\n```\n```cpp\nint x;\n```\n```sh\nls\n```\n```text\n2\n```\n"
        self.assertEqual(
            {
                "program_1.cpp": "int main() {}\n",
                "program_1.txt": "1\n",
                "fragment_3.cpp": "#include <tapeless/tapeless.hpp>\nint x;\n",
            },
            readme.sources(text),
        )


if __name__ == "__main__":
    unittest.main()
