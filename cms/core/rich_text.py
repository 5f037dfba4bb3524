from html import escape

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from cms.core.translations import in_active_language


class PublishedPageLinkHandler(PageLinkHandler):
    """Wagtail's page links, looked up together instead of one by one. Drafts are not linked to."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Page | None]:
        ids = [attrs.get("id", "") for attrs in attrs_list]
        pages = Page.objects.in_bulk([int(id_) for id_ in ids if id_.isdecimal()])
        return [pages.get(int(id_)) if id_.isdecimal() else None for id_ in ids]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        pages = in_active_language(cls.get_many(attrs_list))
        return [
            f'<a href="{escape(page.url)}">'
            if page and page.live and page.url
            else "<a>"
            for page in pages
        ]
