from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from wagtail.blocks import StreamValue
from wagtail.coreutils import get_content_languages
from wagtail.models import Page, Site

from cms.core.querysets import is_open
from cms.core.stream_links import StreamLinks
from cms.core.translations import Families, find_families, foreign_keys, shown_version

CODES = list(get_content_languages())  # the site's own first

if TYPE_CHECKING:
    from cms.core.models import BasePage


class LanguageLink(NamedTuple):
    """Where the switch to a language leads. `is_here`: to the page itself, not to one above it."""

    code: str
    page: Page
    is_here: bool


class LanguageVersions:
    """What a page is in other languages, and what the pages are that its body leads to.

    wagtail-localize leaves the ids of the first language in a translated body, so links are followed when they are
    shown. One query finds both: a translation costs no more than its source.
    """

    def __init__(self, page: "BasePage") -> None:
        self._page = page
        # The pages above, which have been looked up already: where the switch leads from a page that is not translated.
        self.above: list[Page] = []

    @cached_property
    def shown_body(self) -> StreamValue | None:
        """The body with links that lead to pages in the page's own language, texts as finished HTML."""
        self._links.show(self.shown_version)
        return self._body

    @property
    def alternates(self) -> list[Page]:
        """The published versions that everybody may read, the page itself included, in the order of LANGUAGES."""
        versions = self._open_versions(self._page)
        return [versions[code] for code in CODES if code in versions]

    @property
    def default_alternate(self) -> Page | None:
        """The one for readers of no language of ours: in the site's first language, else in the next one."""
        return next(iter(self.alternates), None)

    @property
    def switch(self) -> list[LanguageLink]:
        """A link into each other language of the site: to this page, else to the nearest one above it."""
        found: dict[str, LanguageLink] = {}
        for page in (self._page, *reversed(self.above)):
            for code, version in self._open_versions(page).items():
                is_here = page is self._page
                found.setdefault(code, LanguageLink(code, version, is_here))
        own = self._page.locale.language_code
        return [found[code] for code in CODES if code in found and code != own]

    def _open_versions(self, page: Page) -> dict[str, Page]:
        family = self._families.get(page.translation_key, {})
        own = family.get(page.locale_id)
        # Who sees a restricted page has come past its restriction.
        is_closed = own is not None and not is_open(own)
        return {
            version.locale.language_code: version
            for version in family.values()
            if (is_closed or is_open(version)) and self._is_served(version)
        }

    def _is_served(self, version: Page) -> bool:
        """Not while the home page of its language is a draft."""
        own, home = self._page.locale_id, self._home
        if home is None or version.locale_id == own:
            return True
        return version.locale_id in self._families.get(home.translation_key, {})

    @cached_property
    def _home(self) -> Page | None:
        roots = {root.root_path for root in Site.get_site_root_paths()}
        return next((page for page in self.above if page.url_path in roots), None)

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
        above = (each.translation_key for each in self.above)
        return find_families({page.translation_key, *above, *foreign})
