"""The caches in front of us that are told what to forget, as DELIVERY["EDGES"] names them."""

from typing import Any

from cms.delivery import settings
from cms.delivery.edges.base import Edge
from cms.delivery.edges.cloudflare import CloudflareEdge
from cms.delivery.edges.fastly import FastlyEdge
from cms.delivery.edges.frontend_cache import WagtailEdge
from cms.delivery.edges.http import HttpEdge

BACKENDS: dict[str, type[Edge]] = {
    "cloudflare": CloudflareEdge,
    "fastly": FastlyEdge,
    "http": HttpEdge,
    "wagtail": WagtailEdge,
}


def get_edges() -> dict[str, Edge]:
    edges: dict[str, dict[str, Any]] = settings.get("EDGES")
    return {name: build(name, options) for name, options in edges.items()}


def build(name: str, options: dict[str, Any]) -> Edge:
    options = dict(options)
    return BACKENDS[options.pop("BACKEND")](name, options)
