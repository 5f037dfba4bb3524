from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index


class BasePage(Page):
    """What every page of the site shares: how it looks in search results, shared links and listings, and how long
    its answer may be kept.

    A page type changes its cache policy by overriding `get_cache_control`; it never sets the header itself.
    """

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

    @property
    def summary_text(self) -> str:
        return self.listing_summary or self.search_description

    def get_cache_control(self, request: HttpRequest) -> dict[str, Any]:
        """The page's Cache-Control directives, as keywords of `patch_cache_control`.

        A page that only some people may see, or that is being previewed, is never stored anywhere.
        """
        if getattr(request, "is_preview", False):
            return {"private": True, "no_store": True}
        if self.get_view_restrictions().exists():
            return {"private": True, "no_store": True}
        return {"public": True, "max_age": 60}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, **self.get_cache_control(request))
        return response
