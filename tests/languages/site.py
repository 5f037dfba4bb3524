"""A small site in three languages, with links as wagtail-localize leaves them: to the pages of the first language."""

from wagtail.models import Locale, Page

from tests.api.bodies import LINK_TO_PAGE
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    FormPageFactory,
    home_page,
    translate,
)

OTHERS = ("zh-hant", "en")


def build_languages() -> dict[str, Page]:
    """One page of each type by the word for it; `linked` is what the body of `article` leads to."""
    index = ArticleIndexPageFactory(slug="news", title="资讯")
    cities = CityIndexPageFactory(slug="cities", title="城市")
    linked = ArticlePageFactory(parent=index, slug="linked", title="另一页")
    article = ArticlePageFactory(parent=index, slug="article", body=links_to(linked))
    city = CityPageFactory(
        parent=cities,
        city=CityFactory(short_name="成都", slug="chengdu"),
        body=links_to(linked),
    )
    form = FormPageFactory()
    pages = {
        "home": home_page(),
        "news": index,
        "cities": cities,
        "form": form,
        "linked": linked,
        "article": article,
        "city": city,
    }
    for code in OTHERS:
        for page in pages.values():
            translate(page, code, slug=f"home-{code}" if page.depth == 2 else page.slug)
    return pages


def links_to(page: Page) -> list[dict]:
    paragraph = {"type": "paragraph", "value": LINK_TO_PAGE.format(page=page.pk)}
    target = {"title": "去", "text": "", "label": "去看", "page": page.pk, "url": ""}
    return [paragraph, {"type": "call_to_action", "value": target}, paragraph]


def version(page: Page, code: str) -> Page:
    return page.get_translation(Locale.objects.get(language_code=code)).specific
