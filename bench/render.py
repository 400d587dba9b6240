# SPDX-License-Identifier: BSL-1.0
"""report.json as report.md with charts: render.py report.json"""

from __future__ import annotations

import json
import pathlib
import statistics
import sys

sys.dont_write_bytecode = True
import chart
import compile_time

OURS = ["lambda", "formula", "dual"]
METHOD = """Every variant of a kernel is a function of its own, called on 128 varied inputs in turn, and first checked
on them against the code by hand. Times: all variants run once in each of {rounds} rounds, in shuffled order, for about
half a millisecond each, `-O3 -march={arch}`; a ratio compares two times of one round, and the median over the rounds
is given. {instructions} Allocations are all calls of malloc and its kin in one call, after the first. Networks and
mixtures have inputs of their own; their GFLOP/s are those of the products of matrices and triangles alone, and the peak
is that of independent fused products in registers, measured in the same rounds."""
COUNTED = """Instructions: callgrind over the same calls of programs for x86-64-v3, the C library's included."""
NOT_COUNTED = """Valgrind is not there: instructions are not counted."""


def geometric_mean(values: list[float]) -> float:
    return statistics.geometric_mean(values) if values else float("nan")


def columns(table: dict[str, dict]) -> list[str]:
    """Ours first, then the other libraries."""
    found = {variant for variants in table.values() for variant in variants}
    others = sorted(found - {"primal", "hand", *OURS})
    return [each for each in ["primal", *OURS] if each in found] + others


def ratios(one: dict, what: str) -> dict[str, dict[str, float]]:
    """Over the code by hand, by kernel and variant; of `times` or `instructions`."""
    if what == "times":
        return {kernel: {v: each["ratio"] for v, each in variants.items()} for kernel, variants in one[what].items()}
    return {kernel: {v: count / variants["hand"] for v, count in variants.items()}
            for kernel, variants in one[what].items()}


def markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}" if value < 10 else f"{value:.0f}"


def ratio_table(table: dict[str, dict[str, float]], unit: dict[str, float], name: str) -> str:
    head = columns(table)
    rows = [[kernel, f"{unit[kernel]:.0f}", *(figure(row.get(column)) for column in head)]
            for kernel, row in sorted(table.items())]
    means = [geometric_mean([row[column] for row in table.values() if column in row]) for column in head]
    return markdown(["kernel", name, *head], [*rows, ["geometric mean", "", *map(figure, means)]])


def spread_table(one: dict) -> str:
    """Ours with the quartiles of the ratios, and who takes memory."""
    rows = []
    for kernel, variants in sorted(one["times"].items()):
        ours = variants["lambda"]
        low, high = ours["quartiles"]
        hand_low, hand_high = variants["hand"]["quartiles"]
        takers = [f"{v}: {each['allocations']}" for v, each in variants.items() if each["allocations"]]
        rows.append([kernel, f"{ours['ns']:.1f}", f"{low:.3f} .. {high:.3f}", f"{hand_low:.3f} .. {hand_high:.3f}",
                     f"{max(v['error'] for v in variants.values()):.0e}", ", ".join(takers) or "none"])
    return markdown(["kernel", "ours, ns", "ratio, quartiles", "the code by hand over itself", "largest error",
                     "allocations in a call"], rows)


def network_table(one: dict) -> str:
    head = ["network", "variant", "us", "over hand", "quartiles", "instructions over hand", "allocations",
            "largest difference", "GFLOP/s", "of the peak", "x as fast as in double"]
    rows = []
    for network, variants in one["networks"].items():
        for variant, each in variants.items():
            low, high = each["quartiles"]
            counted = each["instructions"] / variants["hand"]["instructions"] if "instructions" in each else None
            faster = figure(each["over double"]) if "float" in network else ""
            rows.append([network, variant, f"{each['ns'] / 1000:.3g}", figure(each["ratio"]),
                         f"{low:.3f} .. {high:.3f}", figure(counted), str(each["allocations"]), f"{each['error']:.0e}",
                         f"{each['gflops']:.1f}", f"{each['of the peak']:.0%}", faster])
    return markdown(head, rows)


def size_table(one: dict) -> str:
    rows = [[kernel, str(sizes["hand"]), str(sizes["lambda"]), figure(sizes["lambda"] / sizes["hand"])]
            for kernel, sizes in sorted(one["code size"].items()) if {"hand", "lambda"} <= sizes.keys()]
    return markdown(["kernel", "by hand", "ours", "ratio"], rows)


def compile_table(one: dict) -> str:
    found = one["compile time"]
    sizes = sorted({nodes for series in found["programs"].values() for nodes in series}, key=int)
    rows = []
    for what, series in found["programs"].items():
        cells = [f"{series[n][0]:.2f} s, {series[n][1]:.0f} MB" if n in series else "" for n in sizes]
        power = compile_time.growth({int(n): cost for n, cost in series.items()}, what)
        rows.append([what, *cells, f"n^{power:.2f}" if power else ""])
    note = (f"Over the bare include, which takes {found['include'][0]:.2f} s and {found['include'][1]:.0f} MB. The "
            f"growth is fitted from {compile_time.LONG} nodes on, of layers of 64 units from "
            f"{compile_time.LONG_TENSOR} on; their second derivative is a Hessian times a vector.\n\n")
    return note + markdown(["program", *(f"{n} nodes" for n in sizes), "grows as"], rows)


def charts(report: dict, folder: pathlib.Path) -> dict[str, str]:
    """File names by what is drawn."""
    drawn = {}
    for name, one in report["compilers"].items():
        for what in ("instructions", "times"):
            if what not in one:
                continue
            head = [column for column in columns(one["times"]) if column not in ("primal", "dual")]
            rows = {kernel: {c: row[c] for c in head if c in row} for kernel, row in sorted(ratios(one, what).items())}
            drawn[f"{what} {name}"] = f"{what}.{name}.svg"
            (folder / drawn[f"{what} {name}"]).write_text(chart.bars(
                rows, f"{what.capitalize()} of derivatives over the code by hand, {name}", "over the code by hand"))
    compiled = {name: one["compile time"]["programs"]
                for name, one in report["compilers"].items() if "compile time" in one}
    for what in dict.fromkeys(what for kinds in compiled.values() for what in kinds):
        results = {}
        for name, kinds in compiled.items():
            series = kinds.get(what, {})
            results[name] = {"programs": {what: {int(nodes): cost for nodes, cost in series.items()}}}
        curves = compile_time.curves(results, what)
        if curves:
            drawn[f"compile {what}"] = f"compile_{what.replace(', ', '_')}.svg"
            (folder / drawn[f"compile {what}"]).write_text(chart.log_log(
                curves, [], f"Chains ({what}): the compiler's time", "nodes",
                "user seconds over the bare include, -O2"))
    return drawn


def text(report: dict, drawn: dict[str, str]) -> str:
    machine = report["machine"]
    counted = COUNTED if report["counted"] else NOT_COUNTED
    out = ["# Derivatives next to the code by hand\n",
           f"{report['date']}, {machine['processor']}, {machine['cores']} cores, {machine['system']}, "
           f"{machine['libc']}; {'quick' if report['quick'] else 'full'} form, {report['seconds']} s.\n",
           METHOD.format(rounds=report["rounds"], arch=report["arch"], instructions=counted) + "\n"]
    out += [f"- {name}: {one['version']}" for name, one in report["compilers"].items()]
    out += [f"- not installed: {each}" for each in report["absent"]]
    for name, one in report["compilers"].items():
        if "instructions" in one:
            hand = {kernel: variants["hand"] for kernel, variants in one["instructions"].items()}
            out += [f"\n## Instructions over the code by hand, {name}\n", f"![]({drawn[f'instructions {name}']})\n",
                    ratio_table(ratios(one, "instructions"), hand, "by hand")]
        hand = {kernel: variants["hand"]["ns"] for kernel, variants in one["times"].items()}
        out += [f"\n## Times over the code by hand, {name}\n", f"![]({drawn[f'times {name}']})\n",
                ratio_table(ratios(one, "times"), hand, "by hand, ns"), spread_table(one),
                f"\n## Networks and mixtures, {name}\n", network_table(one),
                f"\n## Bytes of code, {name}\n", size_table(one)]
        if "compile time" in one:
            out += [f"\n## The compiler's time, {name}\n", compile_table(one)]
        if "training" in one:
            rows = [[network, f"{seconds:.2f}", f"{megabytes:.0f}", f"{size}"]
                    for network, (seconds, megabytes, size) in one["training"].items()]
            out += ["Training steps of `examples/digits`, in float, -O2, over the include of their header:\n",
                    markdown(["network", "s", "MB", "bytes of text"], rows)]
        if "headers" in one:
            rows = [[header, f"{seconds:.2f}"] for header, seconds in one["headers"].items()]
            out += ["Seconds of each header alone:\n", markdown(["header", "s"], rows)]
        for single, printed in one.get("single", {}).items():
            out.append(f"\n## {single}, {name}\n\n```text\n{printed}```\n")
    out.append("\n## Curves of the compiler's time\n")
    out += [f"![]({file})" for what, file in drawn.items() if what.startswith("compile ")]
    return "\n".join(out) + "\n"


def write(report: dict, folder: pathlib.Path) -> None:
    (folder / "report.md").write_text(text(report, charts(report, folder)))


if __name__ == "__main__":
    path = pathlib.Path(sys.argv[1])
    write(json.loads(path.read_text()), path.parent)
