# SPDX-License-Identifier: BSL-1.0
"""Makes the page about the operations, and tests, from what the op table says.

page.py write rows headers ulp intro page     writes the page
page.py compare rows headers ulp intro page   fails if the page is not what would be written
page.py source rows headers file.cpp          writes a test: each printed text, compiled, is what it was printed from

rows: what tests/table/main.cpp prints; headers: the folder of the rows; ulp: the errors that the sweep measured; intro:
what comes before the tables.
"""

import math
import pathlib
import re
import sys

UPDATE = "cmake --build build/test --target update_op_page"
MEASURE = "cmake --preset sweep && cmake --build build/sweep --target update_ulp"

# Numbers on the page that have a name.
CONSTANTS = {
    repr(2 / math.sqrt(math.pi)): "2/sqrt(pi)",
    repr(1 / math.sqrt(2 * math.pi)): "1/sqrt(2 pi)",
    repr(math.sqrt(0.5)): "sqrt(1/2)",
    repr(math.log(2)): "log(2)",
    repr(math.log(10)): "log(10)",
    repr(math.log2(math.e)): "log2(e)",
    repr(math.log10(math.e)): "log10(e)",
}


def named_arguments(headers):
    """The names that each struct's value gives its arguments."""
    names = {}
    for header in sorted(pathlib.Path(headers).glob("*.hpp")):
        for struct in re.split(r"^struct (?=\w+ *:)", header.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            value = re.search(r"\bvalue\(([^)]*)\)", struct)
            if value:
                names[struct.split()[0]] = [parameter.split()[-1] for parameter in value[1].split(", ")]
    return names


def read_rows(path, headers):
    """Operations in the order of the table: for each its facts, a list of texts by key."""
    rows = {}
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        name, key, text = line.split("\t")
        rows.setdefault(name, {}).setdefault(key, []).append(text)
    for name, row in rows.items():
        row["parameters"] = row["parameters"][0].split(", ")
        new = dict(zip(row["parameters"], named_arguments(headers).get(name, row["parameters"])))
        for key in row.keys() - {"family", "note"}:
            row[key] = [re.sub(r"\b[a-z]\b(?!\()", lambda m: new.get(m[0], m[0]), text) for text in row[key]]
    return rows


# ---- the test ----------------------------------------------------------------------------------------------------------


def source(rows):
    yield "// Written by page.py.\n#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n#include \"table/printed.hpp\"\n"
    for name, row in rows.items():
        parameters = ", ".join(f"auto {p}" for p in row["parameters"])
        number = next((p for p in row["parameters"] if p != "n" and "predicate" not in row), None)

        def assertion(function, index, text):
            # A constant alone is a number like the arguments, too.
            text = f"decltype({row['parameters'][index]})({text})" if function == "partial" else text
            text = f"decltype({number})({text})" if function in ("formula", "kink") else text
            arguments = f"tl::op::{name}, {index}" if function == "partial" else f"tl::op::{name}"
            return f"static_assert(table::is_{function}<{arguments}>([]({parameters}) {{ return {text}; }}));"

        for key, (text, *_) in row.items():
            function, _, index = key.partition(" ")
            if function in ("call", "formula", "kink", "partial"):
                yield assertion(function, int(index or 0), text)


# ---- the page ----------------------------------------------------------------------------------------------------------


def code(text):
    for digits, name in CONSTANTS.items():
        text = text.replace(digits, name)
    return "`" + text.replace("|", "\\|") + "`"


def derivative(row):
    partials = {int(key.split()[1]): text for key, (text, *_) in row.items() if key.startswith("partial")}
    if not partials:
        return "none: a condition"
    if len(row["parameters"]) == 1:
        return code(partials[0])
    return "<br>".join(f"d{row['parameters'][i]}: {code(text)}" for i, text in partials.items())


def domain(row):
    (text,) = row["domain"]
    return text if text == "all" else code(text)


def special(row):
    parts = [f"kink where {code(text + ' = 0')}" for text in row.get("kink", [])]
    parts += [f"at {code(text.split(': ')[0])}: {text.split(': ')[1]}" for text in row.get("convention", [])]
    return "<br>".join(parts + row.get("note", []))


def rounded_up(ulp):
    return "exact" if ulp == 0 else f"{math.ceil(ulp * 1000 - 1e-6) / 1000:.3g}"


def accuracy(name, row, ulp):
    if "predicate" in row:
        return ""
    worst = [ulp[name, kind] for kind in ("float", "double", "long double")]
    return "exact" if not any(worst) else ", ".join(map(rounded_up, worst))


def read_ulp(path):
    """The largest error measured, by operation and type; a million points each, as the page says."""
    ulp = {}
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()[1:]:
        name, kind, worst, points = line.split("\t")
        if int(points) < 1000000:
            sys.exit(f"{path}: {name}, {kind}: only {points} points. Measure again: {MEASURE}")
        ulp[name, kind] = float(worst)
    return ulp


def page(rows, ulp, intro):
    yield intro.rstrip()
    family = None
    for name, row in rows.items():
        if row["family"][0] != family:
            (family,) = row["family"]
            yield f"\n## {family}\n"
            yield "| operation | formula | derivative | domain | at kinks and edges | ulp |"
            yield "|---|---|---|---|---|---|"
        formula = code(row["formula"][0]) if "formula" in row else ""
        cells = code(row["call"][0]), formula, derivative(row), domain(row), special(row), accuracy(name, row, ulp)
        yield "| " + " | ".join(cells) + " |"


def main(command, rows, headers, *files):
    rows = read_rows(rows, headers)
    if command == "source":
        text = "\n".join(source(rows)) + "\n"
    else:
        ulp, intro = files[:2]
        text = "\n".join(page(rows, read_ulp(ulp), pathlib.Path(intro).read_text(encoding="utf-8"))) + "\n"
    target = pathlib.Path(files[-1])
    if command == "compare":
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            sys.exit(f"{target} is not what the op table says. Update it: {UPDATE}")
    else:
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
