"""What stands on every page around its content: names, menus, announcement, city and quick-service form."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site

from cms.core.language_versions import CODES
from cms.core.models import (
    Announcement,
    CertificationProject,
    Menu,
    SiteSettings,
    SocialAccount,
)
from cms.core.navigation import (
    Navigation,
    NavigationLink,
    build_navigation,
    find_menus,
    paths_of,
)
from cms.core.projects import offered_projects
from cms.core.remembering import (
    Moment,
    Plain,
    Value,
    is_remembering,
    never,
    remember,
)
from cms.core.translations import in_language


class Chrome:
    """The surroundings of a page of one site in one language. Each part is looked up when it is first asked for."""

    def __init__(
        self, site: Site, locale: Locale, request: HttpRequest | None = None
    ) -> None:
        self.site = site
        self.locale = locale
        self.request = request

    @cached_property
    def settings(self) -> SiteSettings:
        if self.request is None:
            return SiteSettings.for_site(self.site).shown
        return SiteSettings.for_request(self.request).shown

    @cached_property
    def _navigation(self) -> Navigation:
        menus = find_menus(self.locale, self.site.root_page.locale_id)
        return build_navigation(menus, self.locale)

    @property
    def header_menu(self) -> list[NavigationLink]:
        return self._navigation.get(Menu.Slot.HEADER, [])

    @property
    def footer_menu(self) -> list[NavigationLink]:
        return self._navigation.get(Menu.Slot.FOOTER, [])

    @property
    def current_path(self) -> str:
        """The path that is asked for, where a link of the header leads to it: only there it makes a difference."""
        path = self.request.path if self.request else ""
        return path if path in remember_part(self, find_header_paths) else ""

    @cached_property
    def announcement(self) -> Announcement | None:
        announcements = Announcement.objects.filter(locale=self.locale)
        current = announcements.current().select_related("link_page").first()
        if current and current.link_page:
            [current.link_page] = in_language([current.link_page], self.locale)
        return current

    @cached_property
    def root(self) -> Page:
        """The site's published home page in this language, else the one in the site's own."""
        root = self.site.root_page
        if root.locale_id == self.locale.pk:
            return root
        translations = root.get_translations().filter(locale=self.locale)
        return translations.live().first() or root

    @cached_property
    def homes(self) -> list[Page]:
        """The site's home page in each language that is served, in the order of LANGUAGES."""
        root = self.site.root_page
        others = root.get_translations().live().select_related("locale")
        return sorted(
            [root, *others], key=lambda home: CODES.index(home.locale.language_code)
        )

    @cached_property
    def quick_form(self) -> Page | None:
        """The published form in this language, else the one that the settings name."""
        chosen = self.settings.quick_form_id
        if chosen is None:
            return None
        form_page = apps.get_model("forms.FormPage")
        key = Page.objects.filter(pk=chosen).values("translation_key")
        forms = form_page.objects.filter(translation_key=Subquery(key)).live()
        versions = list(forms.select_related("locale"))
        by_locale = {page.locale_id: page for page in versions}
        original = next((page for page in versions if page.pk == chosen), None)
        return by_locale.get(self.locale.pk, original)

    @cached_property
    def offered_projects(self) -> list[CertificationProject]:
        """What visitors can ask for: the form and the pages of cities show it."""
        return offered_projects(self.locale.pk)

    @property
    def city(self) -> Any:
        return self.settings.default_city

    @property
    def can_locate(self) -> bool:
        """Whether the site can tell from a request alone which city a visitor may be in."""
        sources = ("CITY_HEADER", "IP2REGION_FILE")
        return any(getattr(settings, name, "") for name in sources)

    @cached_property
    def city_index(self) -> Page | None:
        """The published list of cities: where [切换城市] leads."""
        city_index_page = apps.get_model("home.CityIndexPage")
        return city_index_page.objects.child_of(self.root).live().first()

    @cached_property
    def social_accounts(self) -> list[SocialAccount]:
        return list(self.settings.social_accounts.select_related("qr_image"))


def find_header_paths(chrome: Chrome) -> frozenset[str]:
    return frozenset(paths_of(chrome.header_menu))


def remember_part(
    chrome: Chrome,
    build: Callable[[Chrome], Value],
    *names: Plain,
    changes_at: Moment[Value] = never,
) -> Value:
    """What `build` makes of nothing but a chrome, for its site and language and these names, remembered where there is
    a memory."""
    site_id, locale_id = chrome.site.pk, chrome.locale.pk

    def build_apart() -> Value:
        return build(read_chrome(site_id, locale_id) if is_remembering() else chrome)

    name = f"{build.__module__}.{build.__qualname__}"
    key = (name, site_id, locale_id, get_language(), *names)
    return remember(key, build_apart, changes_at)


def read_chrome(site_id: int, locale_id: int) -> Chrome:
    """One that looks up everything by itself: what others have looked up before, the memory would not notice."""
    # All sites: which there are decides what addresses look like.
    sites = Site.objects.select_related("root_page__locale").in_bulk()
    return Chrome(sites[site_id], Locale.objects.get(pk=locale_id))


def bare_request(site: Site | None) -> HttpRequest:
    """A request that says of a visitor only which site they read: for what is the same for all of them."""
    request: Any = HttpRequest()
    request._wagtail_site = site
    return request


def set_chrome(request: HttpRequest, root: Page) -> None:
    """Give a request its chrome when its home page is known, which then need not be looked up again."""
    site = Site.find_for_request(request)
    request._chrome = Chrome(site, root.locale, request)
    request._chrome.root = root


def get_chrome(request: HttpRequest) -> Chrome | None:
    """The chrome of a request's site and language, made once. None before there is a site."""
    if not hasattr(request, "_chrome"):
        site = Site.find_for_request(request)
        request._chrome = site and Chrome(site, Locale.get_active(), request)
    return request._chrome


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `chrome`, looked up only by templates that use it."""
    return {"chrome": SimpleLazyObject(lambda: get_chrome(request))}
