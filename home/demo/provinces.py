from wagtail.models import Locale

from cms.cities.models import City
from home.demo.body import build_local_body
from home.demo.content_files import read
from home.demo.library import Library
from home.models import ProvinceContent


def create_province_contents(locale: Locale, library: Library) -> None:
    """What the city pages of a province inherit before they inherit the national texts."""
    for slug, content in read("provinces").items():
        body = build_local_body(content.pop("body", []), library)
        ProvinceContent.objects.get_or_create(
            province=City.objects.provinces().get(slug=slug),
            locale=locale,
            defaults={**content, "body": body},
        )
