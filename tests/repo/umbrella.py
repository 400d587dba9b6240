# SPDX-License-Identifier: BSL-1.0
"""umbrella.py root: tapeless.hpp includes every header, itself or through another, except what only those include who
have the other library that it is for: such a header asks `#if __has_include`."""

import sys

import layers

UMBRELLA = "tapeless/tapeless.hpp"


def complaints(headers):
    if UMBRELLA not in headers:
        return [f"{UMBRELLA} is not there"]
    reached, waiting = set(), [UMBRELLA]
    while waiting:
        path = waiting.pop()
        if path in headers and path not in reached:
            reached.add(path)
            waiting += [included for _, included in layers.includes(path, headers[path])]
    optional = {path for path, text in headers.items() if "#if __has_include(" in text}
    return [f"{path}: not included by {UMBRELLA}" for path in sorted(headers.keys() - reached - optional)] + [
        f"{path}: is included by {UMBRELLA}, but needs another library" for path in sorted(optional & reached)
    ]


if __name__ == "__main__":
    found = complaints(layers.read_headers(sys.argv[1]))
    print("\n".join(found))
    sys.exit(bool(found))
