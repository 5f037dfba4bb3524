"""Alternative texts of images and titles of documents are read in the language of the page, else in the first one."""

from importlib import import_module

from django.apps import apps
from django.db import connection
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, ReferenceIndex
from wagtail_factories import DocumentFactory
from wagtail_localize.models import StringTranslation

from cms.core.models import DocumentTitle, ImageAltText
from cms.core.templatetags.library_tags import texts_in_languages
from cms.images.models import CustomImage
from cms.translation.jobs import everything
from cms.translation.models import LanguageRule, Mode, Translator
from cms.translation.updating import update_translation
from tests.api.bodies import body_with_every_block, make_targets
from tests.delivery.caching import CacheTestCase
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ImageFactory,
    UserFactory,
    english_editor,
    home_page,
    translate,
)
from tests.pages import parse
from tests.translation.languages import language, record_of


def say(model, item, code: str, text: str) -> None:
    """As a person does it by hand."""
    source = model.of(item).get(locale=Locale.get_default())
    other = source.copy_for_translation(language(code))
    other.text = text
    other.save()


class ShownTextTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        targets = make_targets()
        cls.image = ImageFactory(title="IMG_1", description="审核员在车间")
        cls.document = targets["document"]
        cls.article = ArticlePageFactory(
            parent=ArticleIndexPageFactory(slug="news"),
            cover_image=cls.image,
            body=body_with_every_block(targets),
        )
        translate(home_page(), "en", slug="home-en")
        translate(cls.article.get_parent().specific, "en")
        cls.english = translate(cls.article, "en")
        say(ImageAltText, cls.image, "en", "Auditors in a workshop")
        say(DocumentTitle, cls.document, "en", "Application form")

    def read(self, page):
        return self.client.get(f"/api/v1/articles/{page.pk}/").json()

    def block(self, page, name):
        return next(each for each in self.read(page)["body"] if each["type"] == name)

    def test_html_shows_the_text_of_the_pages_language(self):
        for page, text in (
            (self.article, "审核员在车间"),
            (self.english, "Auditors in a workshop"),
        ):
            html = parse(self.client.get(page.url))
            self.assertTrue(html.find("img", alt=text))
            shared = html.find("meta", property="og:image:alt")
            self.assertEqual(shared["content"], text)

    def test_the_api_says_the_text_of_the_pages_language(self):
        covers = [
            self.read(page)["cover_image"] for page in (self.article, self.english)
        ]
        texts = [cover["alt"] for cover in covers]
        self.assertEqual(texts, ["审核员在车间", "Auditors in a workshop"])

    def test_what_is_not_translated_is_shown_in_the_first_language(self):
        ImageAltText.objects.filter(locale__language_code="en").delete()
        DocumentTitle.objects.filter(locale__language_code="en").delete()
        self.assertEqual(self.read(self.english)["cover_image"]["alt"], "审核员在车间")
        download = self.block(self.english, "download")["value"]
        self.assertEqual(download["title"], "申请表")

    def test_the_text_of_a_block_goes_before_that_of_the_image(self):
        image = self.block(self.english, "image")["value"]["image"]
        self.assertEqual(image["alt"], "审核现场")
        image = CustomImage.objects.get(pk=self.image.pk)
        with translation.override("en"):
            rendition = image.get_rendition("width-10")
            self.assertEqual(rendition.alt, "Auditors in a workshop")
            rendition.image.contextual_alt_text = "Here"
            self.assertEqual(rendition.alt, "Here")
            rendition.image.decorative = True
            self.assertEqual(rendition.alt, "")

    def test_a_download_has_the_title_of_the_pages_language(self):
        for page, title in (
            (self.article, "申请表"),
            (self.english, "Application form"),
        ):
            html = parse(self.client.get(page.url))
            self.assertEqual(html.select_one(".download__title").get_text(), title)
            download = self.block(page, "download")["value"]
            self.assertEqual(download["title"], title)
            self.assertEqual(download["document"]["title"], title)

    def test_editors_choose_by_what_the_library_says_itself(self):
        """Whoever works in English edits pages in Chinese, too."""
        self.client.force_login(english_editor(is_superuser=True))
        path = reverse("wagtailimages_chooser:chosen", args=[self.image.pk])
        result = self.client.get(path).json()["result"]
        self.assertEqual(result["default_alt_text"], "审核员在车间")

    def test_reading_costs_no_query(self):
        image = CustomImage.objects.get(pk=self.image.pk)
        with translation.override("en"), self.assertNumQueries(0):
            self.assertEqual(image.shown_alt_text, "Auditors in a workshop")
        counts = []
        for page in (self.article, self.english):
            self.read(page)
            with CaptureQueriesContext(connection) as queries:
                self.read(page)
            counts.append(len(queries))
        self.assertEqual(*counts)

    def test_an_image_is_not_in_use_because_it_has_texts(self):
        usage = ReferenceIndex.get_references_to(ImageFactory())
        self.assertFalse(usage.exists())


class TranslatingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.hant = language("zh-hant")
        LanguageRule.objects.create(
            locale=cls.hant,
            source=home_page().locale,
            translator=Translator.TAIWAN,
            mode=Mode.AUTOMATIC,
        )

    def make(self, factory, **fields):
        with self.captureOnCommitCallbacks(execute=True):
            return factory(**fields)

    def change(self, item, **fields):
        # As a form does that was opened before anything was translated.
        for name, value in fields.items():
            setattr(item, name, value)
        with self.captureOnCommitCallbacks(execute=True):
            item.save()

    def alt(self, image) -> str:
        with translation.override("zh-hant"):
            return CustomImage.objects.get(pk=image.pk).shown_alt_text

    def test_new_and_changed_images_are_translated_by_themselves(self):
        image = self.make(ImageFactory, description="软件现场")
        self.assertEqual(self.alt(image), "軟體現場")
        self.change(image, description="信息安全")
        self.assertEqual(self.alt(image), "資訊安全")

    def test_new_and_changed_documents_are_translated_by_themselves(self):
        document = self.make(DocumentFactory, title="软件清单")
        titles = DocumentTitle.of(document).filter(locale=self.hant)
        self.assertEqual(titles.get().text, "軟體清單")
        self.change(document, title="信息清单")
        self.assertEqual(titles.get().text, "資訊清單")

    def test_the_title_of_an_image_without_description_is_translated(self):
        image = self.make(ImageFactory, title="软件", description="")
        self.assertEqual(self.alt(image), "軟體")

    def test_saving_an_old_copy_keeps_the_translation(self):
        image = self.make(ImageFactory, description="软件")
        self.assertEqual(image.alt_texts, {})
        self.change(image, credit="李文")
        self.assertEqual(self.alt(image), "軟體")

    def test_a_persons_text_survives(self):
        image = self.make(ImageFactory, description="软件")
        source = ImageAltText.of(image).get(locale=Locale.get_default())
        segment = record_of(source, self.hant).source.stringsegment_set.get()
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=self.hant,
            defaults={
                "data": "程式",
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "tool_name": "",
            },
        )
        update_translation(source, self.hant)
        self.assertEqual(self.alt(image), "程式")
        self.change(image, credit="李文")
        update_translation(source, self.hant)
        self.assertEqual(self.alt(image), "程式")

    def test_translating_everything_includes_them(self):
        image = ImageFactory(description="软件")
        for each in everything(Locale.get_default()):
            update_translation(each, self.hant)
        self.assertEqual(self.alt(image), "軟體")

    def test_what_was_there_before_is_given_to_translators(self):
        image, document = ImageFactory(description="软件"), DocumentFactory(title="表")
        ImageAltText.objects.all().delete()
        DocumentTitle.objects.all().delete()
        migration = import_module("cms.core.migrations.0006_fill_library_texts")
        migration.give_to_translators(apps, None)
        self.assertEqual(ImageAltText.objects.get(item=image).text, "软件")
        self.assertEqual(DocumentTitle.objects.get(item=document).text, "表")


class EditingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.image = ImageFactory(description="审核现场")
        cls.document = DocumentFactory(title="申请表")
        language("en")

    def setUp(self):
        self.client.force_login(english_editor(is_superuser=True))

    def links(self, path) -> dict[str, str]:
        table = parse(self.client.get(path)).select_one("form table.listing")
        return {link.get_text(): link["href"] for link in table.find_all("a")}

    def test_the_page_of_an_image_leads_to_its_translations(self):
        path = reverse("wagtailimages:edit", args=[self.image.pk])
        self.assertIn("/localize/submit/snippet/", self.links(path)["Translate"])
        say(ImageAltText, self.image, "en", "An audit")
        self.assertContains(self.client.get(path), "An audit")
        self.assertContains(self.client.get(self.links(path)["Edit"]), "An audit")

    def test_the_page_of_a_document_leads_to_its_translations(self):
        path = reverse("wagtaildocs:edit", args=[self.document.pk])
        target = self.client.get(self.links(path)["Translate"])
        self.assertContains(target, "申请表")

    def test_who_may_not_translate_sees_the_texts_alone(self):
        request = RequestFactory().get("/")
        request.user = UserFactory()
        [text] = texts_in_languages({"request": request}, self.image)
        self.assertEqual((text.fallback, text.url), ("审核现场", None))

    def test_the_first_language_is_changed_in_the_item_itself(self):
        source = ImageAltText.of(self.image).get()
        path = reverse("wagtailsnippets_core_imagealttext:edit", args=[source.pk])
        answer = self.client.post(path, {"text": "anders"})
        self.assertContains(answer, "in the item itself")

    def test_nobody_adds_or_deletes_texts_alone(self):
        for name in ("imagealttext", "documenttitle"):
            add = reverse(f"wagtailsnippets_core_{name}:add")
            self.assertNotEqual(self.client.get(add).status_code, 200)


class CachedTextTests(CacheTestCase):
    def test_a_changed_text_drops_the_pages_that_show_it(self):
        english = {
            name: translate(self.pages[name], "en", slug=f"{name}-en")
            for name in ("home", "articles", "article")
        }
        document = DocumentFactory()
        document.get_file_size()
        download = {"document": document.pk, "title": "", "description": ""}
        page = english["article"]
        page.body = [{"type": "download", "value": download}]
        page.save_revision().publish()
        path = page.get_url_parts()[2]
        for model, item in (
            (ImageAltText, page.cover_image),
            (DocumentTitle, document),
        ):
            self.follow()
            # The first makes renditions, the second is kept.
            answers = [self.ask(path) for _time in range(3)]
            self.assertTrue(answers[-1].is_hit)
            self.assertNotIn(b"Words", answers[-1].body)
            say(model, item, "en", f"Words of {model.__name__}")
            self.follow()
            answer = self.ask(path)
            self.assertFalse(answer.is_hit)
            self.assertIn(f"Words of {model.__name__}".encode(), answer.body)
            model.objects.filter(locale__language_code="en").delete()
