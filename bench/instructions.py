# SPDX-License-Identifier: BSL-1.0
"""How many instructions one value with its gradient takes, the C library's included, next to the code by hand.

Counted by callgrind from the first instruction of the function to its return, averaged over varied inputs. Each variant
runs for N calls and for 2 N; the difference is free of what happens once.
"""

import argparse
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import toolchain

CALLS = 256  # two turns over the inputs


def build(compiler, options, folder):
    program = folder / "instructions"
    command = [*toolchain.base_command(compiler, options), "-O3", f"-march={options.arch}", "-fno-fast-math",
               toolchain.HERE / "instructions.cpp", "-o", program, "-lbenchmark", "-lpthread"]
    if subprocess.run(command).returncode != 0:
        sys.exit(f"{compiler}: bench/instructions.cpp does not compile")
    return program


def collected(program, kernel, variant, calls):
    """What callgrind counts inside the variant."""
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}",
               "--toggle-collect=*bench::*::call<kernels::*", program, kernel, variant, str(calls)]
    try:
        run = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        sys.exit(f"valgrind does not run: {error}")
    count = re.search(r"Collected\s*:\s*(\d+)", run.stderr)
    if run.returncode != 0 or not count or int(count[1]) == 0:
        sys.exit(f"callgrind counts nothing for {kernel} {variant}:\n{run.stderr}")
    return int(count[1])


def per_call(program, kernel, variant):
    return (collected(program, kernel, variant, 2 * CALLS) - collected(program, kernel, variant, CALLS)) / CALLS


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    toolchain.add_options(parser)
    parser.add_argument("--arch", default="x86-64-v3", help="as for -march; valgrind knows no AVX-512; x86-64-v3")
    parser.add_argument("--kernel", action="append", help="only this one; repeat it for several")
    options = parser.parse_args()

    print(f"{'compiler':<14}{'kernel':<16}{'primal':>9}{'hand':>9}{'by value':>10}{'into':>9}"
          f"{'formula':>9}{'by value/hand':>15}{'into/hand':>11}{'formula/hand':>14}")
    with tempfile.TemporaryDirectory() as folder:
        for compiler in toolchain.compilers(options):
            program = build(compiler, options, pathlib.Path(folder))
            listing = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
            for kernel in dict.fromkeys(listing[::2]):
                if options.kernel and kernel not in options.kernel:
                    continue
                variants = ("primal", "hand", "by_value", "into", "formula")
                have = list(zip(listing[::2], listing[1::2]))
                primal, hand, by_value, into, formula = (
                    per_call(program, kernel, variant) if (kernel, variant) in have else math.nan for variant in variants)
                print(f"{toolchain.short_name(compiler):<14}{kernel:<16}{primal:>9.1f}{hand:>9.1f}"
                      f"{by_value:>10.1f}{into:>9.1f}{formula:>9.1f}{by_value / hand:>15.3f}{into / hand:>11.3f}"
                      f"{formula / hand:>14.3f}", flush=True)


if __name__ == "__main__":
    main()
