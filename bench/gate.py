# SPDX-License-Identifier: BSL-1.0
"""The gate: what is counted, and is the same on every machine, against the figures in figures.json.

    gate.py BUILD [BUILD...]            compares, for each build of the benches (one for each compiler)
    gate.py --update BUILD [BUILD...]   writes the figures anew

Instructions (callgrind, x86-64-v3): ours over the code by hand, kernel by kernel. A ratio of two counts of one build:
what the C library and the code around it contribute is on both sides. Declarations (clang): what a program makes the
compiler instantiate over the bare include. Steps (clang): of its longest constant evaluation. All depend on the
compiler's version; with another one than in the file the gate says so and skips that compiler.
"""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import instructions
import programs
import report
import toolchain

FIGURES = toolchain.HERE / "figures.json"
TOLERANCE = 0.02
PROGRAMS = [(300, "statements", "gradient"), (100, "formula", "gradient"), (30, "statements", "hessian"),
            (30, "tensor", "gradient")]
MOST_STEPS = 1 << 30

Figures = "dict[str, float]"  # by what is counted


class NotCounted(Exception):
    """Something that counting needs is not there."""


def ratios(program: pathlib.Path) -> Figures:
    if not instructions.available():
        raise NotCounted("valgrind is not there (Debian: valgrind)")
    counted = instructions.count(program, [])
    return {f"instructions, {kernel}, {variant} over hand": round(variants[variant] / variants["hand"], 4)
            for kernel, variants in sorted(counted.items()) for variant in ("lambda", "formula") if variant in variants}


def clang(command: list[str], text: str, steps: int, more: list[str]) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "program.cpp"
        path.write_text(text)
        return subprocess.run([*command, f"-fconstexpr-steps={steps}", "-fsyntax-only", *more, path],
                              capture_output=True, text=True)


def declarations(command: list[str], text: str) -> int:
    found = re.search(r"^\s+(\d+) decls total", clang(command, text, MOST_STEPS, ["-Xclang", "-print-stats"]).stderr,
                      re.MULTILINE)
    if not found:
        raise NotCounted(f"{command[0]} does not print how many declarations there are")
    return int(found[1])


def steps(command: list[str], text: str, guess: float) -> int:
    """The fewest steps that are enough, to a quarter of the tolerance; first looked for around a guess."""
    def enough(count: float) -> bool:
        return clang(command, text, int(count), []).returncode == 0
    low, high = 1 << 10, MOST_STEPS
    for bound in (guess * (1 - TOLERANCE / 4), guess * (1 + TOLERANCE / 4)) if guess else ():
        if enough(bound):
            high = min(high, int(bound))
        else:
            low = max(low, int(bound))
    while high / low > 1 + TOLERANCE / 2 and high - low > 1:
        middle = int((low * high) ** 0.5)
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def compiler_counts(compiler: str, known: Figures) -> Figures:
    options = type("Options", (), {"include": [], "headers": toolchain.HERE.parent / "include", "flags": None})()
    command = toolchain.base_command(compiler, options)
    include = declarations(command, programs.HEADER)
    found: Figures = {}
    for nodes, form, derivative in PROGRAMS:
        name, text = f"{form}, {nodes} nodes, {derivative}", programs.source(nodes, form, derivative)
        found[f"declarations, {name}"] = declarations(command, text) - include
        steps_name = f"steps, {name}"
        found[steps_name] = steps(command, text, known.get(steps_name, 0))
    return found


def differences(name: str, known: Figures, found: Figures) -> list[str]:
    def line(what: str) -> str | None:
        if what not in known:
            return f"{name}, {what}: {found[what]:g}, and no figure to compare it with"
        if what not in found:
            return f"{name}, {what}: the figure is {known[what]:g}, and nothing was counted"
        if abs(found[what] - known[what]) <= TOLERANCE * known[what]:
            return None
        return f"{name}, {what}: {found[what]:g}, the figure is {known[what]:g}"
    return [each for each in map(line, dict.fromkeys([*known, *found])) if each]


def main() -> int:
    update = sys.argv[1:2] == ["--update"]
    builds = [pathlib.Path(each) for each in sys.argv[1 + update:]]
    if not builds:
        sys.exit(__doc__)
    figures: dict = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    changed, skipped = [], []
    for build in builds:
        compiler = report.compiler_of(build)
        name, version = toolchain.short_name(compiler), report.first_line([compiler, "--version"])
        known = figures.get(name, {})
        if not update and known.get("version") != version:
            skipped.append(f"{name} is {version}, the figures are of {known.get('version', 'no version of it')}")
            continue
        try:
            found = ratios(build / "bench/gated")
            if toolchain.family(compiler) == "Clang":
                found |= compiler_counts(compiler, known.get("figures", {}))
        except NotCounted as reason:
            skipped.append(f"{name}: {reason}")
            continue
        changed += differences(name, known.get("figures", {}), found)
        if update:
            figures[name] = {"version": version, "figures": found}
    print(*changed, *(f"SKIPPED: {each}" for each in skipped), sep="\n")
    if update:
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n")
        return 0
    if changed:
        print(f"More than {TOLERANCE:.0%} away from {FIGURES.name}. If that is meant to be: cmake --workflow --preset "
              "gate-update, and say in the commit what changed.")
        return 1
    print(f"{len(builds) - len(skipped)} of {len(builds)} compilers compared, all figures within {TOLERANCE:.0%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
