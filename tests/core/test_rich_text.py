from django.test import TestCase
from django.utils import translation
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from tests.factories import ArticlePageFactory, home_page, translate


def link_to(page_id: int | str) -> str:
    return f'<a linktype="page" id="{page_id}">见</a>'


class PageLinkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = ArticlePageFactory(slug="article")
        cls.index = cls.article.get_parent()

    def test_however_many_links_are_looked_up_together(self):
        others = ArticlePageFactory.create_batch(5, parent=self.index)
        text = "".join(link_to(page.pk) for page in others)
        Site.get_site_root_paths()
        with self.assertNumQueries(2):  # the pages, the active locale
            html = expand_db_html(text)
        self.assertEqual(
            html, "".join(f'<a href="{page.url}">见</a>' for page in others)
        )

    def test_links_lead_to_the_active_language_where_it_is_published(self):
        translate(home_page(), "en", slug="home-en")
        translate(self.index, "en", slug="news")
        english = translate(self.article, "en", slug="article-en")
        with translation.override("en"):
            self.assertIn(
                'href="/en/news/article-en/"', expand_db_html(link_to(self.article.pk))
            )
            english.unpublish()
            self.assertIn(
                f'href="{self.article.url}"', expand_db_html(link_to(self.article.pk))
            )

    def test_drafts_and_deleted_pages_are_not_linked_to(self):
        self.article.unpublish()
        for page_id in (self.article.pk, 999_999, "", "x"):
            self.assertEqual(expand_db_html(link_to(page_id)), "<a>见</a>")
