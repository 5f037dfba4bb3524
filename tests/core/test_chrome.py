from datetime import timedelta

from django.test import RequestFactory, TestCase
from django.utils import timezone
from wagtail.models import Locale, Site

from cms.core.chrome import get_chrome
from cms.core.models import Announcement, Menu, SiteSettings
from forms.models import FormPage
from home.models import HomePage


class ChromeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = HomePage.objects.get()
        cls.form = cls.home.add_child(
            instance=FormPage(title="快速办理通道", slug="quick-service")
        )
        cls.settings = SiteSettings.for_site(Site.objects.get())
        cls.settings.quick_form = cls.form.page_ptr
        cls.settings.save()

    def chrome(self):
        return get_chrome(RequestFactory().get("/", headers={"host": "localhost"}))

    def test_nothing_is_looked_up_before_it_is_asked_for(self):
        with self.assertNumQueries(2):  # the site, the locale
            self.chrome()

    def test_the_chosen_form_is_offered_as_what_it_is(self):
        self.assertEqual(self.chrome().quick_form, self.form)

    def test_an_unpublished_form_is_not_offered(self):
        self.form.unpublish()
        self.assertIsNone(self.chrome().quick_form)

    def test_menus_of_other_languages_are_not_shown(self):
        english = Locale.objects.create(language_code="en")
        for locale, label in ((english, "News"), (Locale.get_default(), "资讯")):
            link = {"label": label, "url": "https://example.com/"}
            Menu.objects.create(
                slot=Menu.Slot.HEADER,
                locale=locale,
                items=[{"type": "link", "value": link}],
            )
        labels = [link.label for link in self.chrome().header_menu]
        self.assertEqual(labels, ["资讯"])

    def test_the_announcement_is_the_newest_one_in_its_time(self):
        for hours, headline in ((2, "旧喜报"), (1, "新喜报"), (-1, "未来的喜报")):
            Announcement.objects.create(
                headline=headline,
                starts_at=timezone.now() - timedelta(hours=hours),
                locale=Locale.get_default(),
            )
        self.assertEqual(self.chrome().announcement.headline, "新喜报")
