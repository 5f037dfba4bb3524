from collections.abc import Collection
from functools import cached_property, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from cms.core.forms import LimitedPageForm
from cms.core.freshness import keep_until_changed, limit_age
from cms.core.language_versions import LanguageVersions
from cms.core.models.settings import SiteSettings
from cms.core.page_permissions import LimitedPagePermissionTester
from cms.core.phones import show_phone
from cms.core.placeholders import PlaceholderValues, check_placeholders
from cms.core.querysets import restricted_paths, tell_restricted
from cms.core.remembering import is_remembering
from cms.core.resolved import ResolvedTexts

PLACEHOLDERS_HELP = _(
    "You can write {city}, {province} and {phone}, or {城市}, {省份} and {电话}."
)


class NationalValues:
    """What placeholders stand for on a page of no city."""

    def __init__(self, page: "BasePage") -> None:
        self._page = page

    @property
    def city(self) -> str:
        return gettext("Nationwide")

    province = city

    @property
    def phone(self) -> str:
        return show_phone(self._page.site_settings.service_phone)


class BasePage(Page):
    """What every page of the site shares: how it looks in search results, shared links and listings, and how long
    its answer may be kept.

    A page type changes its cache policy by overriding `get_cache_control`; it never sets the header itself.

    What editors write may hold placeholders (`cms.core.placeholders`). A page type names its plain text fields in
    `placeholder_fields`; whoever shows a text reads it as `page.resolved.<field>`.
    """

    placeholder_fields = ["title", "seo_title", "search_description", "listing_summary"]
    # Texts for other pages: checked like those of this one, but never read as such.
    pattern_fields: list[str] = []
    # The field that says which places of the register a page is about: editors who are limited to places work on
    # pages of theirs only (`cms.core.own_pages`), and on none of a type that has no such field.
    place_field = ""
    # The city that a page is about and its facts: for templates, which ask every page. A name that is not there costs
    # them far more than one that is empty.
    city: Any = None
    facts: Any = None

    base_form_class = LimitedPageForm

    social_image = models.ForeignKey(
        "images.CustomImage",
        verbose_name=_("social image"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Shown where the page is shared. 1200 × 630 pixels or more."),
    )
    listing_summary = models.TextField(
        _("listing summary"),
        max_length=200,
        blank=True,
        help_text=_(
            "One or two sentences for lists of pages. Empty: the search description."
        ),
    )

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            heading=_("Search engines"),
            help_text=PLACEHOLDERS_HELP,
        ),
        MultiFieldPanel(
            [
                FieldPanel("social_image"),
                FieldPanel("listing_summary"),
                FieldPanel("show_in_menus"),
            ],
            heading=_("Sharing and listings"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("listing_summary")]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> LimitedPagePermissionTester:
        return LimitedPagePermissionTester(user, self)

    @property
    def summary_text(self) -> str:
        return self.resolved.listing_summary or self.resolved.search_description

    @cached_property
    def resolved(self) -> ResolvedTexts:
        """The page's texts as its readers get them."""
        return ResolvedTexts(self)

    @cached_property
    def language_versions(self) -> LanguageVersions:
        return LanguageVersions(self)

    @property
    def shown_body(self) -> StreamValue | None:
        """The body as HTML and API show it: resolved, with links into the page's own language."""
        return self.language_versions.shown_body

    def get_text(self, name: str) -> Any:
        """A text field or stream before its placeholders are resolved. A page type that inherits texts overrides it."""
        return getattr(self, name)

    @cached_property
    def site_settings(self) -> SiteSettings:
        return SiteSettings.for_page(self).shown

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may list the page: else it is `noindex,follow` and in no sitemap."""
        return True

    def get_placeholder_values(self) -> PlaceholderValues:
        """What placeholders stand for on this page: the whole country, unless a page type knows its city."""
        return NationalValues(self)

    def get_admin_display_title(self) -> str:
        title = super().get_admin_display_title()
        return self.resolved.resolve_text(title)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuses unknown placeholders. Not in `clean`: a form that has only some fields answers for those alone."""
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        checked = {*self.placeholder_fields, *self.pattern_fields}
        for name in checked.difference(exclude or ()):
            try:
                check_placeholders(getattr(self, name))
            except ValidationError as error:
                errors.setdefault(name, []).append(error)
        if errors:
            raise ValidationError(errors)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        # The page's own surroundings have asked for them already.
        self.site_settings = SiteSettings.for_request(request).shown
        self.language_versions.above = self.ancestors
        return super().get_context(request, *args, **kwargs)

    @classmethod
    def to_serve(cls) -> PageQuerySet:
        """Pages of this type with what showing one needs in the same query."""
        pages = cls._default_manager.select_related("locale", "social_image")
        return tell_restricted(pages)

    @cached_property
    def ancestors(self) -> list[Page]:
        """The pages above, from the home page down."""
        return list(self.get_ancestors().filter(depth__gt=1))

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """As Wagtail's, asked once for a page: for Wagtail itself and for the cache policy."""
        return self._view_restrictions

    @cached_property
    def _view_restrictions(self) -> QuerySet[PageViewRestriction]:
        pages = [self, *self.ancestors]
        # An alias is as open as the page that it copies, which stands elsewhere.
        if any(page.alias_of_id for page in pages):
            return super().get_view_restrictions()
        if self.is_surely_open():
            return PageViewRestriction.objects.none()
        lengths = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:length] for length in lengths]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def is_surely_open(self) -> bool:
        """Whether it is known without a query that no view restriction stands on the page or above it."""
        if hasattr(self, "is_restricted"):
            return not self.is_restricted
        return is_remembering() and not self.path.startswith(restricted_paths())

    def get_cache_control(self, request: HttpRequest) -> dict[str, Any]:
        """The page's Cache-Control directives, as keywords of `patch_cache_control`.

        A page that only some people may see, or that is being previewed, is never stored anywhere.
        """
        if getattr(request, "is_preview", False):
            return {"private": True, "no_store": True}
        if self.get_view_restrictions():
            return {"private": True, "no_store": True}
        return {"public": True, "max_age": 60}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, **self.get_cache_control(request))
        keep_until_changed(response)
        if isinstance(response, TemplateResponse):
            response.add_post_render_callback(partial(limit_age, request))
        return response
