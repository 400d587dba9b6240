# SPDX-License-Identifier: BSL-1.0
"""iris_errors.py program iris.csv: what examples/iris does with bad files, bad options, and good ones."""

import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

PROGRAM, CSV = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
LINES = CSV.read_text(encoding="ascii").splitlines()
LAST = len(LINES)  # lines of the good file, the header included
PICTURES = {"loss.svg", "regions.svg"}


def with_line(number, text):
    """The good file with one line exchanged, counted from 1."""
    return LINES[: number - 1] + [text] + LINES[number:]


def with_rows(rows):
    return [f"{len(rows)},4,setosa,versicolor,virginica"] + rows


# Name: lines of the file, line that the message must name, words that it must contain.
BAD_FILES = {
    "empty file": ([], 1, "empty"),
    "empty header": (with_line(1, ""), 1, "expected 5 fields"),
    "no header": (LINES[1:], 1, "the number of rows"),
    "short header": (with_line(1, "150,4,setosa,versicolor"), 1, "found 4"),
    "long header": (with_line(1, LINES[0] + ",robusta"), 1, "found 6"),
    "row count is a word": (with_line(1, "many,4,a,b,c"), 1, '"many"'),
    "row count is negative": (with_line(1, "-150,4,a,b,c"), 1, '"-150"'),
    "row count is huge": (with_line(1, "99999999999999999999,4,a,b,c"), 1, "out of range"),
    "row count too small": (with_line(1, "2,4,a,b,c"), 1, "out of range"),
    "five features": (with_line(1, "150,5,a,b,c"), 1, "expected 4 features"),
    "nameless class": (with_line(1, "150,4,a,,c"), 1, "name"),
    "unprintable class": (with_line(1, "150,4,a,\x01,c"), 1, "name"),
    "header announces more": (with_line(1, "151,4,a,b,c"), LAST + 1, "ends after 150 rows"),
    "header announces fewer": (with_line(1, "149,4,a,b,c"), LAST, "more rows than the 149"),
    "cut off": (LINES[:100], 101, "ends after 99 rows"),
    "one class missing": (with_rows(LINES[1:101]), 102, "virginica"),
    "short row": (with_line(17, "5.4,3.9,1.3,0"), 17, "found 4"),
    "long row": (with_line(17, LINES[16] + ",7"), 17, "found 6"),
    "empty line": (with_line(80, ""), 80, "found 0"),
    "empty line at the end": (LINES + [""], LAST + 1, "found 0"),
    "text after the last row": (LINES + ["the end"], LAST + 1, "found 1"),
    "one row too many": (LINES + [LINES[-1]], LAST + 1, "more rows"),
    "empty field": (with_line(3, "4.9,,1.4,0.2,0"), 3, '""'),
    "word for a number": (with_line(3, "4.9,three,1.4,0.2,0"), 3, '"three"'),
    "garbage after a number": (with_line(3, "4.9,3.0cm,1.4,0.2,0"), 3, '"3.0cm"'),
    "garbage after the label": (with_line(3, "4.9,3.0,1.4,0.2,0 "), 3, '"0 "'),
    "decimal comma": (with_line(3, "4,9,3.0,1.4,0.2,0"), 3, "found 6"),
    "hexadecimal": (with_line(3, "0x4,3.0,1.4,0.2,0"), 3, '"0x4"'),
    "nan": (with_line(3, "4.9,nan,1.4,0.2,0"), 3, "out of range"),
    "infinite": (with_line(3, "4.9,inf,1.4,0.2,0"), 3, "out of range"),
    "overflow": (with_line(3, "4.9,1e999,1.4,0.2,0"), 3, "out of range"),
    "no flower measures that": (with_line(3, "4.9,1e200,1.4,0.2,0"), 3, "out of range"),
    "negative length": (with_line(3, "4.9,-3.0,1.4,0.2,0"), 3, "out of range"),
    "label too large": (with_line(LAST, "5.9,3.0,5.1,1.8,3"), LAST, "the label is out of range: 3"),
    "label negative": (with_line(LAST, "5.9,3.0,5.1,1.8,-1"), LAST, "the label is out of range: -1"),
    "label is not whole": (with_line(LAST, "5.9,3.0,5.1,1.8,1.5"), LAST, '"1.5"'),
    "label is a name": (with_line(LAST, "5.9,3.0,5.1,1.8,virginica"), LAST, '"virginica"'),
}

BAD_OPTIONS = (["--verbose"], ["extra"], ["--data"], ["--seed", "lucky"], ["--seed", "-1"], ["--seed", "4294967296"], ["--data="])


class Iris(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.out = self.folder / "out"
        self.out.mkdir()

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], cwd=self.out, capture_output=True, text=True, timeout=300, check=False)

    def refused(self, status, *arguments):
        """Runs the program, which must fail and leave nothing behind; returns what it complained about."""
        before = sorted(self.out.iterdir())
        result = self.run_program(*arguments)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        self.assertEqual(sorted(self.out.iterdir()), before)
        self.assertNotEqual(result.stderr, "")
        return result.stderr

    def pictures_are_fine(self):
        self.assertEqual({path.name for path in self.out.iterdir()}, PICTURES)
        for name in PICTURES:
            text = (self.out / name).read_text(encoding="utf-8")
            self.assertNotRegex(text, r"(?<![a-z])(nan|inf)(?![a-z])")
            picture = xml.fromstring(text)
            self.assertEqual(picture.tag, "{http://www.w3.org/2000/svg}svg")
            self.assertGreater(len(picture), 20)

    def test_bad_files(self):
        data = self.folder / "bad.csv"
        for name, (lines, number, words) in BAD_FILES.items():
            with self.subTest(name):
                data.write_text("".join(line + "\n" for line in lines), encoding="ascii")
                complaint = self.refused(1, "--data", data)
                self.assertTrue(complaint.startswith(f"{data}:{number}: "), complaint)
                self.assertIn(words, complaint)
                self.assertEqual(complaint.count("\n"), 1)

    def test_missing_data(self):
        self.assertIn("nowhere.csv: cannot be read", self.refused(1, "--data", "nowhere.csv"))
        self.assertIn("cannot be read", self.refused(1, "--data", self.folder))

    def test_bad_options(self):
        for arguments in BAD_OPTIONS:
            with self.subTest(arguments):
                self.assertIn("usage: iris", self.refused(2, *arguments))

    def test_bad_output_folder(self):
        for out in ("nowhere", CSV):
            self.assertIn("is not a folder", self.refused(1, "--data", CSV, "--out", out))

    def test_output_that_cannot_be_written(self):
        (self.out / "loss.svg").mkdir()
        self.assertIn("loss.svg: cannot be written", self.refused(1, "--data", CSV))

    def test_help(self):
        result = self.run_program("--help")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("usage: iris", result.stdout)
        self.assertEqual(list(self.out.iterdir()), [])

    def test_good_run(self):
        """The same output every time, also from a file with other line ends and without one at its end."""
        first = self.run_program("--data", CSV)
        self.assertEqual((first.returncode, first.stderr), (0, ""), first.stdout)
        self.assertIn("allocations  0 while training", first.stdout)
        self.pictures_are_fine()
        texts = [(self.out / name).read_bytes() for name in sorted(PICTURES)]

        data = self.folder / "windows.csv"
        data.write_bytes("\r\n".join(LINES).encode())
        again = self.run_program("--data", data, "--out", ".")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual([(self.out / name).read_bytes() for name in sorted(PICTURES)], texts)

    def test_names_are_escaped(self):
        data = self.folder / "names.csv"
        data.write_text("\n".join(with_line(1, "150,4,<b>,R&D,'c\"")) + "\n", encoding="ascii")
        self.assertEqual(self.run_program("--data", data).returncode, 0)
        self.pictures_are_fine()
        text = (self.out / "regions.svg").read_text(encoding="utf-8")
        self.assertLessEqual({"<b>", "R&D", "'c\""}, set(xml.fromstring(text).itertext()))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
