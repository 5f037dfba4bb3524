from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.api.schemas.base import ImageSchema
from cms.core.resolved import resolved_title
from cms.images.representation import image_representation

Context = dict[str, Any]


def resolved(name: str) -> Any:
    """A schema's resolver for a text field: `resolve_intro = resolved("intro")`."""
    return staticmethod(lambda page: getattr(page.resolved, name))


def page_path(page: Page, request: HttpRequest) -> str | None:
    """The path at which the site shows the page, language prefix included. None for a page of no site."""
    parts = page.get_url_parts(request)
    return parts[2] if parts else None


class PageReference(Schema):
    """As much of a page as a link to it needs."""

    id: int
    type: str
    title: str
    path: str

    resolve_title = staticmethod(resolved_title)

    @staticmethod
    def resolve_type(page: Page) -> str:
        return page.specific_class._meta.label

    @staticmethod
    def resolve_path(page: Page, context: Context) -> str | None:
        return page_path(page, context["request"])


class AlternateSchema(Schema):
    """The same page in another language."""

    locale: str
    id: int
    title: str
    path: str

    resolve_title = staticmethod(resolved_title)

    @staticmethod
    def resolve_locale(page: Page) -> str:
        return page.locale.language_code

    @staticmethod
    def resolve_path(page: Page, context: Context) -> str | None:
        return page_path(page, context["request"])


class SeoSchema(Schema):
    title: str
    description: str
    social_image: ImageSchema | None
    canonical: str
    x_default: str = Field(
        description="The address for readers of none of the site's languages: its first one that there is."
    )

    @staticmethod
    def resolve_title(page: Page) -> str:
        return page.resolved.seo_title or page.resolved.title

    @staticmethod
    def resolve_description(page: Page) -> str:
        return page.resolved.search_description or page.summary_text

    @staticmethod
    def resolve_social_image(page: Page) -> Context | None:
        return image_representation(page.social_image)

    @staticmethod
    def resolve_canonical(page: Page, context: Context) -> str:
        return page.get_full_url(context["request"])

    @staticmethod
    def resolve_x_default(page: Page, context: Context) -> str:
        first = page.language_versions.default_alternate or page
        return first.get_full_url(context["request"])


class PageSchema(Schema):
    """What every page leaves the API with. A page type adds its own fields and narrows `type`."""

    id: int
    type: str
    locale: str
    title: str
    slug: str
    path: str
    seo: SeoSchema
    breadcrumbs: list[PageReference]
    alternates: list[AlternateSchema]

    resolve_title = resolved("title")

    @classmethod
    def load(cls, pages: PageQuerySet) -> PageQuerySet:
        """The pages with everything that the schema shows of them."""
        return pages.select_related("locale", "social_image").prefetch_related(
            "social_image__renditions"
        )

    @staticmethod
    def resolve_type(page: Page) -> str:
        return page._meta.label

    @staticmethod
    def resolve_locale(page: Page) -> str:
        return page.locale.language_code

    @staticmethod
    def resolve_path(page: Page, context: Context) -> str | None:
        return page_path(page, context["request"])

    @staticmethod
    def resolve_seo(page: Page) -> Page:
        return page

    @staticmethod
    def resolve_breadcrumbs(page: Page, context: Context) -> list[Page]:
        """From the home page down to the page's parent."""
        request = context["request"]
        published = (each for each in page.ancestors if each.live)
        return [each for each in published if page_path(each, request)]

    @staticmethod
    def resolve_alternates(page: Page, context: Context) -> list[Page]:
        request = context["request"]
        others = (v for v in page.language_versions.alternates if v.pk != page.pk)
        return [each for each in others if page_path(each, request)]
