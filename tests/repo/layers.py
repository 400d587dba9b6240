# SPDX-License-Identifier: BSL-1.0
"""layers.py root: each header includes only its own layer and what stands left of it."""

import pathlib
import re
import sys

ORDER = "config math array op graph tensor dual trace transform run lanes kernel derive batch print check formula".split()


def layer_of(path):
    """The layer of `tapeless/...`: its folder, or its name where it stands in no folder; None if that is no layer."""
    parts = pathlib.PurePosixPath(path).parts[1:]
    name = parts[0].removesuffix(".hpp")
    return name if name in ORDER else None


def includes(path, text):
    """The headers of ours that a header includes, as `tapeless/...`, with their line numbers."""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*(<tapeless/([^>]+)>|"([^"]+)")', line)
        if found and found[2]:
            yield number, "tapeless/" + found[2]
        elif found:
            quoted = found[3]
            yield number, quoted if quoted.startswith("tapeless/") else f"{pathlib.PurePosixPath(path).parent}/{quoted}"


def complaints(headers):
    """`headers`: text by path, a path being `tapeless/...`."""
    for path, text in sorted(headers.items()):
        if path == "tapeless/tapeless.hpp":
            continue
        own = layer_of(path)
        if own is None:
            yield f"{path}: belongs to no layer; the order is {' < '.join(ORDER)}"
            continue
        for number, included in includes(path, text):
            if included not in headers:
                yield f"{path}:{number}: includes {included}, which is not there"
            elif included == "tapeless/tapeless.hpp":
                yield f"{path}:{number}: includes the umbrella"
            elif ORDER.index(layer_of(included) or ORDER[-1]) > ORDER.index(own):
                yield f"{path}:{number}: {own} includes {included}, which stands right of it in {' < '.join(ORDER)}"


def read_headers(root):
    include = pathlib.Path(root) / "include"
    return {p.relative_to(include).as_posix(): p.read_text(encoding="utf-8") for p in include.rglob("*.hpp")}


if __name__ == "__main__":
    found = list(complaints(read_headers(sys.argv[1])))
    print("\n".join(found))
    sys.exit(bool(found))
