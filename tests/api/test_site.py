from wagtail.models import Locale, Site

from cms.core.models import Menu, SiteSettings, SocialAccount
from tests.api.base import DeliveryAPITestCase
from tests.factories import (
    AnnouncementFactory,
    ArticleIndexPageFactory,
    CityFactory,
    FormPageFactory,
    ImageFactory,
    home_page,
    translate,
)


class SiteAnswerTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.news = ArticleIndexPageFactory(slug="news")
        cls.form = FormPageFactory(slug="quick-service")
        cls.settings = SiteSettings.for_site(Site.objects.get())
        cls.settings.organisation = "华亿认证中心"
        cls.settings.service_phone = "400-168-8080"
        cls.settings.icp_number = "蜀ICP备00000000号"
        cls.settings.default_city = CityFactory(slug="chengdu", name="成都市")
        cls.settings.quick_form = cls.form.page_ptr
        cls.settings.logo = ImageFactory()
        cls.settings.save()
        SocialAccount.objects.create(
            site_settings=cls.settings, name="微信公众号", qr_image=ImageFactory()
        )

    def make_menu(self, locale: Locale, page: int) -> None:
        link = {"label": "资讯", "page": page, "url": ""}
        Menu.objects.create(
            slot=Menu.Slot.HEADER,
            locale=locale,
            items=[{"type": "link", "value": {**link, "children": [link]}}],
        )

    def test_the_settings_of_the_site(self):
        settings = self.read("site/")["settings"]
        self.assertEqual(settings["organisation"], "华亿认证中心")
        self.assertEqual(settings["service_phone"], "400-168-8080")
        self.assertEqual(settings["icp_number"], "蜀ICP备00000000号")
        self.assertEqual(settings["default_city"]["slug"], "chengdu")
        self.assertTrue(settings["logo"]["renditions"])
        (account,) = settings["social_accounts"]
        self.assertEqual(account["name"], "微信公众号")
        self.assertTrue(account["qr_image"]["renditions"])

    def test_a_new_site_answers_before_anything_is_filled_in(self):
        SiteSettings.objects.all().delete()
        answer = self.read("site/")
        self.assertEqual(answer["menus"], {"header": [], "footer": []})
        self.assertIsNone(answer["announcement"])
        self.assertIsNone(answer["quick_form"])

    def test_the_quick_form_by_its_slug(self):
        form = self.read("site/")["quick_form"]
        self.assertEqual(
            (form["slug"], form["path"]), ("quick-service", "/quick-service/")
        )

    def test_menus_with_the_level_below(self):
        self.make_menu(Locale.get_default(), self.news.pk)
        link = {"label": "资讯", "href": "/news/"}
        self.assertEqual(
            self.read("site/")["menus"]["header"], [{**link, "children": [link]}]
        )

    def test_menus_lead_to_the_language_asked_for(self):
        translate(home_page(), "en", slug="home-en")
        translate(self.news, "en", slug="news-en")
        self.make_menu(Locale.objects.get(language_code="en"), self.news.pk)
        (link,) = self.read("site/", locale="en")["menus"]["header"]
        self.assertEqual(link["href"], "/en/news-en/")
        self.assertEqual(link["children"][0]["href"], "/en/news-en/")

    def test_the_announcement_of_the_day(self):
        AnnouncementFactory(headline="喜报", link_page=self.news.page_ptr)
        self.assertEqual(
            self.read("site/")["announcement"], {"headline": "喜报", "href": "/news/"}
        )

    def test_an_announcement_does_not_link_to_a_draft(self):
        AnnouncementFactory(link_page=self.news.page_ptr)
        self.news.unpublish()
        self.assertEqual(self.read("site/")["announcement"]["href"], "")

    def test_the_languages_that_the_site_has(self):
        translate(home_page(), "en", slug="home-en")
        self.assertEqual(
            self.read("site/")["locales"],
            [
                {"code": "zh-hans", "name": "简体中文", "path": "/"},
                {"code": "en", "name": "English", "path": "/en/"},
            ],
        )
        self.assertEqual(self.read("site/", locale="en")["home"]["path"], "/en/")
