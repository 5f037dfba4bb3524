"""The links of menus, ready to be shown: all pages that any of them leads to are looked up together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from wagtail.models import Locale, Page

from cms.core.models import Menu
from cms.core.resolved import resolved_title
from cms.core.translations import in_language


@dataclass(frozen=True)
class NavigationLink:
    """A link with those below it. The address is empty where the page is not published."""

    label: str
    href: str
    children: "tuple[NavigationLink, ...]" = ()


Navigation = dict[str, list[NavigationLink]]


class Target(NamedTuple):
    """The page that an editor has chosen, and the one that readers are led to."""

    chosen: Page
    shown: Page | None


Targets = dict[int, Target]


def find_menus(locale: Locale, first_id: int) -> list[Menu]:
    """The menu of each slot in a language; where it has none, the one of the site's first language."""
    menus = Menu.objects.filter(locale__in={locale.pk, first_id})
    # Its own come last and take the place of others.
    ordered = sorted(menus, key=lambda menu: menu.locale_id == locale.pk)
    return list({menu.slot: menu for menu in ordered}.values())


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


def _look_up(ids: set[int], locale: Locale) -> Targets:
    pages = Page.objects.in_bulk(ids) if ids else {}
    shown = in_language(list(pages.values()), locale)
    return {
        pk: Target(page, version)
        for (pk, page), version in zip(pages.items(), shown, strict=True)
    }


def _label(raw: dict[str, Any], target: Target | None) -> str:
    """As it was typed; where it is empty or only repeats the page's title, the title in the language of the reader."""
    label = raw.get("label") or ""
    if target is None or label not in ("", target.chosen.title):
        return label
    return resolved_title(target.shown or target.chosen)


def _build_link(raw: dict[str, Any], pages: Targets) -> NavigationLink:
    target = pages.get(raw.get("page"))  # type: ignore[arg-type]  # nothing is at None
    page = target and target.shown
    return NavigationLink(
        label=_label(raw, target),
        href=((page.live and page.url) or "") if page else raw.get("url") or "",
        children=tuple(_build_link(child, pages) for child in _children(raw)),
    )
