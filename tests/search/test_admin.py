"""Everything in the admin that searches goes through the backend."""

from django.core.files.base import ContentFile
from django.test import TestCase
from django.urls import reverse
from wagtail.documents.models import Document

from tests.factories import (
    ArticlePageFactory,
    ImageFactory,
    english_editor,
)


class AdminSearchTests(TestCase):
    def setUp(self):
        self.client.force_login(english_editor(is_superuser=True, is_staff=True))

    def assert_finds(self, address: str, title: str, *args) -> None:
        """By two characters in the middle, and by one."""
        for words in ("产权", "權"):
            response = self.client.get(reverse(address, args=args), {"q": words})
            self.assertContains(response, title)
        response = self.client.get(reverse(address, args=args), {"q": "环境"})
        self.assertNotContains(response, title)

    def test_the_explorer(self):
        article = ArticlePageFactory(title="成都知识产权保护")
        parent = article.get_parent()
        self.assert_finds("wagtailadmin_explore", article.title, parent.pk)
        self.assert_finds("wagtailadmin_pages:search", article.title)

    def test_the_page_chooser(self):
        article = ArticlePageFactory(title="成都知识产权保护")
        self.assert_finds("wagtailadmin_choose_page_search", article.title)

    def test_images(self):
        image = ImageFactory(title="知识产权证书照片")
        self.assert_finds("wagtailimages:index_results", image.title)
        self.assert_finds("wagtailimages_chooser:choose_results", image.title)

    def test_documents(self):
        document = Document.objects.create(
            title="知识产权手册", file=ContentFile(b"x", "a.pdf")
        )
        self.assert_finds("wagtaildocs:index_results", document.title)
        self.assert_finds("wagtaildocs_chooser:choose_results", document.title)
