# SPDX-License-Identifier: BSL-1.0
"""test.py OBJDUMP OBJECT: reads the machine code of functions.cpp. A gradient of ours calls nothing, keeps
nothing on the stack, and takes no more instructions than the one by hand."""

from __future__ import annotations

import re
import subprocess
import sys

OURS, BY_HAND = "_ours", "_by_hand"
STACK = re.compile(r"%[er]?sp\b|\bpush|\bpop")
CALL = re.compile(r"^call|^jmp\s+\S+ <(?!\w+(_ours|_by_hand)[+>])")
PADDING = re.compile(r"^(nop|data16|cs nop|xchg\s+%ax,%ax|endbr)")


def functions(listing: str) -> dict[str, list[str]]:
    """Instructions by function; what follows the last return is padding."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in listing.splitlines():
        if head := re.match(r"^[0-9a-f]+ <(\w+)>:", line):
            current = found.setdefault(head[1], [])
        elif instruction := re.match(r"^\s+[0-9a-f]+:\s+(.+?)\s*$", line):
            if not PADDING.match(instruction[1]):
                current.append(instruction[1])
    return found


def complaints(found: dict[str, list[str]]) -> list[str]:
    names = [name.removesuffix(OURS) for name in found if name.endswith(OURS)]
    if not names:
        return ["no gradient is in the object file"]
    wrong = []
    for name in names:
        ours, by_hand = found[name + OURS], found.get(name + BY_HAND, [])
        wrong += [f"{name}: calls: {each}" for each in ours if CALL.match(each)]
        wrong += [f"{name}: uses the stack: {each}" for each in ours if STACK.search(each)]
        if len(ours) > len(by_hand):
            wrong.append(f"{name}: {len(ours)} instructions, by hand {len(by_hand)}")
            wrong += [f"  {a:<50}{b}" for a, b in zip(ours, [*by_hand, *[""] * len(ours)])]
    return wrong


if __name__ == "__main__":
    command = [sys.argv[1], "-d", "--no-show-raw-insn", sys.argv[2]]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    code = functions(run.stdout)
    wrong = complaints(code)
    for name, instructions in code.items():
        print(f"{name}: {len(instructions)} instructions")
    print("\n".join(wrong))
    sys.exit(bool(wrong))
