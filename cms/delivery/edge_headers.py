"""What answers tell the caches in front of us."""

from collections.abc import Iterable

from cms.delivery import settings
from cms.delivery.entries import Headers, find, without

# Longer headers are refused by some caches: then an answer names whole models.
LONGEST = 12_000
SEPARATORS = {"surrogate-key": " ", "cache-tag": ","}


def kind_of(content_type: str) -> str:
    kind = content_type.partition(";")[0].strip()
    if kind in ("text/html", "application/xhtml+xml"):
        return "html"
    if kind.endswith("json"):
        return "api"
    return "feed" if kind.endswith("xml") else "other"


def add_edge_headers(headers: Headers, tags: frozenset[str], seconds: float) -> Headers:
    """`seconds` is how long the answer holds if nothing changes."""
    headers = add_ages(headers, seconds)
    name = settings.get("TAG_HEADER")
    if name:
        headers.append((name, join_tags(tags, SEPARATORS.get(name.lower(), " "))))
    return headers


def add_ages(headers: Headers, seconds: float) -> Headers:
    """`s-maxage` and `stale-while-revalidate` (RFC 5861) for a shared cache that we purge."""
    ages = settings.get("EDGE_AGES").get(kind_of(find(headers, "content-type")))
    policy = find(headers, "cache-control")
    if not ages or "s-maxage" in policy:
        return list(headers)
    shared, revalidate = ages
    # Of what changes by itself, as a count or an announcement does, no cache is told. Our own limit is none of it.
    if seconds < settings.get("MAX_AGE"):
        shared = max(0, min(shared, int(seconds)))
    parts = [policy or "public, max-age=0", f"s-maxage={shared}"]
    if revalidate:
        parts.append(f"stale-while-revalidate={revalidate}")
    return [*without(headers, "cache-control"), ("Cache-Control", ", ".join(parts))]


def join_tags(tags: Iterable[str], separator: str) -> str:
    ordered = sorted(tags)
    joined = separator.join(ordered)
    if len(joined) > LONGEST:
        coarse = [tag for tag in ordered if tag.startswith(("any-", "all-", "every"))]
        joined = separator.join([*coarse, *models_of(ordered)])
    return joined


def models_of(tags: list[str]) -> list[str]:
    """`any-` tags for all models that have an `all-` one."""
    return [f"any-{tag[4:]}" for tag in tags if tag.startswith("all-")]
