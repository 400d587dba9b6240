# SPDX-License-Identifier: BSL-1.0
"""What the scripts beside this one share: which compilers, and the flags that the library's CMake target carries."""

import pathlib
import re
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
STANDARD = "-std=c++20"


def add_options(parser):
    parser.add_argument("--compiler", action="append", metavar="NAME", help="repeat it for several; g++ and clang++-19")
    parser.add_argument("--include", action="append", default=[], metavar="DIR", help="searched before our headers")
    parser.add_argument("--headers", default=HERE.parent / "include", metavar="DIR", help="our headers; ../include")
    parser.add_argument("--flags", metavar="TEXT", help="instead of the flags that the CMake target carries")


def compilers(options):
    return options.compiler or ["g++", "clang++-19"]


def short_name(compiler):
    return pathlib.Path(shlex.split(compiler)[0]).name


def family(compiler):
    """GNU or Clang, as CMake calls them."""
    try:
        command = [*shlex.split(compiler), "--version"]
        version = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"{compiler} does not run: {error}")
    return "Clang" if "clang" in version.lower() else "GNU"


def target_flags(compiler_family):
    """What `target_compile_options(tapeless INTERFACE ...)` says for a family of compilers."""
    text = re.sub(r"#[^\n]*", "", (HERE.parent / "CMakeLists.txt").read_text())
    flags = []
    for options in re.findall(r"target_compile_options\(\s*tapeless\s+INTERFACE\s([^)]*)\)", text):
        guarded = r"\$<\$<(?:COMPILE_LANG_AND_ID:CXX,|CXX_COMPILER_ID:)([\w,]+)>:([^>]*)>"
        for families, values in re.findall(guarded, options):
            if compiler_family in families.split(","):
                flags += [flag for flag in re.split(r"[;\s]+", values.strip(' "')) if flag]
    return flags


def base_command(compiler, options):
    """The compiler with all that does not depend on the measurement."""
    flags = target_flags(family(compiler)) if options.flags is None else shlex.split(options.flags)
    folders = [f"-I{folder}" for folder in [*options.include, options.headers]]
    return [*shlex.split(compiler), STANDARD, *flags, *folders]
