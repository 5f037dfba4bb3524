"""A small site with one page of each type, and what tests ask of its HTML."""

from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cms.core.blocks import BodyBlock
from cms.core.models import Menu, SiteSettings, SocialAccount
from tests.factories import (
    AnnouncementFactory,
    ArticleCategoryFactory,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    FormPageFactory,
    ImageFactory,
    home_page,
)


def build_site() -> dict[str, Page]:
    """One page of each type under the word for it, in surroundings where nothing is left empty."""
    chengdu = CityFactory(short_name="成都", slug="chengdu", is_hot=True)
    image = ImageFactory(description="审核现场")
    home = home_page()
    home.body = every_block()
    home.save()
    form = FormPageFactory()
    fill_surroundings(chengdu, image, form)
    cities = CityIndexPageFactory(title="城市服务", slug="cities", body=every_block())
    articles = ArticleIndexPageFactory(title="资讯", slug="news")
    pages = {
        "home": home,
        "form": form,
        "cities": cities,
        "city": CityPageFactory(parent=cities, city=chengdu, body=every_block()),
        "articles": articles,
        "article": build_article(articles, chengdu, image),
    }
    fill_menus(pages)
    return pages


def build_article(parent: Page, city, image) -> Page:
    category = ArticleCategoryFactory(name="行业资讯", slug="industry")
    other = ArticlePageFactory(parent=parent, category=category, slug="other")
    other.cities.set([city])
    other.save()
    article = ArticlePageFactory(
        parent=parent,
        slug="good-news",
        title="三家企业同月取得证书",
        kicker="喜报",
        subtitle="行业不同",
        source_name="认证中心",
        source_url="https://example.com/source",
        author="李文",
        published_at=timezone.now(),
        cover_image=image,
        category=category,
        body=every_block(),
        initial_views=18918,
    )
    article.cities.set([city])
    article.tags.add("质量")
    article.save()
    return article


def every_block():
    """A body with every block of the vocabulary, each with its preview."""
    block = BodyBlock()
    children = [
        (name, child.get_preview_value()) for name, child in block.child_blocks.items()
    ]
    return block.to_python(block.get_prep_value(block.normalize(children)))


def fill_surroundings(city, image, form: Page) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.organisation = "认证中心"
    settings.legal_name = "认证中心有限公司"
    settings.service_phone = "400-820-8820"
    settings.default_city = city
    settings.logo = image
    settings.quick_form = form.page_ptr
    settings.icp_number = "蜀ICP备00000000号"
    settings.police_number = "川公网安备00000000000000号"
    settings.save()
    SocialAccount.objects.create(site_settings=settings, name="公众号", qr_image=image)
    AnnouncementFactory(headline="喜报:三家企业取得证书", link_page=form.page_ptr)


def fill_menus(pages: dict[str, Page]) -> None:
    def link(label: str, page: Page, *children: dict) -> dict:
        return {"label": label, "page": page, "url": "", "children": list(children)}

    below = {"label": "成都", "page": pages["city"], "url": ""}
    items = [
        ("link", link("资讯", pages["articles"])),
        ("link", link("城市", pages["cities"], below)),
    ]
    for slot in Menu.Slot.values:
        menu = Menu(slot=slot, locale=Locale.get_default())
        menu.items = Menu._meta.get_field("items").stream_block.normalize(items)
        menu.save()


def parse(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")
