from functools import cached_property
from typing import TYPE_CHECKING

from wagtail.blocks import StreamValue
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from cms.core.querysets import is_open
from cms.core.stream_links import StreamLinks
from cms.core.translations import Families, find_families, foreign_keys, shown_version

CODES = list(get_content_languages())

if TYPE_CHECKING:
    from cms.core.models import BasePage


class LanguageVersions:
    """What a page is in other languages, and what the pages are that its body leads to.

    wagtail-localize leaves the ids of the first language in a translated body, so links are followed when they are
    shown. One query finds both: a translation costs no more than its source.
    """

    def __init__(self, page: "BasePage") -> None:
        self._page = page

    @cached_property
    def shown_body(self) -> StreamValue | None:
        """The body with links that lead to pages in the page's own language, texts as finished HTML."""
        self._links.show(self.shown_version)
        return self._body

    @property
    def alternates(self) -> list[Page]:
        """The published versions that everybody may read, the page itself included, in the order of LANGUAGES."""
        family = self._families.get(self._page.translation_key, {})
        own = family.get(self._page.locale_id)
        # Who sees a restricted page has come past its restriction.
        is_closed = own is not None and not is_open(own)
        shown = (page for page in family.values() if is_closed or is_open(page))
        by_code = {page.locale.language_code: page for page in shown}
        return [by_code[code] for code in CODES if code in by_code]

    def shown_version(self, page: Page) -> Page | None:
        return shown_version(page, self._page.locale_id, self._families)

    @cached_property
    def _body(self) -> StreamValue | None:
        return self._page.resolved.body if hasattr(self._page, "body") else None

    @cached_property
    def _links(self) -> StreamLinks:
        return StreamLinks(self._body)

    @cached_property
    def _families(self) -> Families:
        page = self._page
        foreign = foreign_keys(self._links.pages, page.locale_id)
        return find_families({page.translation_key, *foreign})
