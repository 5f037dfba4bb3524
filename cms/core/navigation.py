"""The links of menus, ready to be shown: all pages that any of them leads to are looked up together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page

from cms.core.models import Menu
from cms.core.translations import in_language


@dataclass(frozen=True)
class NavigationLink:
    """A link with those below it. The address is empty where the page is not published."""

    label: str
    href: str
    children: "tuple[NavigationLink, ...]" = ()


Navigation = dict[str, list[NavigationLink]]


def build_navigation(menus: Iterable[Menu], locale: Locale) -> Navigation:
    """The links of each menu, by the menu's slot. Pages are those of the language where there are any."""
    raw_links = {menu.slot: _raw_links(menu) for menu in menus}
    ids = {id_ for raws in raw_links.values() for id_ in _page_ids(raws)}
    pages = _look_up(ids, locale)
    return {
        slot: [_build_link(raw, pages) for raw in raws]
        for slot, raws in raw_links.items()
    }


def paths_of(links: Iterable[NavigationLink]) -> Iterator[str]:
    """Where these and those below them lead."""
    for link in links:
        yield link.href
        yield from paths_of(link.children)


def _raw_links(menu: Menu) -> list[dict[str, Any]]:
    """Values as the database keeps them: turned into objects, each menu would look up its own pages."""
    return [child["value"] for child in menu.items.get_prep_value()]


def _page_ids(raws: Iterable[dict[str, Any]]) -> Iterator[int]:
    for raw in raws:
        if raw.get("page"):
            yield raw["page"]
        yield from _page_ids(_children(raw))


def _children(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """Items of old content stand without id and type."""
    return [item.get("value", item) for item in raw.get("children") or []]


def _look_up(ids: set[int], locale: Locale) -> dict[int, Page]:
    pages = Page.objects.in_bulk(ids) if ids else {}
    translated = in_language(list(pages.values()), locale)
    return dict(zip(pages.keys(), translated, strict=True))


def _build_link(raw: dict[str, Any], pages: dict[int, Page]) -> NavigationLink:
    page = pages.get(raw.get("page"))
    return NavigationLink(
        label=raw.get("label") or "",
        href=((page.live and page.url) or "") if page else raw.get("url") or "",
        children=tuple(_build_link(child, pages) for child in _children(raw)),
    )
