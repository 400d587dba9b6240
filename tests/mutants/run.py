# SPDX-License-Identifier: BSL-1.0
"""Plants bugs in the library, one at a time, and demands that the tests kill each of them.

    run.py check include
    run.py kill include compile_commands.json scratch [--only TEXT] library...

`check` finds the place of every bug of the tables beside this file, and compiles nothing. `kill` compiles the named
tests with the changed header in front of the include path, links them with the libraries (Catch2's main function), and
runs them, having seen them pass without a change. A bug is killed by a test that fails, or by a failing static assertion
of a test; one that is no program at all, or that survives, is an error.
"""

import argparse
import concurrent.futures
import html
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
TESTS = HERE.parent
LEAST = 50  # bugs, or the tables have been emptied
PATIENCE = 600  # seconds for one test program


class Mistake(Exception):
    """In a table: a text that is not there, or not there once."""


class Mutant:
    """One bug. `within` is how the first line of the block starts that it lies in."""

    def __init__(self, name, header, where):
        self.name, self.header, self.where = name, header, where
        self.within, self.old, self.new, self.killers = None, [], [], []

    def planted_in(self, text):
        first, last = self.block_of(text)
        old = "\n".join(self.old)
        count = text.count(old, first, last)
        if not old or count != 1:
            raise Mistake(f"{count} times in {self.header}: {old}")
        at = text.index(old, first)
        return text[:at] + "\n".join(self.new) + text[at + len(old) :]

    def block_of(self, text):
        """From the line that starts with `within` through all that are indented deeper."""
        if self.within is None:
            return 0, len(text)
        found = list(re.finditer(rf"^( *){re.escape(self.within)}", text, re.MULTILINE))
        if len(found) != 1:
            raise Mistake(f"{len(found)} times in {self.header}: {self.within}")
        end = re.compile(rf"^{found[0][1]}(?![ \n])", re.MULTILINE).search(text, text.index("\n", found[0].end()))
        return found[0].start(), end.start() if end else len(text)


def read_table(path):
    """
    [header]
    name of the bug
      in the block's first line     (optional)
      - the right text              (one line of it, or several)
      + the wrong one
      by folder/test [operation...] (whoever should kill it; several in turn)
    """
    mutants, header = [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        field = re.match(r"  (in|by|-|\+) ?(.*)", line)
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            header = line.strip("[]")
        elif not line.startswith(" "):
            mutants.append(Mutant(line, header, where))
        elif not field:
            raise Mistake(f"{where}: {line}")
        elif field[1] == "in":
            mutants[-1].within = field[2]
        elif field[1] == "by":
            test, *operations = field[2].split()
            mutants[-1].killers.append((test, operations))
        else:
            (mutants[-1].old if field[1] == "-" else mutants[-1].new).append(field[2])
    return mutants


def read_tables(include):
    """All bugs; raises Mistake unless each can be planted."""
    mutants = [m for path in sorted(HERE.glob("*.txt")) for m in read_table(path)]
    mistakes = [complaint for m in mutants for complaint in complaints(m, include)]
    if len(mutants) < LEAST:
        mistakes.append(f"only {len(mutants)} bugs")
    if len({m.name for m in mutants}) != len(mutants):
        mistakes.append("two bugs have the same name")
    if mistakes:
        raise Mistake("\n".join(mistakes))
    return mutants


def complaints(mutant, include):
    at = f"{mutant.where}: {mutant.name}"
    path = include / "tapeless" / mutant.header
    try:
        text = path.read_text(encoding="utf-8")
        if mutant.planted_in(text) == text:
            yield f"{at}: changes nothing"
    except (Mistake, FileNotFoundError) as mistake:
        yield f"{at}: {mistake}"
    if not mutant.killers:
        yield f"{at}: nobody is to kill it"
    for test, _ in mutant.killers:
        if not (TESTS / f"{test}.cpp").exists():
            yield f"{at}: there is no {test}.cpp"


def test_case_at(path, number):
    """The name of the test case around a line; of an assertion outside of all, the line."""
    found = None
    for line in path.read_text(encoding="utf-8").splitlines()[:number]:
        if case := re.match(r'\w*TEST_CASE\("([^"]*)"', line):
            found = case[1]
        elif line.startswith("static_assert"):
            found = None
    return found or f"line {number}"


class Bench:
    """Compiles and runs tests against a changed library."""

    def __init__(self, database, scratch, libraries):
        self.scratch, self.libraries = scratch, libraries
        self.commands = {e["file"]: e for e in json.load(open(database, encoding="utf-8"))}

    def compile(self, test, operations, changed, program):
        """None, or the compiler's output."""
        source = str(TESTS / f"{test}.cpp")
        if source not in self.commands:
            raise Mistake(f"the build does not know {source}")
        entry = self.commands[source]
        words = shlex.split(entry["command"])
        at = words.index("-o")
        words = words[:at] + words[at + 2 :]
        words.remove("-c")
        if operations:
            words.insert(1, f"-DTAPELESS_LAW_OPERATIONS={','.join(operations)}")
        words[1:1] = [f"-I{changed}", "-w"]
        done = run([*words, "-o", program, *self.libraries], entry["directory"])
        return None if done.returncode == 0 else done.stdout

    def verdict(self, test, operations, changed):
        """(killed, by which test case) or, where the tests do not compile, (None, output)."""
        with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            program = f"{folder}/program"
            output = self.compile(test, operations, changed, program)
            if output is not None:
                return judged(output)
            try:
                done = run([program, "--reporter", "xml", "--abort"], folder)
            except subprocess.TimeoutExpired:
                return True, "does not end"
            cases = re.findall(r'<TestCase name="([^"]*)"', done.stdout)
            if not cases:
                return None, done.stdout
            return done.returncode != 0, re.sub(r" - laws::operations.*", "", html.unescape(cases[-1]))


def judged(output):
    """A compiler's output: killed if all that is wrong are static assertions of the tests."""
    errors = re.findall(r"^(.*?):(\d+):\d+: (?:fatal )?error: (.*)$", output, re.MULTILINE)
    for path, _, message in errors:
        if not message.startswith(("static assertion failed", "static_assert failed")) or TESTS not in pathlib.Path(path).parents:
            return None, output
    if not errors:
        return None, output
    return True, test_case_at(pathlib.Path(errors[0][0]), int(errors[0][1])) + ", at compile time"


def run(words, directory):
    return subprocess.run(
        words,
        cwd=directory,
        env={**os.environ, "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )


def controls(mutants):
    """Each test that is to kill, with all operations that it is to look at; those with most of them first."""
    wanted = {}
    for m in mutants:
        for test, operations in m.killers:
            wanted.setdefault(test, set()).update(operations or {None})
    by_effort = sorted(wanted.items(), key=lambda item: -len(item[1]))
    return [(test, [] if None in names else sorted(names)) for test, names in by_effort]


def passes(bench, include, test, operations):
    started = time.time()
    killed, by = bench.verdict(test, operations, include)
    if killed is None or killed:
        print(f"{test}: fails without any bug: {by}", flush=True)
        return False
    print(f"passes ({time.time() - started:.1f} s)  {test}", flush=True)
    return True


def is_killed(bench, include, mutant):
    started = time.time()
    with tempfile.TemporaryDirectory(dir=bench.scratch) as changed:
        header = pathlib.Path(changed, "tapeless", mutant.header)
        header.parent.mkdir(parents=True)
        header.write_text(mutant.planted_in((include / "tapeless" / mutant.header).read_text(encoding="utf-8")))
        for test, operations in mutant.killers:
            killed, by = bench.verdict(test, operations, changed)
            if killed is None:
                print(f"NO PROGRAM  {mutant.where}: {mutant.name}\n{by[:2000]}", flush=True)
                return False
            if killed:
                print(f"killed by {test}: {by} ({time.time() - started:.1f} s)  {mutant.name}", flush=True)
                return True
    print(f"SURVIVES {', '.join(test for test, _ in mutant.killers)}  {mutant.where}: {mutant.name}", flush=True)
    return False


def kill(include, database, scratch, libraries, only):
    started = time.time()
    mutants = [m for m in read_tables(include) if only in m.name]
    pathlib.Path(scratch).mkdir(parents=True, exist_ok=True)
    bench = Bench(database, scratch, libraries)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        if not all(list(pool.map(lambda c: passes(bench, include, *c), controls(mutants)))):
            return 1
        killed = sum(pool.map(lambda m: is_killed(bench, include, m), mutants))
    print(f"{time.time() - started:.0f} s\n{killed} of {len(mutants)} planted bugs killed")
    return killed != len(mutants)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["check", "kill"])
    parser.add_argument("include", type=pathlib.Path)
    parser.add_argument("database", nargs="?")
    parser.add_argument("scratch", nargs="?")
    parser.add_argument("libraries", nargs="*")
    parser.add_argument("--only", default="", metavar="TEXT")
    a = parser.parse_args()
    try:
        if a.what == "kill":
            sys.exit(kill(a.include, a.database, a.scratch, a.libraries, a.only))
        print(f"{len(read_tables(a.include))} bugs can be planted")
    except Mistake as mistake:
        sys.exit(str(mistake))


if __name__ == "__main__":
    main()
