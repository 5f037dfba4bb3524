"""What the elements of a page mean to the importer, and the page without everything that means nothing to it."""

import re

import nh3
from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _

from articles.importers.wording import shorten, squash

# fmt: off
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
STYLES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "sup": "raised"}
INLINE = {*STYLES, "a", "span"}
LISTS = {"ul", "ol"}
CHROME = {"aside", "footer", "form", "header", "nav"}
CHROME_ROLES = {"banner", "complementary", "contentinfo", "form", "navigation", "search"}
BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "hr", "html", "legend", "li", "main", "marquee", "menu", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    *CHROME, *HEADINGS, *LISTS,
}
# Removed with everything in them.
WITHOUT_WORDS = {
    "applet", "audio", "button", "canvas", "datalist", "iframe", "map", "math", "noembed", "noframes", "noscript",
    "object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
}
# fmt: on

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def _only_hiding_styles(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "style":
        return "display:none" if _HIDING.search(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=BLOCKS | INLINE | {"br", "img"},
    clean_content_tags=WITHOUT_WORDS,
    attributes={
        "*": {"hidden", "role", "style"},
        "a": {"href"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    attribute_filter=_only_hiding_styles,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def clean(source: str) -> tuple[BeautifulSoup, list[str]]:
    """The page's elements without scripts, handlers and hidden words, and notes about what a reader would miss."""
    soup = BeautifulSoup(_cleaner.clean(source), "html.parser")
    hidden = _remove_hidden(soup)
    _move_captions_first(soup)
    note = _("Left out because the page hides it: %(text)s")
    return soup, [note % {"text": shorten(hidden)}] if hidden else []


def _remove_hidden(soup: BeautifulSoup) -> str:
    """Hacked pages hide links to other sites in their text."""
    hidden = soup.select("[hidden], [style]")
    words = squash("".join(tag.get_text() for tag in hidden))
    for tag in hidden:
        tag.extract()
    return words


def _move_captions_first(soup: BeautifulSoup) -> None:
    for caption in soup.find_all("caption"):
        if isinstance(table := caption.find_parent("table"), Tag):
            table.insert(0, caption.extract())


def declared_article(soup: Tag) -> Tag | None:
    """The element that the page declares to hold its article: the only one of its kind, with the title in it."""
    titles = [h1 for h1 in soup.find_all("h1") if not h1.find_parent(["header", "nav"])]
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1 and (not titles or found[0].find("h1")):
            return found[0]
    return None


def is_chrome(tag: Tag, *, in_article: bool, page_length: int) -> bool:
    if str(tag.get("role", "")).lower() in CHROME_ROLES:
        return True
    if tag.name == "header":
        return not in_article
    if tag.name == "form":
        # Some servers wrap the whole page in one form.
        return len(tag.get_text()) * 2 < page_length
    return tag.name in CHROME
