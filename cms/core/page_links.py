"""Links to pages in stored texts: which they are, and what they become."""

from collections.abc import Callable
from html import escape

from wagtail.models import Page
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter, MultiRuleRewriter

Attributes = dict[str, str]
# How Wagtail marks them.
PAGE = "page"


def open_link(page: Page | None) -> str:
    return (
        f'<a href="{escape(page.url)}">' if page and page.live and page.url else "<a>"
    )


def linked_id(attrs: Attributes) -> int | None:
    id_ = attrs.get("id", "")
    return int(id_) if id_.isdecimal() else None


def linked_ids(html: str) -> set[int]:
    """The pages that a stored text links to."""
    found: set[int] = set()

    def collect(attrs_list: list[Attributes]) -> list[str]:
        found.update(filter(None, map(linked_id, attrs_list)))
        return []

    LinkRewriter(bulk_rules={PAGE: collect})(html)
    return found


def expand(html: str, find_page: Callable[[int | None], Page | None]) -> str:
    """As Wagtail's `expand_db_html`, with pages that have been found already."""

    def link(attrs_list: list[Attributes]) -> list[str]:
        return [open_link(find_page(linked_id(attrs))) for attrs in attrs_list]

    links, embeds = features.get_link_types(), features.get_embed_types()
    rules = {name: handler.expand_db_attributes_many for name, handler in links.items()}
    rewriters = [
        LinkRewriter(bulk_rules=rules | {PAGE: link}),
        EmbedRewriter(
            bulk_rules={
                name: handler.expand_db_attributes_many
                for name, handler in embeds.items()
            }
        ),
    ]
    return MultiRuleRewriter(rewriters)(html)
