"""A page's body on its way out: looked up all at once, so that the number of queries does not grow with it."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms.cities.models import City
from cms.core.chrome import Chrome
from cms.core.stream_links import values_of
from cms.images.models import CustomImage


def body_representation(
    body: StreamValue, page: Page, request: HttpRequest
) -> list[dict[str, Any]]:
    """The body as its blocks represent it: `page.shown_body`. The active language must be the page's."""
    look_up(body)
    context = {
        "request": request,
        "page": page,
        "chrome": SimpleLazyObject(lambda: Chrome(page.get_site(), page.locale)),
    }
    return body.stream_block.get_api_representation(body, context)


def look_up(stream: StreamValue) -> None:
    """Makes a stream ready to be represented without a query for each of its parts."""
    values = list(values_of(stream))
    images = [value for value in values if isinstance(value, CustomImage)]
    prefetch_related_objects(images, "renditions")
    cities = [value for value in values if isinstance(value, City)]
    prefetch_related_objects(cities, "parent")
