import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import translation
from wagtail.models import Locale

from articles.models import ArticlePage
from cms.core.models import Announcement
from tests.articles.sample_pages import FOLDER, NEWS_HTML, NEWS_TEXT
from tests.factories import ArticleIndexPageFactory, home_page

TEXT = "三十家茶厂把自己的台账摊在长桌上,谁都可以翻。"


class ImportArticlesTests(TestCase):
    def setUp(self):
        self.enterContext(translation.override("en"))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.index = ArticleIndexPageFactory(slug="news")

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def run_import(self, *args) -> str:
        """What the command prints. Fails when the command does."""
        self.stdout, self.stderr = StringIO(), StringIO()
        call_command("import_articles", *args, stdout=self.stdout, stderr=self.stderr)
        return self.stdout.getvalue()

    def assert_fails(self, *args, message: str):
        with self.assertRaisesMessage(CommandError, message):
            self.run_import(*args)

    def test_a_folder_is_imported_with_one_summary(self):
        output = self.run_import(FOLDER)
        self.assertEqual(ArticlePage.objects.child_of(self.index).count(), 2)
        self.assertEqual(output.splitlines()[-1], "created: 2, unchanged: 1")

    def test_importing_twice_changes_nothing(self):
        self.run_import(FOLDER)
        pages = list(ArticlePage.objects.values())
        output = self.run_import(FOLDER)
        self.assertEqual(list(ArticlePage.objects.values()), pages)
        self.assertEqual(output.splitlines()[-1], "unchanged: 3")

    def test_a_dry_run_prints_what_was_understood_and_saves_nothing(self):
        output = self.run_import(NEWS_TEXT, "--dry-run")
        for understood in (
            "announcement: 喜报!青榆认证连续三年",
            "title: 让每一罐茶都查得到来路",
            "source: 青榆认证中心",
            "updated: 2024-03-05",
            "earlier views: 2716",
            "key_points (3): 三十家茶厂",
            "heading: 一本台账从哪里开始",
            "named_points (2): 县域茶厂互查计划。",
            "left out: 快速办理通道 · 姓 名*",
            "read: 1",
        ):
            with self.subTest(understood):
                self.assertIn(understood, output)
        self.assertFalse(ArticlePage.objects.exists())
        self.assertFalse(Announcement.objects.exists())

    def test_a_dry_run_asks_nothing_of_the_database(self):
        with self.assertNumQueries(0):
            self.run_import(NEWS_TEXT, "--dry-run")

    def test_publishing_makes_the_page_public(self):
        self.run_import(NEWS_TEXT, "--publish")
        self.assertTrue(ArticlePage.objects.get().live)
        self.assertTrue(Announcement.objects.current().exists())

    def test_bad_files_are_reported_while_the_others_go_on(self):
        self.write("a.txt", "")
        (self.folder / "b.txt").write_bytes(b"\x89PNG\0\0")
        shutil.copy(NEWS_TEXT, self.folder / "c.txt")
        self.write("d.txt", "茶厂的一天")
        self.assert_fails(
            self.folder,
            self.folder / "nowhere.txt",
            message="4 files were not imported.",
        )
        self.assertEqual(
            self.stderr.getvalue().splitlines(),
            [
                f"{self.folder}/a.txt: The file is empty.",
                f"{self.folder}/b.txt: This is a binary file, not text.",
                f"{self.folder}/d.txt: There is no text below the title.",
                f"{self.folder}/nowhere.txt: There is no such file.",
            ],
        )
        self.assertIn("c.txt: created", self.stdout.getvalue())
        self.assertIn("created: 1", self.stdout.getvalue())

    def test_a_value_that_the_page_refuses_is_the_reason(self):
        self.write("a.txt", f"茶厂的一天\n新闻来源:{'某' * 81}\n{TEXT}")
        self.assert_fails(self.folder, message="1 file was not imported.")
        self.assertIn("source_name: Ensure this value", self.stderr.getvalue())

    def test_two_files_of_one_article_do_not_take_turns(self):
        head = "茶厂的一天\n更新时间:2024-03-05\n"
        first = self.write("a.txt", f"{head}{TEXT}")
        self.write("b.txt", f"{head}{TEXT}{TEXT}")
        for _time in range(2):
            self.assert_fails(self.folder, message="1 file was not imported.")
            self.assertIn(
                f"b.txt: Title, source and date are those of {first}",
                self.stderr.getvalue(),
            )
        self.assertEqual(ArticlePage.objects.get().revisions.count(), 1)

    def test_what_could_not_be_kept_is_told(self):
        self.assertIn("  ! 1 picture is not imported.", self.run_import(FOLDER))

    def test_a_folder_without_pages_is_an_error(self):
        self.assert_fails(
            self.folder, message="There are no .txt, .html or .htm files."
        )


class ParentTests(TestCase):
    def setUp(self):
        self.enterContext(translation.override("en"))

    def run_import(self, *args):
        call_command("import_articles", NEWS_HTML, *args, stdout=StringIO())
        return ArticlePage.objects.get().get_parent()

    def assert_fails(self, *args, message: str):
        with self.assertRaisesMessage(CommandError, message):
            self.run_import(*args)
        self.assertFalse(ArticlePage.objects.exists())

    def test_without_a_list_there_is_nowhere_to_import_to(self):
        self.assert_fails(
            message="There is no article list to import into: create one first."
        )

    def test_of_several_lists_one_must_be_named(self):
        news = ArticleIndexPageFactory(slug="news")
        cases = ArticleIndexPageFactory(slug="cases")
        self.assert_fails(
            message="There are several article lists. Say which with --parent: "
            f"{news.pk} (/news/), {cases.pk} (/cases/)."
        )

    def test_a_list_is_named_by_its_id_or_its_path(self):
        ArticleIndexPageFactory(slug="news")
        cases = ArticleIndexPageFactory(slug="cases")
        for name in (str(cases.pk), "/cases/", "cases"):
            with self.subTest(name):
                self.assertEqual(self.run_import("--parent", name).pk, cases.pk)

    def test_a_list_that_does_not_exist_is_an_error(self):
        news = ArticleIndexPageFactory(slug="news")
        for name in ("/cases/", "99999", str(home_page().pk)):
            with self.subTest(name):
                self.assert_fails(
                    "--parent",
                    name,
                    message=f"There is no such article list. There are: {news.pk} (/news/).",
                )

    def test_the_language_chooses_among_lists(self):
        ArticleIndexPageFactory(slug="news")
        english, _created = Locale.objects.get_or_create(language_code="en")
        home = home_page().copy_for_translation(english)
        news = ArticleIndexPageFactory(slug="news", parent=home, locale=english)
        self.assertEqual(self.run_import("--locale", "en").pk, news.pk)
        self.assertEqual(ArticlePage.objects.get().locale, english)

    def test_a_language_without_list_is_an_error(self):
        news = ArticleIndexPageFactory(slug="news")
        self.assert_fails("--locale", "en", message=f"There are: {news.pk} (/news/).")


class ProcessTests(TestCase):
    def test_a_bad_file_ends_in_exit_code_1(self):
        process = subprocess.run(
            [
                sys.executable,
                "manage.py",
                "import_articles",
                "nowhere.txt",
                "--dry-run",
            ],
            capture_output=True,
            text=True,
        )
        self.assertEqual(process.returncode, 1)
        self.assertIn("nowhere.txt: ", process.stderr)
        self.assertNotIn("Traceback", process.stderr)
        self.assertNotIn("%|", process.stderr, "A progress bar is for terminals.")
