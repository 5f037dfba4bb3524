"""Parts that pages share are remembered between answers, and forgotten by what they show."""

from datetime import timedelta
from unittest.mock import Mock

import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Site

from cms.core.models import Menu, SiteSettings
from cms.core.remembering import remember
from cms.delivery import fragments as module
from cms.delivery.collecting import collecting
from cms.delivery.following import apply, read_log
from cms.delivery.fragments import fragments
from cms.pageviews.models import ViewTotal
from tests.delivery.caching import CacheTestCase, forget_transaction
from tests.factories import (
    AnnouncementFactory,
    ArticlePageFactory,
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    restrict,
    translate,
)


class FragmentTestCase(CacheTestCase):
    def setUp(self):
        super().setUp()
        fragments.clear()
        fragments.is_followed = True
        self.addCleanup(setattr, fragments, "is_followed", False)
        self.addCleanup(fragments.clear)
        # Wagtail remembers in the process where sites begin.
        self.addCleanup(Site.clear_site_root_paths_cache)

    def follow(self):
        """As a follower does."""
        forget_transaction()
        memory = self.cache.memory
        apply(memory, read_log(memory.position))

    def build(self, path=None):
        """An answer that is not in memory yet, from the parts that are."""
        self.cache.memory.drop_all()
        return self.ask(path).body.decode()


class DraftHomeTests(FragmentTestCase):
    def test_versions_come_and_go_with_the_home_page_of_their_language(self):
        home = translate(self.article.get_site().root_page, "en", slug="home-en")
        translate(self.article.get_parent(), "en", slug="news")
        version = translate(self.article, "en", slug="english-version")
        link = version.get_url_parts()[2]
        self.follow()
        self.assertIn(link, self.ask().body.decode())
        home.unpublish()
        self.follow()
        self.assertNotIn(link, self.ask().body.decode())
        home.save_revision().publish()
        self.follow()
        self.assertIn(link, self.ask().body.decode())


class SharedPartTests(FragmentTestCase):
    def test_what_pages_share_is_asked_for_once(self):
        article = self.article
        parent, category = article.get_parent(), article.category
        other = ArticlePageFactory(parent=parent, category=category)
        self.follow()
        self.build()
        # The page, its cities, its tags.
        with self.assertNumQueries(3):
            self.build(other.get_url_parts()[2])

    def test_pages_are_the_same_as_without(self):
        for name, page in self.pages.items():
            with self.subTest(name):
                path = page.get_url_parts()[2]
                fragments.is_followed = False
                plain = self.build(path)
                fragments.is_followed = True
                for _time in range(2):
                    self.assertHTMLEqual(self.build(path), plain)

    def test_languages_have_parts_of_their_own(self):
        translate(self.pages["home"], "en", title="Home")
        news = translate(self.pages["articles"], "en", title="News")
        self.follow()
        paths = ("/en/", news.get_url_parts()[2], "/", self.path)
        fragments.is_followed = False
        plain = [self.build(path) for path in paths]
        fragments.is_followed = True
        for _time in range(2):
            for path, expected in zip(paths, plain, strict=True):
                self.assertHTMLEqual(self.build(path), expected)

    def test_first_translation_is_linked(self):
        self.assertNotIn('hreflang="en"', self.build("/"))
        translate(self.pages["home"], "en", title="Home")
        self.follow()
        self.assertIn('hreflang="en"', self.build("/"))

    def assert_forgotten(self, text):
        """After the edit and before it, the page is built from parts that are remembered."""
        self.follow()
        self.assertIn(text, self.build())

    def edit(self, instance, **values):
        for name, value in values.items():
            setattr(instance, name, value)
        instance.save()

    def test_settings(self):
        self.build()
        settings = SiteSettings.for_site(Site.objects.get())
        self.edit(settings, organisation="另一个名字", icp_number="蜀ICP备1号")
        self.assert_forgotten("另一个名字")
        self.assertIn("蜀ICP备1号", self.build())

    def test_menu(self):
        self.build()
        item = {
            "type": "link",
            "value": {"label": "新链接", "url": "https://a.example/"},
        }
        Menu.objects.update_or_create(
            slot=Menu.Slot.HEADER,
            locale=Locale.get_default(),
            defaults={"items": [item]},
        )
        self.assert_forgotten("新链接")

    def test_address_of_a_page_that_a_menu_leads_to(self):
        news = self.pages["articles"]
        item = {"type": "link", "value": {"label": "资讯", "page": news.pk}}
        Menu.objects.update_or_create(
            slot=Menu.Slot.FOOTER,
            locale=Locale.get_default(),
            defaults={"items": [item]},
        )
        self.follow()
        home = "/"
        self.build(home)
        self.edit(news, slug="elsewhere")
        self.follow()
        self.assertIn('href="/elsewhere/">资讯', self.build(home))

    def test_announcement(self):
        self.build()
        AnnouncementFactory(headline="新喜报", starts_at=timezone.now())
        self.assert_forgotten("新喜报")

    def test_form(self):
        self.build()
        form = self.pages["form"]
        self.edit(form, submit_label="现在提交")
        self.assert_forgotten("现在提交")

    def test_form_that_is_withdrawn(self):
        self.assertIn("quick-form__submit", self.build())
        self.pages["form"].unpublish()
        self.follow()
        self.assertNotIn("quick-form__submit", self.build())

    def test_whole_answers_depend_on_the_parts_that_they_use(self):
        self.build()
        self.ask()
        self.build()
        self.assertTrue(self.ask().is_hit)
        self.edit(self.pages["form"], submit_label="现在提交")
        self.follow()
        answer = self.ask()
        self.assertFalse(answer.is_hit)
        self.assertIn("现在提交", answer.body.decode())

    def test_announcement_begins_and_ends_in_time(self):
        now = timezone.now()
        AnnouncementFactory(
            headline="新喜报",
            starts_at=now + timedelta(minutes=1),
            ends_at=now + timedelta(minutes=2),
        )
        self.follow()
        self.assertNotIn("新喜报", self.build())
        with time_machine.travel(now + timedelta(seconds=90)):
            self.assertIn("新喜报", self.build())
        with time_machine.travel(now + timedelta(seconds=150)):
            self.assertNotIn("新喜报", self.build())

    def test_answer_made_of_a_part_ends_with_the_announcement_too(self):
        AnnouncementFactory(
            starts_at=timezone.now() - timedelta(hours=1),
            ends_at=timezone.now() + timedelta(seconds=20),
        )
        self.follow()
        for _time in range(2):
            self.build()
            [entry] = self.cache.memory.entries.values()
            self.assertLessEqual(entry.expires - module.time.monotonic(), 20)

    def test_form_that_closes_ends_the_life_of_part_and_answer(self):
        now = timezone.now()
        self.edit(self.pages["form"], closes_at=now + timedelta(seconds=30))
        self.follow()
        for _time in range(2):
            self.build()
            [entry] = self.cache.memory.entries.values()
            self.assertLessEqual(entry.expires - module.time.monotonic(), 30)
        with time_machine.travel(now + timedelta(seconds=31)):
            self.assertIn("quick-form--closed", self.build())

    def test_page_is_named_beside_the_form(self):
        self.build("/")
        html = self.build()
        beside = f'name="_page" value="{self.article.pk}" form="quick-form"'
        self.assertEqual(html.count(beside), 1)

    def test_newest_articles_of_a_category(self):
        self.build()
        ArticlePageFactory(
            title="新的",
            parent=self.article.get_parent(),
            category=self.article.category,
        )
        self.assert_forgotten("新的")

    def test_restricted_article_is_not_read_next(self):
        other = ArticlePageFactory(
            title="新的",
            parent=self.article.get_parent(),
            category=self.article.category,
        )
        self.follow()
        self.assertIn("新的", self.build())
        restrict(other)
        self.follow()
        self.assertNotIn("新的", self.build())

    def test_article_does_not_lead_to_itself(self):
        html = self.build()
        self.assertNotIn(f'article-lines__link" href="{self.path}"', html)

    def test_page_above_that_moves_elsewhere(self):
        self.build()
        self.edit(self.pages["articles"], slug="elsewhere")
        self.follow()
        self.assertEqual(self.ask().status, 404)
        self.assertEqual(self.ask("/elsewhere/good-news/").status, 200)

    def test_site_that_gets_another_home_page(self):
        self.build()
        Site.objects.update(root_page=self.pages["articles"])
        self.follow()
        self.assertEqual(self.ask().status, 404)

    def test_city_page_leads_to_the_list_that_it_stands_in(self):
        """There may be another one on the site, which other pages lead to."""
        other = CityIndexPageFactory(slug="branches")
        page = CityPageFactory(parent=other, city=CityFactory())
        self.follow()
        link = 'class="city-switch__link" href="/branches/"'
        self.assertNotIn(link, self.build())
        self.assertIn(link, self.build(page.get_url_parts()[2]))

    def test_link_to_the_page_itself_is_marked_on_that_page_only(self):
        news = self.pages["articles"]
        item = {"type": "link", "value": {"label": "资讯", "page": news.pk}}
        Menu.objects.update_or_create(
            slot=Menu.Slot.HEADER,
            locale=Locale.get_default(),
            defaults={"items": [item]},
        )
        self.follow()
        path = news.get_url_parts()[2]
        mark = f'href="{path}" aria-current="page"'
        self.assertNotIn(mark, self.build("/"))
        self.assertIn(mark, self.build(path))
        self.assertNotIn(mark, self.build("/"))


class NobodyInParticularTests(FragmentTestCase):
    def test_who_has_signed_in_gets_and_makes_none(self):
        get_user_model().objects.create_superuser("editor", password="x")
        client = Client()
        client.login(username="editor", password="x")
        self.ask(cookie=f"sessionid={client.cookies['sessionid'].value}")
        client.get(self.path)
        self.assertFalse(fragments.entries)

    def test_preview_gets_and_makes_none(self):
        self.article.make_preview_request()
        self.assertFalse(fragments.entries)

    def test_nothing_is_remembered_before_somebody_follows_the_log(self):
        fragments.is_followed = False
        self.build()
        self.assertFalse(fragments.entries)


class RememberTests(FragmentTestCase):
    """`remember` itself, while an answer is built."""

    def remember(self, build=None, key="a"):
        with collecting() as collector:
            value = remember((key,), build or (lambda: Site.objects.get().hostname))
        return value, collector

    def test_tags_reach_every_answer_that_uses_it(self):
        site = Site.objects.get()
        for _time in range(2):
            _value, collector = self.remember()
            self.assertIn(f"site-{site.pk}", collector.all_tags())
            self.assertIn("all-wagtailcore.site", collector.all_tags())
        self.assertEqual(len(fragments.entries), 1)

    def test_parts_of_parts_pass_on_their_tags(self):
        def outer():
            return remember(("inner",), lambda: Site.objects.get().hostname)

        self.remember(key="inner", build=lambda: Site.objects.get().hostname)
        self.remember(outer)
        fragments.forget([f"site-{Site.objects.get().pk}"])
        self.assertFalse(fragments.entries)

    def test_nobody_shares_an_object(self):
        first, _collector = self.remember(SiteSettings.objects.get)
        second, _collector = self.remember(SiteSettings.objects.get)
        self.assertEqual(first, second)
        self.assertIsNot(first, second)

    def test_edit_while_it_is_built_keeps_it_out(self):
        site = Site.objects.get()

        def build():
            hostname = Site.objects.get().hostname
            fragments.forget([f"site-{site.pk}"])
            return hostname

        self.remember(build)
        self.assertFalse(fragments.entries)

    def test_edit_of_something_else_does_not(self):
        def build():
            fragments.forget(["page-0"])
            return Site.objects.get().hostname

        self.remember(build)
        self.assertTrue(fragments.entries)

    def test_build_that_outlasts_what_is_known_of_changes_is_not_kept(self):
        def build():
            fragments.forget(["page-0"])
            fragments.recent.clear()
            return 1

        self.remember(build)
        self.assertFalse(fragments.entries)

    def test_what_asks_for_query_or_cookies_is_not_kept(self):
        for name in ("use_parameter", "use_cookie"):

            def build(name=name):
                from cms.delivery.collecting import current

                getattr(current(), name)("city")
                return 1

            _value, collector = self.remember(build)
            self.assertFalse(fragments.entries)
            self.assertIn("city", collector.parameters | collector.cookies)

    def test_what_cannot_be_followed_is_not_kept_nor_is_the_answer(self):
        def read_raw():
            return Site.objects.raw("SELECT * FROM wagtailcore_site")[0].hostname

        _value, collector = self.remember(read_raw)
        self.assertFalse(fragments.entries)
        self.assertEqual(collector.refusal, "raw-sql")

    def test_what_grows_old_is_not_kept_and_shortens_the_answer(self):
        _value, collector = self.remember(ViewTotal.objects.first)
        self.assertFalse(fragments.entries)
        self.assertEqual(collector.seconds, 55)

    def test_it_is_built_anew_now_and_then_in_any_case(self):
        build = Mock(return_value=1)
        self.remember(build)
        [fragment] = fragments.entries.values()
        fragments.entries[("a",)] = fragment._replace(expires=0)
        self.remember(build)
        self.assertEqual(build.call_count, 2)

    def test_memory_is_bounded(self):
        for number in range(20):
            self.remember(lambda: "x" * 1_000_000, key=str(number))
        self.assertLessEqual(fragments.bytes, 8_000_000)
        self.assertGreater(len(fragments.entries), 5)
        self.assertNotIn(("0",), fragments.entries)
