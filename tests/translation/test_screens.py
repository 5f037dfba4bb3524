"""What editors see of translations in the admin, and what they can do with many at once."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from unittest import mock

import time_machine
import wagtail.admin
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory, SimpleTestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

import cms.translation
from cms.cities.models import City
from cms.translation.following import snippet_models
from cms.translation.jobs import published_pages, start_job, work_on
from cms.translation.models import Job, LanguageRule, Mode, Translator
from cms.translation.notices import marks_of
from cms.translation.permissions import may_translate, translatable_pages
from cms.translation.snippets import SnippetReport
from cms.translation.states import State
from cms.translation.updating import Outcome, update_translation
from home.models import ProvinceContent
from tests.factories import (
    ArticleCategoryFactory,
    CityFactory,
    english_editor,
    home_page,
)
from tests.translation.languages import language
from tests.translation.test_updating import BODY, FollowingTestCase


class ScreenTestCase(FollowingTestCase):
    mode = Mode.ASK

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.english = language("en")
        cls.administrator = english_editor(is_superuser=True)

    def setUp(self):
        self.client.force_login(self.administrator)

    def read(self, name, *args, **query):
        response = self.client.get(reverse(name, args=args), query)
        self.assertEqual(response.status_code, 200)
        return response

    def send(self, name, *args, query="", **data):
        with self.captureOnCommitCallbacks(execute=True):
            response = self.client.post(reverse(name, args=args) + query, data)
        self.assertEqual(response.status_code, 302)
        return response

    def outdated_article(self, **fields):
        article = self.article(**fields)
        self.publish(article)
        self.send("page_translations", article.pk, locales=[self.hant.pk])
        self.publish(article, title=article.title + "新")
        self.assertEqual(self.state(article), State.OUTDATED)
        return article


class PageScreenTests(ScreenTestCase):
    def test_a_page_is_translated_at_one_click(self):
        article = self.article(title="软件")
        self.send("page_translations", article.pk, locales=[self.hant.pk])
        self.assertEqual(self.traditional(article).title, "軟體")
        self.assertTrue(self.traditional(article).live)

    def test_a_tree_is_translated_at_one_click(self):
        article = self.article(title="软件")
        self.send(
            "page_translations",
            self.index.pk,
            locales=[self.hant.pk],
            include_descendants="on",
        )
        self.assertTrue(self.traditional(article).live)
        job = Job.objects.get()
        self.assertEqual((job.position, job.total), (2, 2))
        self.assertContains(self.read("translation_job", job.pk), "2 of 2")

    def test_each_language_shows_how_it_stands(self):
        article = self.outdated_article()
        response = self.read("page_translations", article.pk)
        self.assertContains(response, "Out of date")
        self.assertContains(response, "Not translated")

    def test_who_may_not_publish_may_not_translate(self):
        article = self.article()
        self.client.force_login(english_editor(is_staff=True))
        url = reverse("page_translations", args=[article.pk])
        self.assertEqual(self.client.post(url).status_code, 302)
        self.assertFalse(article.has_translation(self.hant))


class NoticeTests(ScreenTestCase):
    def test_lists_of_pages_show_what_is_out_of_date(self):
        self.outdated_article()
        listing = self.read("wagtailadmin_explore", self.index.pk)
        self.assertContains(listing, "Out of date: Traditional Chinese")
        below = self.read("wagtailadmin_explore", self.traditional(self.index).pk)
        self.assertContains(below, "Out of date: Traditional Chinese")

    def test_lists_say_nothing_of_what_is_up_to_date(self):
        article = self.article()
        self.send("page_translations", article.pk, locales=[self.hant.pk])
        listing = self.read("wagtailadmin_explore", self.index.pk)
        self.assertNotContains(listing, "Out of date")

    def test_marks_cost_as_much_for_many_pages_as_for_one(self):
        pages = [self.article() for _ in range(5)]
        Locale.get_default()
        with self.assertNumQueries(5):  # languages, the state in each of 3, outdated
            marks_of(pages)

    def test_the_source_says_that_a_translation_is_out_of_date(self):
        article = self.outdated_article()
        response = self.read("wagtailadmin_pages:edit", article.pk)
        self.assertContains(response, "Out of date: Traditional Chinese.")
        self.assertContains(response, reverse("page_translations", args=[article.pk]))

    def test_the_translation_says_that_its_source_is_newer(self):
        page = self.traditional(self.outdated_article())
        response = self.read("wagtailadmin_pages:edit", page.pk)
        self.assertContains(response, "the source has been published anew")

    def test_nobody_is_told_of_languages_that_follow_by_themselves(self):
        article = self.outdated_article()
        self.rule.mode = Mode.AUTOMATIC
        self.rule.save()
        response = self.read("wagtailadmin_pages:edit", article.pk)
        self.assertNotContains(response, "Out of date: Traditional Chinese.")


class ReportTests(ScreenTestCase):
    def test_the_report_counts_states_of_each_language(self):
        self.outdated_article(title="甲文")
        self.article(title="乙文")
        response = self.read("language_report")
        languages = {
            each["rule"].locale: dict(each["counts"])
            for each in response.context["languages"]
        }
        self.assertEqual(languages[self.hant][State.OUTDATED], 1)
        self.assertEqual(languages[self.hant][State.MISSING], 1)
        self.assertEqual(languages[self.hant][State.CURRENT], 2)
        self.assertEqual(languages[self.english][State.MISSING], 4)

    def test_the_report_lists_the_pages_of_one_state(self):
        self.outdated_article(title="甲文")
        self.article(title="乙文")
        response = self.read("language_report", language="zh-hant", state="outdated")
        self.assertContains(response, "甲文")
        self.assertNotContains(response, "乙文")

    def test_everything_is_translated_at_one_click(self):
        article = self.article(title="软件")
        self.send("translate_everything", self.hant.pk)
        self.assertTrue(self.traditional(article).live)
        pages = Page.objects.filter(locale=self.hant)
        self.assertEqual(pages.live().count(), 3)

    def test_everything_is_what_somebody_may_work_on(self):
        """An editor of articles has no say in menus and categories."""
        article = self.article(title="软件")
        category = ArticleCategoryFactory()
        editor = english_editor()
        editor.groups.add(Group.objects.get(name="Editors"))
        editor.user_permissions.add(
            Permission.objects.get(codename="submit_translation"),
            Permission.objects.get(codename="access_admin"),
        )
        self.client.force_login(editor)
        self.send("translate_everything", self.hant.pk)
        self.assertFalse(article.has_translation(self.hant))
        self.assertFalse(category.has_translation(self.hant))

    def test_everything_takes_no_more_queries_with_more_pages(self):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                self.client.post(reverse("translate_everything", args=[self.hant.pk]))
            return len(captured)

        self.article(title="甲文")
        queries()  # the first time, more is looked up
        few = queries()
        for number in range(5):
            self.article(title=f"文{number}")
        self.assertEqual(queries(), few)

    def test_pages_that_may_be_translated_are_found_as_one_by_one(self):
        self.article(title="甲文")
        editor = english_editor()
        editor.user_permissions.add(
            Permission.objects.get(codename="submit_translation")
        )
        for names in ([], ["Editors"], ["Moderators"]):
            editor.groups.set(Group.objects.filter(name__in=names))
            user = type(editor).objects.get(pk=editor.pk)
            pages = published_pages(Locale.get_default())
            self.assertEqual(
                list(translatable_pages(user, pages)),
                [page for page in pages if may_translate(user, page)],
                names,
            )
        self.assertTrue(translatable_pages(user, pages).exists())

    def test_what_is_no_page_of_the_site_has_no_languages(self):
        root = Page.objects.get(depth=1)
        response = self.client.get(reverse("page_translations", args=[root.pk]))
        self.assertEqual(response.status_code, 404)

    def test_the_report_is_exported(self):
        self.article(title="乙文")
        response = self.read("language_report", export="csv")
        self.assertIn("乙文", b"".join(response.streaming_content).decode())


class SnippetReportTests(ScreenTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.category = ArticleCategoryFactory(name="软件")

    def update(self):
        update_translation(self.category, self.hant)

    def counts(self, locale):
        response = self.read("snippet_language_report")
        [counts] = [
            dict(each["counts"])
            for each in response.context["languages"]
            if each["rule"].locale == locale
        ]
        return {state: number for state, number in counts.items() if number}

    def row(self, **query):
        rows = self.read("snippet_language_report", **query).context["rows"]
        return {row["name"]: row for row in rows}.get("软件")

    def test_snippets_are_counted_by_state_in_each_language(self):
        self.assertEqual(self.counts(self.hant), {State.MISSING: 1})
        self.update()
        self.assertEqual(self.counts(self.hant), {State.CURRENT: 1})
        self.assertEqual(self.counts(self.english), {State.MISSING: 1})
        self.category.name = "信息"
        self.category.save()
        self.assertEqual(self.counts(self.hant), {State.OUTDATED: 1})
        self.update()
        self.assertEqual(self.counts(self.hant), {State.CURRENT: 1})

    def test_a_snippet_that_lacks_texts_or_is_kept_by_hand_says_so(self):
        update_translation(self.category, self.english)
        self.assertEqual(self.counts(self.english), {State.MISSING: 1})
        copy = self.category.copy_for_translation(self.english)
        copy.save()
        self.assertEqual(self.counts(self.english), {State.INCOMPLETE: 1})
        Translation.objects.update(enabled=False)
        self.assertEqual(self.counts(self.english), {State.BY_HAND: 1})

    def test_a_translation_is_no_source_itself(self):
        self.update()
        self.assertEqual(len(self.read("snippet_language_report").context["rows"]), 1)

    def test_a_long_list_has_pages(self):
        for name in ("甲", "乙"):
            ArticleCategoryFactory(name=name)
        with mock.patch("cms.translation.snippets.PER_PAGE", 2):
            query = {"language": "zh-hant", "state": "missing"}
            first = self.read("snippet_language_report", **query)
            second = self.read("snippet_language_report", **query, p=2)
        self.assertContains(first, "?language=zh-hant&amp;state=missing&amp;p=2")
        names = [
            [row["name"] for row in each.context["rows"]] for each in (first, second)
        ]
        self.assertEqual(names, [["软件", "甲"], ["乙"]])

    def test_the_list_leads_to_where_a_snippet_is_brought_up_to_date(self):
        url = self.row(language="zh-hant")["url"]
        self.assertIn("submit", url)
        self.assertEqual(self.client.get(url).status_code, 200)
        self.update()
        url = self.row(language="zh-hant")["url"]
        copy = self.category.get_translation(self.hant)
        self.assertIn(f"/edit/{copy.pk}/", url)
        self.assertContains(self.client.get(url), "軟體")
        self.assertIsNone(self.row(language="zh-hant", state="missing"))

    def test_all_that_are_behind_are_translated_at_one_click(self):
        page = self.article()
        self.send("translate_snippets", self.hant.pk)
        self.assertEqual(self.counts(self.hant), {State.CURRENT: 1})
        self.assertFalse(page.has_translation(self.hant))

    def test_it_is_closed_to_those_who_may_change_no_snippet(self):
        self.client.force_login(english_editor(is_staff=True))
        for url in (
            reverse("snippet_language_report"),
            reverse("translate_snippets", args=[self.hant.pk]),
        ):
            self.assertEqual(self.client.get(url).status_code, 302)

    def test_it_costs_as_much_for_many_snippets_as_for_one(self):
        self.update()
        request = RequestFactory().get("/")
        request.user = self.administrator
        list(SnippetReport(request).rows)
        for _ in range(5):
            update_translation(ArticleCategoryFactory(), self.hant)
            province = CityFactory(level=City.Level.PROVINCE)
            ProvinceContent.objects.create(
                province=province, locale=Locale.get_default()
            )
        models = len(snippet_models())
        # The main language, the others, their rules; of each of two languages the records (4), what is no source, and
        # of each type the snippets and their translations.
        with self.assertNumQueries(3 + 2 * (5 + 2 * models)):
            report = SnippetReport(request)
            list(report.languages), list(report.rows)


class BulkActionTests(ScreenTestCase):
    def address(self, *pages):
        chosen = "&".join(f"id={page.pk}" for page in pages)
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "translate"])
        return f"{url}?{chosen}"

    def test_chosen_pages_are_brought_up_to_date(self):
        first, second = self.outdated_article(), self.article(title="软件")
        self.assertContains(self.client.get(self.address(first, second)), first.title)
        with self.captureOnCommitCallbacks(execute=True):
            response = self.client.post(
                self.address(first, second), {"locales": [self.hant.pk]}
            )
        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.state(first), State.CURRENT)
        self.assertEqual(self.state(second), State.CURRENT)

    def test_pages_below_come_along(self):
        article = self.article(title="软件")
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(
                self.address(home_page()),
                {"locales": [self.hant.pk], "include_descendants": "on"},
            )
        self.assertTrue(self.traditional(article).live)


class JobTests(ScreenTestCase):
    def test_a_job_goes_on_where_it_was_stopped(self):
        articles = [self.article() for _ in range(3)]
        job = start_job(self.hant, articles, title="甲")
        Job.objects.filter(pk=job.pk).update(position=1)
        work_on(job.pk)
        translated = [each.has_translation(self.hant) for each in articles]
        self.assertEqual(translated, [False, True, True])

    def test_a_failure_does_not_keep_the_others_waiting(self):
        articles = [self.article() for _ in range(2)]
        job = start_job(self.hant, articles, title="甲")
        results = [RuntimeError, Outcome.PUBLISHED]
        with mock.patch("cms.translation.jobs.update_translation", side_effect=results):
            work_on(job.pk)
        job.refresh_from_db()
        self.assertEqual(job.outcomes, {"failed": 1, "published": 1})
        self.assertEqual(job.failures, [["articles.articlepage", str(articles[0].pk)]])
        self.assertContains(self.read("translation_job", job.pk), articles[0].title)

    def test_a_job_whose_worker_was_stopped_is_done_to_the_end(self):
        article = self.article()
        job = start_job(self.hant, [article], title="甲")
        call_command("resume_translations", stdout=StringIO())
        self.assertFalse(article.has_translation(self.hant))
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            call_command("resume_translations", stdout=StringIO())
        self.assertTrue(article.has_translation(self.hant))
        self.assertIsNotNone(Job.objects.get(pk=job.pk).finished_at)

    def test_what_was_deleted_meanwhile_is_left_out(self):
        article = self.article()
        job = start_job(self.hant, [article], title="甲")
        article.delete()
        work_on(job.pk)
        job.refresh_from_db()
        self.assertEqual(job.outcomes, {})


class LanguageFormTests(ScreenTestCase):
    def test_a_language_is_added_without_a_line_of_code(self):
        Locale.objects.get(language_code="en").delete()
        component = LanguageRule._meta.db_table
        self.send(
            "wagtaillocales:add",
            **{
                "language_code": "en",
                f"component-{component}-enabled": "on",
                f"component-{component}-source": home_page().locale_id,
                f"component-{component}-translator": Translator.PEOPLE,
                f"component-{component}-mode": Mode.ASK,
            },
        )
        rule = LanguageRule.objects.get(locale__language_code="en")
        self.assertEqual((rule.mode, rule.publishes), (Mode.ASK, False))


class CommandTests(ScreenTestCase):
    def translate(self, *args):
        output = StringIO()
        call_command("translate", *args, stdout=output)
        return output.getvalue()

    def test_everything_is_translated(self):
        article = self.article(title="软件")
        self.translate("zh-hant")
        self.assertTrue(self.traditional(article).live)
        self.assertIn("3", self.translate("zh-hant"))

    def test_the_command_prints_progress_and_no_log_lines(self):
        self.article(title="软件")
        with self.assertNoLogs("wagtail", level="INFO"):
            output = self.translate("zh-hant")
        self.assertIn(f"{Outcome.PUBLISHED.label}: 3", output)
        with self.assertLogs("wagtail", level="INFO"):
            self.index.save_revision().publish()

    def test_one_page_or_a_tree(self):
        first, second = self.article(), self.article()
        self.translate("zh-hant", f"--page={first.pk}")
        self.assertFalse(second.has_translation(self.hant))
        self.translate("zh-hant", f"--tree={self.index.pk}")
        self.assertTrue(second.has_translation(self.hant))

    def test_an_unknown_language_is_named_with_the_known_ones(self):
        with self.assertRaisesMessage(CommandError, "zh-hans"):
            self.translate("fr")


class QueryTests(ScreenTestCase):
    def queries(self, page) -> int:
        self.client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            response = self.client.get(page.url)
        self.assertEqual(response.status_code, 200)
        return len(queries)

    @override_settings(DELIVERY={**settings.DELIVERY, "CACHE": False})
    def test_a_translated_page_costs_what_its_source_costs(self):
        """And one query with which Wagtail finds the home page of the language."""
        article = self.article(title="软件")
        self.publish(article, body=BODY)
        self.send("page_translations", article.pk, locales=[self.hant.pk])
        self.client.logout()
        self.assertEqual(
            self.queries(self.traditional(article)), self.queries(article) + 1
        )


def words(text: str) -> str:
    """As djade writes them."""
    text = text.replace("{% trans ", "{% translate ").replace("'", '"')
    return " ".join(text.split())


class CopiedTemplateTests(SimpleTestCase):
    def test_wagtails_indicator_is_still_the_one_that_ours_was_made_from(self):
        name = "wagtailadmin/pages/listing/_locked_indicator.html"
        theirs = Path(wagtail.admin.__file__).parent / "templates" / name
        ours = Path(cms.translation.__file__).parent / "templates" / name
        indicator = theirs.read_text().partition("{% if page.locked %}")[2]
        self.assertIn(words(indicator), words(ours.read_text()))
