# SPDX-License-Identifier: BSL-1.0
"""Runs the benches that CMake has built, a folder for each compiler, and writes report.json, report.md and charts."""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import compile_time
import instructions
import programs
import render
import toolchain


def compiler_of(folder: pathlib.Path) -> str:
    cache = (folder / "CMakeCache.txt").read_text()
    found = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.+)$", cache, re.MULTILINE)
    if not found:
        sys.exit(f"{folder} is not a build of CMake's")
    return found[1]


def first_line(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]


def times(program: pathlib.Path, rounds: int) -> dict[str, dict[str, dict[str, float]]]:
    """What the program prints, by kernel and variant."""
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # as all of ours
    run = subprocess.run([program, f"--rounds={rounds}"], stdout=subprocess.PIPE, text=True, env=one_thread)
    if run.returncode != 0:
        sys.exit(f"{program}: the variants do not agree, or one takes memory")
    found: dict[str, dict[str, dict[str, float]]] = {}
    for line in run.stdout.splitlines()[1:]:
        kernel, variant, ns, ratio, low, high, allocations, error, *of_network = line.split("\t")
        found.setdefault(kernel, {})[variant] = one = {
            "ns": float(ns), "ratio": float(ratio), "quartiles": [float(low), float(high)],
            "allocations": int(allocations), "error": float(error)}
        if of_network:
            one |= dict(zip(("gflops", "of the peak", "over double"), map(float, of_network)))
    return found


def split_networks(one: dict) -> None:
    """They have a table of their own, with what is counted beside what is timed."""
    one["networks"] = {}
    for kernel in [kernel for kernel, variants in one["times"].items() if "of the peak" in variants["hand"]]:
        one["networks"][kernel] = one["times"].pop(kernel)
        for variant, count in one.get("instructions", {}).pop(kernel, {}).items():
            one["networks"][kernel][variant]["instructions"] = count


def code_sizes(program: pathlib.Path) -> dict[str, dict[str, int]]:
    """Bytes of machine code of each variant's function, with what stands beside it: large programs are functions of
    their own, and compilers put aside what is cold."""
    listing = subprocess.run(["nm", "-S", "-C", program], capture_output=True, text=True, check=True).stdout
    sizes: dict[str, dict[str, int]] = {}
    for line in listing.splitlines():
        found = re.match(r"\w+ (\w+) [tTwW] .*bench::(hand|lambda|formula)::call<kernels::(\w+)>\(", line)
        beside = re.match(r"\w+ (\w+) [tTwW] ().*run_as_function<.*?kernels::(\w+)::", line)
        if symbol := found or beside:
            kernel = sizes.setdefault(symbol[3], {})
            variant = symbol[2] or "lambda"
            kernel[variant] = kernel.get(variant, 0) + int(symbol[1], 16)
    return sizes


def machine() -> dict[str, str]:
    models = re.findall(r"^model name\s*: (.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {"processor": models[0] if models else platform.processor(), "cores": str(os.cpu_count()),
            "system": f"{platform.system()} {platform.release()}", "libc": " ".join(platform.libc_ver())}


def compile_options(quick: bool) -> argparse.Namespace:
    options = argparse.Namespace(include=[], headers=toolchain.HERE.parent / "include", flags=None)
    options.repeat = 1 if quick else 3
    options.size = [10, 100, 300] if quick else compile_time.SIZES
    options.patience = 4 if quick else compile_time.PATIENCE
    options.form = ["statements", "tensor"] if quick else ["statements", "formula", "tensor"]
    options.derivative = ["gradient"] if quick else list(programs.DERIVATIVES)
    return options


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=pathlib.Path, help="builds of the benches, one for each compiler")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="where the report goes")
    parser.add_argument("--arch", default="x86-64-v3", help="what the timed programs are built for")
    parser.add_argument("--single", default="", help="programs of their own beside them; separated by semicolons")
    parser.add_argument("--absent", default="", help="libraries that are not installed")
    parser.add_argument("--quick", action="store_true", help="less than three minutes")
    options = parser.parse_args()
    rounds, started = (31 if options.quick else 201), time.time()

    report: dict = {"machine": machine(), "arch": options.arch, "rounds": rounds, "quick": options.quick,
                    "counted": instructions.available(), "compilers": {}, "date": time.strftime("%Y-%m-%d"),
                    "absent": [each for each in options.absent.split(";") if each]}
    options.out.mkdir(parents=True, exist_ok=True)

    def write() -> None:
        report["seconds"] = round(time.time() - started)
        (options.out / "report.json").write_text(json.dumps(report, indent=1) + "\n")
        render.write(json.loads((options.out / "report.json").read_text()), options.out)

    builds = {toolchain.short_name(compiler_of(folder)): (compiler_of(folder), folder / "bench")
              for folder in options.folders}
    for name, (command, built) in builds.items():
        print(f"{name}: times", flush=True)
        one: dict = {"version": first_line([command, "--version"]), "times": times(built / "timed", rounds)}
        if instructions.available():
            print(f"{name}: instructions", flush=True)
            one["instructions"] = instructions.count(built / "counted", [])
        split_networks(one)
        one["code size"] = code_sizes(built / "counted")
        report["compilers"][name] = one
        write()
    for name, (command, built) in builds.items():  # what takes longest comes last
        one = report["compilers"][name]
        for single in filter(None, [] if options.quick else options.single.split(";")):
            print(f"{name}: {single}", flush=True)
            run = subprocess.run([built / single], stdout=subprocess.PIPE, text=True, check=True)
            one.setdefault("single", {})[single] = run.stdout
        print(f"{name}: the compiler's own time", flush=True)
        one["compile time"] = compile_time.measure(command, compile_options(options.quick))
        one["training"] = compile_time.training(command, compile_options(options.quick))
        if not options.quick:
            one["headers"] = compile_time.headers(command, compile_options(options.quick))
        write()
    print(f"{options.out / 'report.md'}: {report['seconds']} s of running")


if __name__ == "__main__":
    main()
