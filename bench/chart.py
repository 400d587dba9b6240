# SPDX-License-Identifier: BSL-1.0
"""Curves and bars on logarithmic axes, as SVG."""

from __future__ import annotations

import html
import math

WIDTH, HEIGHT = 720, 460
LEFT, RIGHT, TOP, BOTTOM = 80, 24, 48, 64
COLOURS = ["#1f5fa8", "#c2571a", "#3a7d34", "#7a3d8f", "#8a6d1a", "#1a8a86", "#a33a5b", "#666666", "#4b4bd1", "#333333"]
LIMIT_COLOUR = "#b00020"
STEPS = [m * 10.0**e for e in range(-9, 10) for m in (1, 2, 5)]


def ticks(low: float, high: float) -> list[float]:
    """The steps from one number to another."""
    return [s for s in STEPS if low / 1.0001 <= s <= high * 1.0001]


def bounds(values: list[float]) -> tuple[float, float]:
    """The closest steps with all values between them."""
    return max(s for s in STEPS if s < min(values) * 1.0001), min(s for s in STEPS if s > max(values) / 1.0001)


Point = "tuple[float, float]"


def text(px: float, py: float, words: str, more: str = "") -> str:
    return f'<text x="{px:.1f}" y="{py:.1f}" {more}>{html.escape(words)}</text>'


def header(height: float, title: str) -> list[str]:
    return [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13" fill="#222">',
            f'<rect width="{WIDTH}" height="{height}" fill="white"/>', text(16, TOP - 20, title, 'font-size="16"')]


def log_log(curves: dict[str, list[Point]], limits: list[Point], title: str, x: str, y: str) -> str:
    """An SVG of named curves, lists of (x, y), and of the points that none of them should pass."""
    points = [p for curve in curves.values() for p in curve] + limits
    (x_low, x_high), (y_low, y_high) = bounds([p[0] for p in points]), bounds([p[1] for p in points])
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def at(point: Point) -> Point:
        return (LEFT + across * math.log(point[0] / x_low) / math.log(x_high / x_low),
                TOP + down * (1 - math.log(point[1] / y_low) / math.log(y_high / y_low)))

    out = header(HEIGHT, title)
    for tick in ticks(x_low, x_high):
        px, _ = at((tick, y_low))
        out += [f'<line x1="{px:.1f}" y1="{TOP}" x2="{px:.1f}" y2="{TOP + down}" stroke="#ddd"/>',
                text(px, TOP + down + 20, f"{tick:g}", 'text-anchor="middle"')]
    for tick in ticks(y_low, y_high):
        _, py = at((x_low, tick))
        out += [f'<line x1="{LEFT}" y1="{py:.1f}" x2="{LEFT + across}" y2="{py:.1f}" stroke="#ddd"/>',
                text(LEFT - 8, py + 4, f"{tick:g}", 'text-anchor="end"')]
    out += [f'<rect x="{LEFT}" y="{TOP}" width="{across}" height="{down}" fill="none" stroke="#222"/>',
            text(LEFT + across / 2, HEIGHT - 16, x, 'text-anchor="middle"'),
            text(0, 0, y, f'text-anchor="middle" transform="translate(22 {TOP + down / 2:.1f}) rotate(-90)"')]
    for index, (name, curve) in enumerate(curves.items()):
        colour, row = COLOURS[index % len(COLOURS)], TOP + 22 + 20 * index
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in map(at, sorted(curve)))
        out += [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
        out += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="4" fill="{colour}"/>' for px, py in map(at, curve)]
        out += [f'<path d="M{LEFT + 14} {row - 4} H{LEFT + 38}" stroke="{colour}" stroke-width="2"/>',
                text(LEFT + 46, row, name)]
    for px, py in map(at, limits):
        out.append(f'<path d="M{px - 12:.1f} {py:.1f} H{px + 12:.1f}" stroke="{LIMIT_COLOUR}" stroke-width="3"/>')
    if limits:
        row = TOP + 22 + 20 * len(curves)
        out += [f'<path d="M{LEFT + 14} {row - 4} H{LEFT + 38}" stroke="{LIMIT_COLOUR}" stroke-width="3"/>',
                text(LEFT + 46, row, "limit")]
    return "\n".join([*out, "</svg>\n"])


def bars(rows: dict[str, dict[str, float]], title: str, x: str) -> str:
    """An SVG of ratios on a logarithmic axis: for each row a mark for each column; 1 is a line."""
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    low, high = bounds([0.9, *(value for row in rows.values() for value in row.values())])
    left, line, above = 130, 24, 26 * ((len(columns) + 3) // 4)
    top = TOP + above
    height = top + line * len(rows) + BOTTOM
    across = WIDTH - left - RIGHT

    def at(value: float) -> float:
        return left + across * math.log(value / low) / math.log(high / low)

    out = header(height, title)
    for index, column in enumerate(columns):
        px, py = left + (index % 4) * across / 4, TOP + 4 + 22 * (index // 4)
        out += [f'<circle cx="{px:.1f}" cy="{py - 4:.1f}" r="5" fill="{COLOURS[index % len(COLOURS)]}"/>',
                text(px + 10, py, column)]
    for tick in ticks(low, high):
        stroke = 'stroke="#222" stroke-width="1.5"' if tick == 1 else 'stroke="#ddd"'
        out += [f'<line x1="{at(tick):.1f}" y1="{top}" x2="{at(tick):.1f}" y2="{height - BOTTOM}" {stroke}/>',
                text(at(tick), height - BOTTOM + 20, f"{tick:g}", 'text-anchor="middle"')]
    for place, (name, row) in enumerate(rows.items()):
        py = top + line * (place + 0.5)
        out.append(text(left - 8, py + 4, name, 'text-anchor="end"'))
        for column, value in reversed(row.items()):  # the first ones on top
            out.append(f'<circle cx="{at(value):.1f}" cy="{py:.1f}" r="5" '
                       f'fill="{COLOURS[columns.index(column) % len(COLOURS)]}"/>')
    out.append(text(left + across / 2, height - 16, x, 'text-anchor="middle"'))
    return "\n".join([*out, "</svg>\n"])
