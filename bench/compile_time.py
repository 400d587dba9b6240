# SPDX-License-Identifier: BSL-1.0
"""What a derivative costs the compiler: user seconds and peak memory over the bare include, for programs (programs.py)
of growing length, at -O2 and with the flags that the library's CMake target carries; the same, with the bytes of text,
for the training steps of examples/digits; and the seconds of each header."""

from __future__ import annotations

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
import programs
import toolchain

SIZES = [10, 30, 100, 300, 1000, 3000]  # nodes
LIMITS = {300: 1.5, 1000: 6.0, 3000: 25.0}  # seconds over the bare include, for a gradient
INCLUDE_LIMIT = 0.5  # seconds
TRAINING_LIMITS = 6.0, 200_000  # seconds over the include, bytes of text, for a network's training step
NOISE = 0.05  # seconds; shorter times tell nothing about growth
LONG, LONG_TENSOR = 300, 30  # nodes; from here on what a function costs whatever its length no longer hides the growth
PATIENCE = 20  # seconds; what took longer is not tried three times longer

Cost = "tuple[float, float]"  # seconds, megabytes
Series = "dict[int, tuple[float, float]]"  # by nodes


def compile_once(command: list[str], text: str, folder: str) -> tuple[float, float] | str:
    """User seconds and peak megabytes of a compiler and its children, or the first complaint."""
    path = pathlib.Path(folder) / "program.cpp"
    path.write_text(text)
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen([*command, "-O2", "-c", path, "-o", path.with_suffix(".o")], stderr=complaints)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode == 0:
            return usage.ru_utime, usage.ru_maxrss / 1024
        complaints.seek(0)
        errors = [line for line in complaints if "error" in line] or [f"exit code {process.returncode}\n"]
        return errors[0].strip()


def median_cost(command: list[str], text: str, repeat: int, folder: str) -> Cost:
    runs = [compile_once(command, text, folder)]
    while len(runs) < repeat and not isinstance(runs[0], str) and runs[0][0] < 3:
        runs.append(compile_once(command, text, folder))
    failed = [run for run in runs if isinstance(run, str)]
    if failed:
        raise RuntimeError(failed[0])
    seconds, megabytes = zip(*runs)
    return statistics.median(seconds), statistics.median(megabytes)


def long(what: str) -> int:
    return LONG_TENSOR if what.startswith("tensor") else LONG


def growth(series: Series, what: str) -> float | None:
    """The power of n that fits the long programs best (least squares of the logarithms)."""
    points = [(math.log(n), math.log(seconds)) for n, (seconds, _) in series.items()
              if n >= long(what) and seconds > NOISE]
    return statistics.linear_regression(*zip(*points))[0] if len(points) > 1 else None


def measure(compiler: str, options: argparse.Namespace) -> dict:
    """`include` and, by form and derivative, what is over it; and what failed."""
    command = toolchain.base_command(compiler, options)
    found: dict = {"programs": {}, "failed": []}
    with tempfile.TemporaryDirectory() as folder:
        found["empty"] = median_cost(command, "", options.repeat, folder)
        found["include"] = base, memory = median_cost(command, programs.HEADER, max(3, options.repeat), folder)
        for form in options.form:
            for derivative in options.derivative:
                series = found["programs"].setdefault(f"{form}, {derivative}", {})
                for nodes in options.size:
                    try:
                        text = programs.source(nodes, form, derivative)
                        seconds, megabytes = median_cost(command, text, options.repeat, folder)
                    except RuntimeError as error:
                        found["failed"].append(f"{form}, {derivative}, {nodes} nodes: {error}")
                        break
                    series[nodes] = seconds - base, megabytes - memory
                    if seconds > options.patience:
                        break
    return found


def headers(compiler: str, options: argparse.Namespace) -> dict[str, float]:
    """User seconds of including each header of a user's interest alone: those that the umbrella names."""
    command = toolchain.base_command(compiler, options)
    umbrella = (pathlib.Path(options.headers) / "tapeless/tapeless.hpp").read_text()
    names = [line.split("<")[1].rstrip(">") for line in umbrella.splitlines() if line.startswith("#include <tapeless/")]
    with tempfile.TemporaryDirectory() as folder:
        return {name: median_cost(command, f"#include <{name}>\n", options.repeat, folder)[0] for name in names}


def training(compiler: str, options: argparse.Namespace) -> dict[str, tuple[float, float, int]]:
    """Seconds and megabytes over the include of the example's header, and bytes of text, of its training steps."""
    command = toolchain.base_command(compiler, options)
    header = programs.NETWORKS_HEADER.format(examples=toolchain.HERE.parent / "examples")
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        base, memory = median_cost(command, header, max(3, options.repeat), folder)
        for network in programs.NETWORKS:
            text = header + programs.TRAINING.format(network=network)
            seconds, megabytes = median_cost(command, text, options.repeat, folder)
            size = subprocess.run(["size", f"{folder}/program.o"], capture_output=True, text=True, check=True).stdout
            found[network] = seconds - base, megabytes - memory, int(size.splitlines()[1].split()[0])
    return found


def curves(results: dict[str, dict], what: str) -> dict[str, list[tuple[float, float]]]:
    """What chart.log_log draws, of one kind of program, for each compiler."""
    drawn = {}
    for compiler, found in results.items():
        series = found["programs"].get(what, {})
        points = [(n, seconds) for n, (seconds, _) in series.items() if seconds > 0]
        if points:
            power = growth(series, what)
            drawn[compiler + (f", n^{power:.2f} from {long(what)} on" if power else "")] = points
    return drawn


def violations(compiler: str, found: dict) -> list[str]:
    limits = [(f"{nodes} nodes", seconds, LIMITS[nodes]) for what, series in found["programs"].items()
              if what == "statements, gradient" for nodes, (seconds, _) in series.items() if nodes in LIMITS]
    limits.append(("include", found["include"][0], INCLUDE_LIMIT))
    limits += [(f"digits, {network}", each[0], TRAINING_LIMITS[0]) for network, each in found["training"].items()]
    large = [f"{compiler}, digits, {network}: {each[2]} bytes of text, limit {TRAINING_LIMITS[1]}"
             for network, each in found["training"].items() if each[2] > TRAINING_LIMITS[1]]
    over = [f"{compiler}, {what}: {seconds:.2f} s, limit {limit} s"
            for what, seconds, limit in limits if seconds > limit]
    return over + large + [f"{compiler}, {each}" for each in found["failed"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    toolchain.add_options(parser)
    parser.add_argument("--size", action="append", type=int, metavar="N", help=f"nodes; repeat it for several; {SIZES}")
    parser.add_argument("--form", action="append", choices=programs.FORMS, help="how it is written; as statements")
    parser.add_argument("--derivative", action="append", choices=programs.DERIVATIVES, help="gradient")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="medians over so many runs; 3")
    parser.add_argument("--patience", type=float, default=PATIENCE, metavar="S",
                        help=f"seconds; after a longer one no longer program is tried; {PATIENCE}")
    parser.add_argument("--svg", type=pathlib.Path, metavar="FILE", help="where to draw the first kind of program")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a limit is exceeded")
    options = parser.parse_args()
    options.size = sorted(set(options.size or SIZES))
    options.form = options.form or ["statements"]
    options.derivative = options.derivative or ["gradient"]

    results = {toolchain.short_name(compiler): measure(compiler, options) | {"training": training(compiler, options)}
               for compiler in toolchain.compilers(options)}
    print(f"{'compiler':<14}{'program':<24}{'nodes':>8}{'seconds':>10}{'MB':>10}   over the include; user time, -O2")
    exceeded = []
    for compiler, found in results.items():
        print(f"{compiler:<14}{'include, in all':<32}{found['include'][0]:>10.2f}{found['include'][1]:>10.0f}")
        for what, series in found["programs"].items():
            for nodes, (seconds, megabytes) in series.items():
                print(f"{compiler:<14}{what:<24}{nodes:>8}{seconds:>10.2f}{megabytes:>10.0f}")
            power = growth(series, what)
            print(f"{compiler:<14}{what:<24}grows as n^{power:.2f}" if power else "")
        for network, (seconds, megabytes, size) in found["training"].items():
            print(f"{compiler:<14}{'digits, ' + network:<32}{seconds:>10.2f}{megabytes:>10.0f}   {size} bytes of text")
        exceeded += violations(compiler, found)
    if options.svg:
        what = f"{options.form[0]}, {options.derivative[0]}"
        limits = list(LIMITS.items()) if what == "statements, gradient" else []
        options.svg.write_text(chart.log_log(curves(results, what), limits, f"Chains ({what}): the compiler's time",
                                             "nodes", "user seconds over the bare include, -O2"))
    print(*exceeded, sep="\n", file=sys.stderr)
    sys.exit(1 if options.check and exceeded else 0)


if __name__ == "__main__":
    main()
