"""What `make bench` has measured, as a table and a picture."""

import json
import os
import platform
from datetime import date

from bench import delivery_picture

NAMES = {
    "limit": "the limit: 6 kB from memory",
    "limit html": "the limit: the same article HTML",
    "limit detail": "the limit: the same article API",
    "stock detail": "stock Wagtail, v3 detail",
    "stock list": "stock Wagtail, v3 list",
    "stock html": "stock Wagtail, article HTML",
    "hit html": "ours, hit: article HTML",
    "hit detail": "ours, hit: article API",
    "hit list": "ours, hit: list API",
    "hit deep list": "ours, hit: list API at 90 %",
    "miss html": "ours, built: article HTML",
    "miss detail": "ours, built: article API",
    "miss list": "ours, built: list API",
    "miss deep list": "ours, built: list API at 90 %",
    "first html": "ours, built and kept: article HTML",
    "first detail": "ours, built and kept: article API",
    "first list": "ours, built and kept: list API",
    "mixed": "ours, mixed",
}
TIMES = {
    "visible idle": "published → visible in every process, idle",
    "visible busy": "published → visible in every process, mixed load",
    "publishing": "publishing itself",
}
GROWTH = {
    "article hit": "hit html",
    "list page 1 hit": "hit list",
    "deep list page, built": "miss deep list",
    "article, built": "miss html",
}
KINDS = ("html", "detail", "list")
# Of these the limit is measured with the same headers and bodies, too.
SAME = ("html", "detail")
HITS = tuple(f"hit {kind}" for kind in KINDS)
MOST_GROWTH, MOST_MEGABYTES = 1.2, 150


def write(results, folder):
    folder.mkdir(parents=True, exist_ok=True)
    facts = {
        "date": date.today().isoformat(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "results": results,
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    (folder / "delivery.json").write_text(f"{text}\n")
    (folder / "delivery.md").write_text("\n".join(lines(facts)))
    (folder / "delivery.svg").write_text(delivery_picture.draw(results, NAMES))


def lines(facts):
    yield "# Delivery"
    yield ""
    yield f"Measured by `make bench` on {facts['date']}: Python {facts['python']}, {facts['processors']} processors,"
    yield "which server, database and load generator share. Two processes with four threads each."
    yield ""
    yield "![Requests per second](delivery.svg)"
    results = facts["results"]
    for result in results:
        yield ""
        yield f"## {name_of(result)}"
        yield ""
        yield from table(result)
        yield ""
        yield from aims(result)
    for database in dict.fromkeys(each["database"] for each in results):
        yield from growth([each for each in results if each["database"] == database])
    yield ""


def name_of(result):
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[result["database"]]
    return f"{database}, {result['size']:,} articles"


def table(result):
    yield "| | requests/s | p50 | p99 | processor each | memory of a process |"
    yield "|---|--:|--:|--:|--:|--:|"
    for key, each in result["measured"].items():
        yield (
            f"| {NAMES[key]} | {each['requests_per_second']:,.0f} | {each['p50_ms']:.2f} ms | {each['p99_ms']:.1f} ms "
            f"| {each['processor_ms']:.3f} ms | {each['megabytes']:.0f} MB |"
        )
    yield ""
    yield "| | median | slowest | of |"
    yield "|---|--:|--:|--:|"
    for key, each in result["times"].items():
        yield f"| {TIMES[key]} | {each['p50_ms']:.0f} ms | {each['worst_ms']:.0f} ms | {each['n']} |"
    counts = result["counts"]
    asked = counts["hits"] + counts["collapsed"] + counts["misses"]
    yield ""
    yield (
        f"Under the mixed load {counts['hits'] / max(1, asked):.1%} of what could be kept came from memory; "
        f"{counts['evicted']:,.0f} answers made room for others, {counts['expired']:,.0f} had grown too old, "
        f"{counts['invalidated']:,.0f} were touched by a change."
    )


def aims(result):
    measured = result["measured"]
    rate = {key: each["requests_per_second"] for key, each in measured.items()}
    hit = min(rate[key] for key in HITS)
    ratio = min(rate[f"hit {kind}"] / rate[f"stock {kind}"] for kind in KINDS)
    detail, html = (
        rate[f"miss {kind}"] / rate[f"stock {kind}"] for kind in ("detail", "html")
    )
    yield "| aim | measured | |"
    yield "|---|--:|---|"
    yield aim("slowest hits ≥ 90 % of the limit", hit / rate["limit"], 0.9, "{:.0%}")
    same = min(rate[f"hit {kind}"] / rate[f"limit {kind}"] for kind in SAME)
    yield aim("slowest hits ≥ 90 % of the same answers", same, 0.9, "{:.0%}")
    yield aim("hits ≥ 200 × the same of stock", ratio, 200)
    yield aim("article API built ≥ 3 × stock v3 detail", detail, 3)
    yield aim("article HTML built ≥ 2 × stock HTML", html, 2, "{:.2f} ×")
    mean = sum(rate[key] for key in HITS) / len(HITS)
    yield aim("mixed ≥ 50 % of hits", rate["mixed"] / mean, 0.5, "{:.1%}")
    most = max(each["megabytes"] for key, each in measured.items() if is_ours(key))
    is_met = "yes" if most <= MOST_MEGABYTES else "no"
    yield f"| a process ≤ {MOST_MEGABYTES} MB | {most:.0f} MB | {is_met} |"


def is_ours(key):
    return not key.startswith(("limit", "stock"))


def aim(name, value, least, style="{:.1f} ×"):
    return f"| {name} | {style.format(value)} | {'yes' if value >= least else 'no'} |"


def growth(results):
    """How much slower the largest site is than the smallest."""
    smallest = min(results, key=lambda each: each["size"])
    largest = max(results, key=lambda each: each["size"])
    if smallest is largest:
        return
    yield ""
    yield f"## {name_of(largest)} against {smallest['size']:,}"
    yield ""
    yield f"| p50, aim: ≤ {MOST_GROWTH} × | | |"
    yield "|---|--:|---|"
    for name, key in GROWTH.items():
        before, after = (
            each["measured"][key]["p50_ms"] for each in (smallest, largest)
        )
        is_met = "yes" if after <= MOST_GROWTH * before else "no"
        yield f"| {name} | {after / before:.2f} × | {is_met} |"
