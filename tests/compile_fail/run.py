# SPDX-License-Identifier: BSL-1.0
"""run.py compile_commands.json file.cpp: the file must not compile, for the reason it states, and soon.

The file says in a comment `// error: text`, or `// error: /regular expression/`, what stands in the first line of the
compiler's output that reports an error. With CONTROL defined the same file must compile, or it fails for another reason
than the one it shows.
"""

import json
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile

# Seconds of processor time that an error may take to appear; a busy machine needs up to twice as long for the same work.
LIMIT = 2.0
BUSY = 2.0


def command_of(database, source):
    """The compiler's command for `source` as CMake would run it, without its output."""
    for entry in json.load(open(database, encoding="utf-8")):
        if os.path.samefile(entry["file"], source):
            words = shlex.split(entry["command"])
            at = words.index("-o")
            return words[:at] + words[at + 2 :], entry["directory"]
    sys.exit(f"{source}: no command in {database}")


def compile(words, directory, *more):
    """(succeeded, output, seconds of processor time)"""
    with tempfile.TemporaryDirectory() as scratch:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run(
            [*words, *more, "-o", os.path.join(scratch, "out.o")],
            cwd=directory,
            env={**os.environ, "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        return done.returncode == 0, done.stdout, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def expected_in(text):
    """A predicate on a line, from the comment in the file."""
    found = re.findall(r"^\s*// error: (.+?)\s*$", text, re.MULTILINE)
    if len(found) != 1:
        return None, None
    wanted = found[0]
    if len(wanted) > 2 and wanted[0] == wanted[-1] == "/":
        return wanted, lambda line: re.search(wanted[1:-1], line) is not None
    return wanted, lambda line: wanted in line


def main(database, source):
    wanted, matches = expected_in(open(source, encoding="utf-8").read())
    if matches is None:
        sys.exit(f"{source}: needs exactly one comment `// error: text`")
    words, directory = command_of(database, source)

    good, output, _ = compile(words, directory, "-DCONTROL")
    if not good:
        sys.exit(f"{output}\n{source}: does not compile with -DCONTROL either")

    good, output, seconds = compile(words, directory)
    if good:
        sys.exit(f"{source}: compiles, and must not")
    first = next((line for line in output.splitlines() if "error:" in line), "(no line with `error:`)")
    print(f"{seconds:.2f} s, {len(output)} characters of output, first error:\n{first}")
    if not matches(first):
        sys.exit(f"{output[:4000]}\n{source}: the first error does not say: {wanted}")
    if seconds > LIMIT * BUSY:
        sys.exit(f"{source}: the error took {seconds:.2f} s, more than {LIMIT} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
