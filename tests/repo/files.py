# SPDX-License-Identifier: BSL-1.0
"""files.py root: what holds for every file, and for the top level."""

import pathlib
import re
import sys

TOP_LEVEL = {"include", "tests", "bench", "examples", "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md"}
SOURCES = {".hpp", ".cpp", ".py", ".cmake", ".sh"}
LONGEST = 400  # lines
WIDEST = 120  # columns, except in tables between `clang-format off` and `on`

LICENSE_LINE = re.compile(r"(#!.*\n)?(//|#) SPDX-License-Identifier: BSL-1\.0\n")
MACHINE_PATH = re.compile(r"(?<![\w.$}>])/(home|root|tmp|work|Users)/")
LEFT_UNDONE = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")


def is_source(name):
    path = pathlib.PurePosixPath(name)
    return path.suffix in SOURCES or path.name in ("CMakeLists.txt", ".clang-format", ".clang-tidy") or name.startswith(".ci/")


def complaints(files):
    """`files`: text by path from the root."""
    for top in sorted({name.split("/")[0] for name in files}):
        if top not in TOP_LEVEL and not top.startswith("."):
            yield f"{top}: does not belong on the top level"
    for name, text in sorted(files.items()):
        lines = text.splitlines()
        if is_source(name):
            if not LICENSE_LINE.match(text):
                yield f"{name}:1: the first line is not the SPDX line"
            if len(lines) > LONGEST:
                yield f"{name}: {len(lines)} lines, more than {LONGEST}"
        table = not name.endswith((".hpp", ".cpp"))
        for number, line in enumerate(lines, 1):
            if "// clang-format o" in line:
                table = "// clang-format off" in line
            if MACHINE_PATH.search(line):
                yield f"{name}:{number}: names a path of one machine"
            if LEFT_UNDONE.search(line):
                yield f"{name}:{number}: leaves something undone"
            if len(line) > WIDEST and not table:
                yield f"{name}:{number}: {len(line)} columns, more than {WIDEST}"


def read_files(root):
    """All text files that are ours: neither hidden folders other than .ci nor build trees."""
    files = {}
    for path in pathlib.Path(root).rglob("*"):
        name = path.relative_to(root).as_posix()
        folder = name.split("/")[0]
        if not path.is_file() or folder == "build" or "__pycache__" in name:
            continue
        if "/" in name and folder.startswith(".") and folder != ".ci":
            continue
        files[name] = path.read_text(encoding="utf-8", errors="replace")
    return files


if __name__ == "__main__":
    found = list(complaints(read_files(sys.argv[1])))
    print("\n".join(found))
    sys.exit(bool(found))
