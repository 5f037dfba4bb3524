"""Requests per second as bars on a logarithmic scale: hits and misses lie three powers of ten apart."""

from html import escape
from math import ceil, log10

LEFT, RIGHT, TOP, BAR, GAP, TITLE = 250, 70, 30, 13, 3, 30
WIDTH = 900
COLOURS = {"limit": "#8a8f98", "stock": "#c8623a", "ours": "#2b6cb0"}
STYLE = (
    "text { font: 12px system-ui, sans-serif; fill: #222 }"
    " .title { font-weight: 600 } .end { text-anchor: end } line { stroke: #ddd }"
)


def draw(results, names):
    top = max(
        each["requests_per_second"]
        for result in results
        for each in result["measured"].values()
    )
    powers = ceil(log10(max(10, top)))
    parts, y = [], TOP
    for result in results:
        title = (
            f"{result['database']}, {result['size']:,} articles: requests per second"
        )
        parts.append(f'<text class="title" x="10" y="{y}">{escape(title)}</text>')
        y += GAP * 3
        for key, each in result["measured"].items():
            parts.append(bar(y, key, names[key], each["requests_per_second"], powers))
            y += BAR + GAP
        y += TITLE
    grid = "".join(grid_line(power, powers, y) for power in range(powers + 1))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}">\n'
        f'<style>{STYLE}</style>\n<rect width="100%" height="100%" fill="#fff"/>\n{grid}\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def place(value, powers):
    return LEFT + (WIDTH - LEFT - RIGHT) * max(0, log10(max(1, value))) / powers


def bar(y, key, name, rate, powers):
    colour = COLOURS.get(key.split()[0], COLOURS["ours"])
    end = place(rate, powers)
    return (
        f'<text class="end" x="{LEFT - 6}" y="{y + BAR - 3}">{escape(name)}</text>'
        f'<rect x="{LEFT}" y="{y}" width="{end - LEFT:.1f}" height="{BAR}" fill="{colour}"/>'
        f'<text x="{end + 5:.1f}" y="{y + BAR - 3}">{rate:,.0f}</text>'
    )


def grid_line(power, powers, height):
    x = place(10**power, powers)
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{height}"/>'
