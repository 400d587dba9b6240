# SPDX-License-Identifier: BSL-1.0
"""How many instructions the variants of each kernel take, the C library's included, next to the code by hand.

Counted by callgrind from the first instruction of a variant to its return, over varied inputs, after each input has
been seen once: nothing that happens once is in it. instructions.py PROGRAM [kernel...]
"""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def available() -> bool:
    return shutil.which("valgrind") is not None


def count(program: pathlib.Path, kernels: list[str]) -> dict[str, dict[str, float]]:
    """Instructions of one call, by kernel and variant. The program knows no AVX-512, as callgrind does not."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/counted", "--collect-atstart=no",
                   "--toggle-collect=*bench::*::call<kernels::*", program, "--count", *kernels]
        run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LD_BIND_NOW": "1"})
        if run.returncode != 0:
            sys.exit(f"{program} does not run under callgrind:\n{run.stderr}")
        counts: dict[str, dict[str, float]] = {}
        for path in pathlib.Path(folder).glob("counted.*"):
            text = path.read_text()
            name = re.search(r"Client Request: ([^\t\n]+)\t(.+)\t(\d+)", text)
            total = re.search(r"^(?:totals|summary): (\d+)", text, re.MULTILINE)
            if name and total:
                counts.setdefault(name[1], {})[name[2]] = int(total[1]) / int(name[3])
    if not counts or any(each == 0 for variants in counts.values() for each in variants.values()):
        sys.exit(f"callgrind counts nothing in {program}:\n{run.stderr}")
    return counts


def main() -> None:
    counts = count(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:])
    print(f"{'kernel':<28}{'variant':<24}{'instructions':>14}{'x hand':>9}")
    for kernel, variants in sorted(counts.items()):
        for variant, instructions in variants.items():
            print(f"{kernel:<28}{variant:<24}{instructions:>14.1f}{instructions / variants['hand']:>9.3f}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
