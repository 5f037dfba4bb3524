"""How many queries an answer needs, and which. None of the numbers grows with the content."""

from wagtail.models import Locale, Site

from cms.cities.models import City
from cms.core.models import Menu, SiteSettings, SocialAccount
from home.models import CityReadiness
from tests.api.base import DeliveryAPITestCase
from tests.api.bodies import body_with_every_block, make_targets
from tests.factories import (
    AnnouncementFactory,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CertificationProjectFactory,
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    FormPageFactory,
    ImageFactory,
    home_page,
    restrict,
)

# Each answer begins with them: the site of the host, its home page in the asked language. View restrictions are left to
# the database.
SITE = 2


class QueryCountTests(DeliveryAPITestCase):
    def assert_queries(self, number: int, path: str, /, **parameters) -> None:
        # Renditions are made, and sites and content types remembered, when they are first asked for.
        self.read(path, **parameters)
        with self.assertNumQueries(number):
            self.read(path, **parameters)

    def test_a_list_of_twenty_articles(self):
        index = ArticleIndexPageFactory()
        cities = CityFactory.create_batch(3)
        for _number in range(20):
            article = ArticlePageFactory(parent=index, cover_image=ImageFactory())
            article.cities = cities
            article.save()
        # The site, its home page, the locale; the number of articles, the keys of those in the part, these with
        # category and cover, renditions, cities.
        self.assert_queries(8, "articles/")

    def test_an_article_with_every_block(self):
        targets = make_targets()
        article = ArticlePageFactory(
            parent=targets["page"].get_parent(),
            cover_image=ImageFactory(),
            social_image=ImageFactory(),
            body=body_with_every_block(targets),
        )
        own = 8
        # The article with locale, category and images; renditions of the social image, of the cover;
        # cities, excepted cities; ancestors; translations; tags.
        chosen = 10
        # What the blocks chose, once for each type of block: images of image, gallery, video and two columns;
        # document; page; form; category; city; and the renditions of all images together.
        text = 1
        # Pages that the text links to; their translations come with those of the article.
        rest = 3
        # The article list; for the contact card the site and its settings.
        self.assert_queries(
            SITE + own + chosen + text + rest, f"articles/{article.pk}/"
        )

    def test_a_page_by_its_path(self):
        # The page with its type; the home page with locale and images; ancestors; translations.
        self.assert_queries(SITE + 4, "pages/by-path/", path="/")

    def test_a_page_by_its_id(self):
        self.assert_queries(SITE + 4, f"pages/{home_page().pk}/")

    def make_city(self) -> City:
        """A city with everything that is shown of one, among others."""
        province = CityFactory(level=City.Level.PROVINCE)
        photos = ImageFactory.create_batch(3)
        team = [
            {"type": "person", "value": {"name": "周敏", "photo": photo.pk}}
            for photo in photos
        ]
        city = CityFactory(parent=province, team=team)
        city.projects.set(CertificationProjectFactory.create_batch(3))
        index = CityIndexPageFactory(city_body=body_with_every_block(make_targets()))
        page = CityPageFactory(city=city, parent=index, title="{city} {phone}")
        CityReadiness.objects.update_or_create(page=page, defaults={"score": 60})
        for _number in range(5):
            CityPageFactory(parent=index, city__parent=province)
        restrict(CityPageFactory(parent=index))
        return city

    # For every city: site, locale, the city with its province.
    CITY = 3
    TEAM = 2  # photos, their renditions

    def test_a_city_with_every_block(self):
        city = self.make_city()
        # The settings; projects on offer, those chosen; the page with readiness; the city list and the province's
        # text above it.
        own = 6
        # What the blocks chose, as in an article; the texts' pages, translations; the article list; the site of the
        # contact card.
        body = 10 + 2 + 3
        self.assert_queries(self.CITY + own + self.TEAM + body, f"cities/{city.slug}/")

    def test_a_city_in_a_header(self):
        city = self.make_city()
        # The settings.
        self.assert_queries(self.CITY + 1, f"cities/{city.slug}/header/")

    def test_a_suggested_city(self):
        city = self.make_city()
        place = {"latitude": 30, "longitude": 104}
        City.objects.filter(pk=city.pk).update(**place)
        # Site, locale, all cities; the one that was found, with its page.
        self.assert_queries(4, "cities/locate/", **place)

    def test_the_page_of_a_city(self):
        page = self.make_city().pages.get()
        # The page, as what it is with city and readiness; site and settings; what the province and the city list say;
        # ancestors; translations.
        own = 8
        body = 10 + 1 + 3
        self.assert_queries(SITE + own + self.TEAM + body, f"pages/{page.pk}/")

    def test_the_site_with_all_that_surrounds_a_page(self):
        news = ArticleIndexPageFactory(slug="news")
        settings = SiteSettings.for_site(Site.objects.get())
        settings.logo = ImageFactory()
        settings.default_city = CityFactory()
        settings.quick_form = FormPageFactory().page_ptr
        settings.save()
        for _number in range(3):
            SocialAccount.objects.create(
                site_settings=settings, name="微信", qr_image=ImageFactory()
            )
        AnnouncementFactory(link_page=news.page_ptr)
        link = {"label": "资讯", "page": news.pk, "url": ""}
        item = {"type": "link", "value": {**link, "children": [link, link]}}
        for slot in Menu.Slot:
            Menu.objects.create(
                slot=slot, locale=Locale.get_default(), items=[item] * 3
            )
        around = 10
        # The site, the locale, the settings with logo and city, renditions of the logo; the home page in every
        # language; social accounts with QR codes, their renditions; the form; the announcement with its page; the
        # menus.
        # The pages that any link of them leads to.
        menus = 1
        self.assert_queries(around + menus, "site/")
