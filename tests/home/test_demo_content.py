"""The demo content: complete, valid, harmless, and loaded only into an empty site."""

import re
from io import StringIO

import phonenumbers
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase
from wagtail.models import Page, Revision, Site

from articles.models import ArticlePage
from cms.cities.models import City
from cms.core.blocks import BodyBlock
from cms.core.models import Announcement, Menu, SiteSettings
from cms.images.models import CustomImage
from home.demo.content_files import CONTENT, FOLDER, read
from home.models import CityPage, CityReadiness, HomePage

# Words that advertising law forbids or that promise what nobody can promise.
FORBIDDEN = re.compile(
    "国家级|最(?!近|后|终)|第一(?!百)|顶级|极致|首选|唯一|独家|独一无二|领先|领导品牌|权威|王牌|冠军"
    "|绝对|万能|百分之百|100 ?%|保过|包过(?!程)|包通过|零风险|驰名|永久|史无前例"
)


def load():
    output = StringIO()
    call_command("load_demo_content", stdout=output)
    return output.getvalue()


def load_registers():
    call_command("load_cities", stdout=StringIO())
    call_command("load_projects", stdout=StringIO())


def walk(value):
    """Every table and list inside a raw stream, itself included."""
    yield value
    inner = value.values() if isinstance(value, dict) else value
    for item in inner:
        if isinstance(item, dict | list):
            yield from walk(item)


class DemoContentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_registers()
        cls.output = load()
        cls.pages = list(Page.objects.filter(depth__gte=2).specific())
        cls.bodies = [page.body for page in cls.pages if getattr(page, "body", None)]

    def test_says_what_it_did(self):
        self.assertRegex(
            self.output.strip().splitlines()[-1],
            r"^38 pages published in \d+ seconds\.$",
        )

    def test_loading_again_changes_nothing(self):
        revisions = Revision.objects.count()
        self.assertEqual(load(), "The site has pages already: nothing was changed.\n")
        self.assertEqual(Revision.objects.count(), revisions)
        self.assertEqual(Page.objects.filter(depth__gte=2).count(), len(self.pages))

    def test_every_page_answers(self):
        for page in self.pages:
            with self.subTest(page.url):
                self.assertEqual(self.client.get(page.url).status_code, 200)

    def test_every_page_is_published_with_a_revision_and_nothing_left_to_publish(self):
        for page in self.pages:
            with self.subTest(page.url):
                self.assertTrue(page.live)
                self.assertIsNotNone(page.live_revision)
                self.assertFalse(page.has_unpublished_changes)

    def test_every_page_has_words_for_search_engines_and_lists(self):
        for page in self.pages:
            with self.subTest(page.url):
                self.assertTrue(page.resolved.search_description)
                self.assertTrue(page.summary_text)
                page.full_clean()

    def test_every_block_of_the_vocabulary_occurs(self):
        used = {
            item["type"]
            for body in self.bodies
            for item in walk(body.get_prep_value())
            if isinstance(item, dict) and "type" in item
        }
        self.assertLessEqual(set(BodyBlock().child_blocks), used)

    def test_every_value_is_one_that_an_editor_could_save(self):
        for page in self.pages:
            with self.subTest(page.url):
                for name in ("body", "fields"):
                    if stream := getattr(page, name, None):
                        stream.stream_block.clean(stream)
        for menu in Menu.objects.all():
            menu.items.stream_block.clean(menu.items)

    def test_every_item_of_a_list_has_an_id(self):
        """Without one, wagtail-localize leaves the item out of a translation."""
        streams = [*self.bodies, *(menu.items for menu in Menu.objects.all())]
        for stream in streams:
            for item in walk(stream.get_prep_value()):
                if isinstance(item, dict) and "type" in item:
                    self.assertTrue(item.get("id"), item)

    def test_articles_differ_in_what_lists_and_filters_show(self):
        articles = ArticlePage.objects.all()
        self.assertEqual(articles.count(), 16)
        for name in ("category", "cover_image", "author", "initial_views"):
            values = set(articles.values_list(name, flat=True))
            self.assertNotIn(None, values)
            self.assertGreaterEqual(len(values), 4, name)
        dates = articles.order_by("published_at").values_list("published_at", flat=True)
        self.assertGreater((dates.last() - dates.first()).days, 365)
        for article in articles:
            self.assertTrue(article.tags.exists(), article)

    def test_city_pages_have_text_of_their_own_but_for_the_one_that_shows_inheritance(
        self,
    ):
        sentences = [
            sentence
            for page in CityPage.objects.all()
            for sentence in re.findall(r"[^。？：“”]{12,}。", str(page.body))
        ]
        self.assertEqual(len(sentences), len(set(sentences)))
        self.assertEqual(CityPage.objects.count(), 17)
        nanchong = CityPage.objects.get(slug="nanchong")
        self.assertEqual(nanchong.inherit_text("body").origin, "province")
        self.assertEqual(nanchong.inherit_text("search_description").origin, "national")
        self.assertEqual(nanchong.resolved.title, "南充认证咨询")

    def test_every_city_page_is_ready_for_search_engines(self):
        call_command("refresh_readiness", stdout=StringIO())
        of_pages = CityReadiness.objects.all()
        self.assertEqual(of_pages.filter(is_ready=True, warnings=[]).count(), 16)

    def test_most_branches_can_be_reached(self):
        cities = City.objects.filter(pages__isnull=False)
        with_phone = cities.exclude(phone="")
        self.assertGreater(with_phone.count(), cities.count() * 0.75)
        for city in with_phone:
            self.assertTrue(city.phone.startswith(city.area_code), city)
            number = phonenumbers.parse(city.phone, "CN")
            self.assertTrue(phonenumbers.is_valid_number(number), city)

    def test_the_surroundings_are_set(self):
        site = Site.objects.get(is_default_site=True)
        of_site = SiteSettings.for_site(site)
        self.assertEqual(of_site.default_city.slug, "chengdu")
        self.assertEqual(of_site.quick_form.slug, "quick-service")
        self.assertEqual(of_site.social_accounts.count(), 2)
        self.assertEqual(Menu.objects.count(), 2)
        announcement = Announcement.objects.current().get()
        self.assertEqual(announcement.link_page.specific.kicker, "喜报")

    def test_canonical_links_lead_to_where_the_site_answers(self):
        site = Site.objects.get(is_default_site=True)
        self.assertEqual(site.root_url, settings.WAGTAILADMIN_BASE_URL)


class EditorsValuesTests(TestCase):
    """Somebody has begun to set up the site before the demo content comes."""

    @classmethod
    def setUpTestData(cls):
        load_registers()
        home = HomePage.objects.get()
        City.objects.cities().filter(slug="chengdu").update(phone="028-12340000")
        site = Site.objects.get(is_default_site=True)
        of_site = SiteSettings.for_site(site)
        of_site.organisation = "自己的名称"
        of_site.save()
        Menu.objects.create(slot="header", locale=home.locale, items=[])
        Announcement.objects.create(locale=home.locale, headline="自己的公告")
        load()

    def test_what_was_set_stays_and_the_rest_comes(self):
        chengdu = City.objects.cities().get(slug="chengdu")
        self.assertEqual(chengdu.phone, "028-12340000")
        self.assertTrue(chengdu.address)
        of_site = SiteSettings.objects.get()
        self.assertEqual(of_site.organisation, "自己的名称")
        self.assertTrue(of_site.legal_name)
        self.assertEqual(len(Menu.objects.get(slot="header").items), 0)
        self.assertGreater(len(Menu.objects.get(slot="footer").items), 0)
        self.assertEqual(Announcement.objects.get().headline, "自己的公告")


class OtherRootPageTests(TestCase):
    def test_a_site_whose_root_is_no_home_page_is_refused(self):
        Site.objects.update(root_page=Page.objects.get(depth=1))
        with self.assertRaisesMessage(CommandError, "not a home page"):
            load()


class DemoFilesTests(SimpleTestCase):
    def test_no_text_says_what_advertising_may_not(self):
        for path in CONTENT.rglob("*.toml"):
            text = path.read_text(encoding="utf-8")
            self.assertEqual(FORBIDDEN.findall(text), [], path.name)

    def test_links_lead_to_example_domains_only(self):
        for path in CONTENT.rglob("*.toml"):
            text = path.read_text(encoding="utf-8")
            hosts = set(re.findall(r"https?://([^/\"]+)", text))
            self.assertLessEqual(hosts, {"example.com"}, path.name)

    def test_chinese_is_set_with_full_width_punctuation(self):
        half_width = re.compile(r"[一-鿿”》）][,:;?!]|[,:;?!][一-鿿“《]")
        for path in CONTENT.rglob("*.toml"):
            text = path.read_text(encoding="utf-8")
            self.assertEqual(half_width.findall(text), [], path.name)

    def test_every_image_is_small_described_and_used(self):
        described = read("images")
        files = {path.stem: path for path in (FOLDER / "images").iterdir()}
        self.assertEqual(files.keys(), described.keys())
        content = "".join(path.read_text("utf-8") for path in CONTENT.rglob("*.toml"))
        for name, path in files.items():
            self.assertLess(path.stat().st_size, 60_000, name)
            self.assertTrue(described[name]["alt"], name)
            self.assertIn(f'"{name}"', content)

    def test_every_document_is_of_a_kind_that_can_be_uploaded(self):
        files = {path.name for path in (FOLDER / "documents").iterdir()}
        self.assertEqual(files, {entry["file"] for entry in read("documents").values()})
        for name in files:
            self.assertIn(name.rpartition(".")[2], settings.WAGTAILDOCS_EXTENSIONS)

    def test_alternative_texts_fit_their_field(self):
        longest = CustomImage._meta.get_field("description").max_length
        for name, image in read("images").items():
            self.assertLessEqual(len(image["alt"]), longest, name)
