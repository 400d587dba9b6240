# SPDX-License-Identifier: BSL-1.0
"""Curves on logarithmic axes, as SVG."""

import html
import math

WIDTH, HEIGHT = 720, 460
LEFT, RIGHT, TOP, BOTTOM = 80, 24, 48, 64
COLOURS = ["#1f5fa8", "#c2571a", "#3a7d34", "#7a3d8f"]
LIMIT_COLOUR = "#b00020"
STEPS = [m * 10.0**e for e in range(-9, 10) for m in (1, 2, 5)]


def ticks(low, high):
    """The steps from one number to another."""
    return [s for s in STEPS if low / 1.0001 <= s <= high * 1.0001]


def bounds(values):
    """The closest steps with all values between them."""
    return max(s for s in STEPS if s < min(values) * 1.0001), min(s for s in STEPS if s > max(values) / 1.0001)


def log_log(curves, limits, title, x, y):
    """An SVG of named curves, lists of (x, y), and of the points that none of them should pass."""
    points = [p for curve in curves.values() for p in curve] + limits
    (x_low, x_high), (y_low, y_high) = bounds([p[0] for p in points]), bounds([p[1] for p in points])
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def at(point):
        return (LEFT + across * math.log(point[0] / x_low) / math.log(x_high / x_low),
                TOP + down * (1 - math.log(point[1] / y_low) / math.log(y_high / y_low)))

    def text(px, py, words, more=""):
        return f'<text x="{px:.1f}" y="{py:.1f}" {more}>{html.escape(words)}</text>'

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
           'font-family="sans-serif" font-size="13" fill="#222">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
           text(LEFT, TOP - 20, title, 'font-size="16"')]
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
