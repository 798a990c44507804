"""A line chart as SVG, with a logarithmic axis of amounts and one of shares from 0 to 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log

WIDTH, HEIGHT, LEFT, BELOW, RIGHT, ABOVE = 760, 420, 60, 50, 250, 20
COLOURS = ("#1b6ca8", "#7fb3d5", "#b85c00", "#eba96b", "#2e7d32", "#90c695")


@dataclass(frozen=True)
class Line:
    """Points (amount, share) in rising order, under one name."""

    name: str
    points: Sequence[tuple[float, float]]


def draw(lines: Sequence[Line], amounts: str, shares: str) -> str:
    """The whole document; `amounts` and `shares` name the axes."""
    every = sorted({x for line in lines for x, _ in line.points})
    low, high = every[0], every[-1]

    def across(x: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * log(x / low) / log(high / low)

    parts = [_text(across(x), HEIGHT - BELOW + 20, f"{x:g}", "middle") for x in every]
    parts += [_grid(share / 10) for share in range(11)]
    for number, line in enumerate(lines):
        parts += _curve(line, COLOURS[number % len(COLOURS)], [(across(x), _height(y)) for x, y in line.points], number)
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, amounts, "middle"))
    parts.append(_text(8, ABOVE - 6, shares, "start"))
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n{body}\n</svg>\n'
    )


def _height(share: float) -> float:
    return HEIGHT - BELOW - (HEIGHT - BELOW - ABOVE) * share


def _grid(share: float) -> str:
    y = _height(share)
    line = f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>'
    return line + _text(LEFT - 6, y + 4, f"{share:.1f}", "end")


def _curve(line: Line, colour: str, places: Sequence[tuple[float, float]], number: int) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)
    y = ABOVE + 20 + 20 * number
    key = f'<line x1="{WIDTH - RIGHT + 14}" x2="{WIDTH - RIGHT + 34}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="2"/>'
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}',
        key + _text(WIDTH - RIGHT + 40, y + 4, line.name, "start"),
    ]


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
