# SPDX-License-Identifier: BSL-1.0
"""Holds the README to its word.

readme.py extract README.md folder   writes each ```cpp block into the folder: program_N.cpp where it has a main function,
                                     with the ```text block that follows it, its output, as program_N.txt; otherwise
                                     fragment_N.cpp, which includes the library if the block includes nothing
readme.py run program expected.txt   runs a program and compares its output with the file, if that is there
"""

import pathlib
import re
import subprocess
import sys

BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)


def sources(readme):
    """The files to write: text by name."""
    files, last = {}, None
    for number, (language, text) in enumerate(BLOCK.findall(readme), 1):
        if language == "text" and last:
            files[f"{last}.txt"] = text
        last = None
        if language == "cpp" and re.search(r"^int main\(", text, re.MULTILINE):
            last = f"program_{number}"
            files[f"{last}.cpp"] = text
        elif language == "cpp":
            include = "" if "#include" in text else "#include <tapeless/tapeless.hpp>\n"
            files[f"fragment_{number}.cpp"] = include + text
    return files


def extract(readme, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = sources(pathlib.Path(readme).read_text(encoding="utf-8"))
    for old in folder.iterdir():
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        target = folder / name
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")


def run(program, expected):
    output = subprocess.run([program], stdout=subprocess.PIPE, text=True, check=True).stdout
    expected = pathlib.Path(expected)
    if expected.exists() and output.strip() != expected.read_text(encoding="utf-8").strip():
        sys.exit(f"The README says:\n{expected.read_text(encoding='utf-8')}\nThe program says:\n{output}")
    print(output)


if __name__ == "__main__":
    {"extract": extract, "run": run}[sys.argv[1]](*sys.argv[2:])
