"""How the page types of this app leave the API. They are read by `pages/{id}/` and `pages/by-path/`."""

from typing import Any, Literal

from ninja import Field
from wagtail.query import PageQuerySet

from cms.api.body import body_representation
from cms.api.registry import register_page_schema
from cms.api.schemas import BodyBlockSchema, ImageSchema, PageSchema
from cms.api.schemas.pages import Context, resolved
from cms.images.representation import image_representation
from home.api.facts import READINESS, FactsSchema, ReadinessSchema, readiness_of
from home.api.references import CityReference
from home.models import CityIndexPage, CityPage, HomePage


class PageWithBodySchema(PageSchema):
    body: list[BodyBlockSchema]

    @staticmethod
    def resolve_body(page: Any, context: Context) -> list[dict[str, Any]]:
        return body_representation(page.shown_body, page, context["request"])


class HomeSchema(PageWithBodySchema):
    type: Literal["home.HomePage"]
    hero_title: str
    hero_text: str
    hero_image: ImageSchema | None

    resolve_hero_title = resolved("hero_title")
    resolve_hero_text = resolved("hero_text")

    @classmethod
    def load(cls, pages: PageQuerySet) -> PageQuerySet:
        pages = super().load(pages).select_related("hero_image")
        return pages.prefetch_related("hero_image__renditions")

    @staticmethod
    def resolve_hero_image(page: HomePage) -> dict[str, Any] | None:
        return image_representation(page.hero_image)


class CityIndexSchema(PageWithBodySchema):
    """The page of the list; the cities are at `cities/`."""

    type: Literal["home.CityIndexPage"]
    intro: str

    resolve_intro = resolved("intro")


class CityPageSchema(PageWithBodySchema):
    type: Literal["home.CityPage"]
    intro: str
    city: CityReference = Field(description="More of it is at `cities/{slug}/`.")
    facts: FactsSchema
    readiness: ReadinessSchema | None = READINESS

    resolve_intro = resolved("intro")
    resolve_readiness = staticmethod(readiness_of)

    @classmethod
    def load(cls, pages: PageQuerySet) -> PageQuerySet:
        return super().load(pages).with_city().select_related("readiness")


register_page_schema(HomePage, HomeSchema)
register_page_schema(CityIndexPage, CityIndexSchema)
register_page_schema(CityPage, CityPageSchema)
