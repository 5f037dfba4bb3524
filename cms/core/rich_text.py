from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from cms.core.page_links import Attributes, linked_id, open_link
from cms.core.translations import in_active_language


class PublishedPageLinkHandler(PageLinkHandler):
    """Wagtail's page links, looked up together instead of one by one. Drafts are not linked to."""

    @classmethod
    def get_many(cls, attrs_list: list[Attributes]) -> list[Page | None]:
        ids = [linked_id(attrs) for attrs in attrs_list]
        pages = Page.objects.in_bulk({id_ for id_ in ids if id_})
        return [pages.get(id_) for id_ in ids]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        return [
            open_link(page) for page in in_active_language(cls.get_many(attrs_list))
        ]
