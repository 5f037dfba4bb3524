"""What demo pages refer to by name: images, documents, categories, cities and each other."""

from typing import Any

from django.core.files import File
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page

from articles.models import ArticleCategory
from cms.cities.models import City
from cms.images.models import CustomImage
from home.demo.content_files import FOLDER, Content, read

CREDIT = "衡序认证咨询 绘制"
SHELF_OF_KEY = {
    "category": "categories",
    "city": "cities",
    "cover_image": "images",
    "default_city": "cities",
    "document": "documents",
    "file": "documents",
    "form": "pages",
    "hero_image": "images",
    "image": "images",
    "link_page": "pages",
    "logo": "images",
    "page": "pages",
    "poster": "images",
    "qr_image": "images",
    "quick_form": "pages",
    "social_image": "images",
}


class Library:
    def __init__(self, locale: Locale) -> None:
        self.shelves: dict[str, dict[str, Any]] = {
            "categories": create_categories(locale),
            "cities": {city.slug: city for city in City.objects.cities()},
            "documents": create_documents(),
            "images": create_images(),
            "pages": {},
        }

    def add_page(self, page: Page) -> None:
        self.shelves["pages"][page.slug] = page

    def find(self, key: str, name: str) -> Any:
        """What a content file means by the name that stands under the key."""
        try:
            return self.shelves[SHELF_OF_KEY[key]][name]
        except KeyError:
            raise LookupError(f'Demo content: there is no {key} "{name}".') from None

    def resolve(self, content: Content) -> Content:
        """The content with objects in the place of names."""
        return {
            key: self.find(key, value) if key in SHELF_OF_KEY else value
            for key, value in content.items()
        }


def create_images() -> dict[str, CustomImage]:
    images = {}
    for name, content in read("images").items():
        with (FOLDER / "images" / f"{name}.webp").open("rb") as file:
            image = CustomImage(
                title=content["title"],
                description=content["alt"],
                credit=CREDIT,
                file=File(file, name=f"{name}.webp"),
            )
            image.save()
        images[name] = image
    return images


def create_documents() -> dict[str, Any]:
    documents = {}
    for name, content in read("documents").items():
        with (FOLDER / "documents" / content["file"]).open("rb") as file:
            document = get_document_model()(
                title=content["title"], file=File(file, name=content["file"])
            )
            document.save()
        documents[name] = document
    return documents


def create_categories(locale: Locale) -> dict[str, ArticleCategory]:
    categories = {}
    for slug, name in read("categories").items():
        categories[slug], _ = ArticleCategory.objects.get_or_create(
            slug=slug, locale=locale, defaults={"name": name}
        )
    return categories
