# SPDX-License-Identifier: BSL-1.0
"""What a derivative costs the compiler: seconds and memory over the bare include, for programs of growing length.

The program is a chain of n statements `h = sin(h) * h + x[k % 4]` over four inputs, with value and gradient, at -O2 and
with the flags that the library's CMake target carries.
"""

import argparse
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import chart
import toolchain

SIZES = [10, 30, 100, 300, 1000]
LIMITS = {100: 1.5, 300: 5.0, 1000: 25.0}  # seconds over the bare include
INCLUDE_LIMIT = 0.5  # seconds
NOISE = 0.05  # seconds; shorter times tell nothing about growth
LONG = 100  # from here on what a function costs whatever its length no longer hides the growth

EMPTY, INCLUDE = "empty file", "include"
HEADER = "#include <tapeless/tapeless.hpp>\n"
FUNCTION = """
constexpr auto chain = [](auto const& x) {{
  using std::sin;
  auto h = x[0];
{body}
  return h;
}};

double value_and_gradient(std::array<double, 4> const& x, std::array<double, 4>& g) {{
  auto const [value, gradient] = tapeless::value_and_gradient(chain)(x);
  g = gradient;
  return value;
}}
"""
FORMULA = """
constexpr tapeless::variable<"x"> x;
constexpr tapeless::variable<"y"> y;
constexpr tapeless::variable<"z"> z;
constexpr tapeless::variable<"t"> t;
constexpr auto h0 = x;
{levels}
double value_and_gradient(double a, double b, double c, double d, double* g) {{
  auto const r = tapeless::value_and_gradient(h{last})(x = a, y = b, z = c, t = d);
  g[0] = r.gradient[x], g[1] = r.gradient[y], g[2] = r.gradient[z], g[3] = r.gradient[t];
  return r.value;
}}
"""


def source(what, form):
    """The text to compile: nothing, the include alone, or a chain."""
    if what == EMPTY:
        return ""
    if what == INCLUDE:
        return HEADER
    if form == "formula":
        levels = "\n".join(f"constexpr auto h{k + 1} = sin(h{k}) * h{k} + {'xyzt'[k % 4]};" for k in range(what))
        return HEADER + FORMULA.format(levels=levels, last=what)
    if form == "loop":
        body = f"  for (int k = 0; k < {what}; ++k) h = sin(h) * h + x[static_cast<unsigned>(k % 4)];"
    else:
        body = "\n".join(f"  h = sin(h) * h + x[{k % 4}];" for k in range(what))
    return "#include <array>\n#include <cmath>\n" + HEADER + FUNCTION.format(body=body)


def compile_once(command, path):
    """User seconds and peak megabytes of a compiler and its children; None and the first complaint where it fails."""
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen([*command, "-O2", "-c", path, "-o", os.devnull], stderr=complaints)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode == 0:
            return usage.ru_utime, usage.ru_maxrss / 1024
        complaints.seek(0)
        errors = [line for line in complaints if "error" in line] or [f"exit code {process.returncode}\n"]
        return None, errors[0].strip()


def measure(compiler, options, folder):
    """Median seconds and megabytes by what was compiled; what failed is missing, and said."""
    command = toolchain.base_command(compiler, options)
    samples = {what: [] for what in [EMPTY, INCLUDE, *options.size]}
    for _ in range(options.repeat):
        for what, runs in list(samples.items()):
            path = pathlib.Path(folder) / "program.cpp"
            path.write_text(source(what, options.form))
            seconds, megabytes = compile_once(command, path)
            if seconds is None:
                print(f"{compiler}, {what}: {megabytes}", file=sys.stderr)
                del samples[what]
            else:
                runs.append((seconds, megabytes))
    return {what: tuple(map(statistics.median, zip(*runs))) for what, runs in samples.items()}


def growth(points):
    """The power of n that fits the points best (least squares of the logarithms), as text."""
    points = [(math.log(n), math.log(t)) for n, t in points if t > NOISE]
    if len(points) < 2:
        return "n^?"
    slope, _ = statistics.linear_regression(*zip(*points))
    return f"n^{slope:.2f}"


def tail(over):
    return [(n, t) for n, t in over.items() if n >= LONG]


def report(compiler, results, options):
    """Prints one compiler's rows; gives the seconds over the include by size, and what is over its limit."""
    over, violations = {}, []

    def row(what, seconds, megabytes, more, limit):
        if limit is not None and not seconds <= limit:
            violations.append(f"{compiler}, {what}: {seconds:.2f} s, limit {limit} s")
        print(f"{compiler:<14}{what:>12}{seconds:>10.2f}{megabytes:>10.0f}{more}"
              + ("" if limit is None else f"{limit:>9.2f}"))

    missing = [what for what in [EMPTY, INCLUDE, *options.size] if what not in results]
    violations += [f"{compiler}, {what}: does not compile" for what in missing]
    if EMPTY in missing or INCLUDE in missing:
        return over, violations
    row(EMPTY, *results[EMPTY], " " * 20, None)
    row(INCLUDE, *results[INCLUDE], " " * 20, INCLUDE_LIMIT)
    base, memory = results[INCLUDE]
    for n in options.size:
        if n in results:
            seconds, megabytes = results[n]
            over[n] = seconds - base
            row(n, over[n], megabytes - memory, f"{seconds:>10.2f}{megabytes:>10.0f}", LIMITS.get(n))
    print(f"{compiler:<14}grows as {growth(over.items())}, from {LONG} on as {growth(tail(over))}\n", flush=True)
    return over, violations


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    toolchain.add_options(parser)
    parser.add_argument("--size", action="append", type=int, metavar="N",
                        help="statements; repeat it for several; 10 30 100 300 1000")
    parser.add_argument("--form", choices=["statements", "loop", "formula"], default="statements",
                        help="the chain written out, as a loop, or as a formula of four variables")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="medians over so many runs; 3")
    parser.add_argument("--svg", type=pathlib.Path, metavar="FILE", help="where to draw the curves")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a limit is exceeded")
    options = parser.parse_args()
    options.size = sorted(set(options.size or SIZES))
    if options.repeat < 1 or options.size[0] < 1:
        parser.error("--repeat and --size take positive numbers")

    print("chains: seconds and megabytes over the bare include, then in all; user time, -O2")
    print(f"{'compiler':<14}{'statements':>12}{'seconds':>10}{'MB':>10}{'in all s':>10}{'MB':>10}{'limit':>9}")
    curves, violations = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for compiler in toolchain.compilers(options):
            name = toolchain.short_name(compiler)
            over, failed = report(name, measure(compiler, options, folder), options)
            violations += failed
            points = [(n, t) for n, t in over.items() if t > 0]
            if points:
                curves[f"{name}, {growth(tail(over))} from {LONG} on"] = points
    if options.svg and curves:
        options.svg.write_text(chart.log_log(
            curves, list(LIMITS.items()), title="Value and gradient of a chain: the compiler's time",
            x="statements of three operations each", y="user seconds over the bare include, -O2"))
    for violation in violations:
        print(violation, file=sys.stderr)
    sys.exit(1 if options.check and violations else 0)


if __name__ == "__main__":
    main()
