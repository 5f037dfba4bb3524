"""Texts of cities are copies of what stands in the register; people and programs translate them."""

from importlib import import_module
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, ReferenceIndex
from wagtail_localize.models import StringTranslation

from cms.cities.models import City, CityTexts
from cms.translation.models import LanguageRule, Translator
from cms.translation.updating import update_translation
from tests.cities.texts import FACTS, TEAM, say, source_of
from tests.editors import build_register, create_editor
from tests.factories import CityFactory, english_editor
from tests.pages import parse
from tests.translation.languages import language, record_of


class RegisterTests(TestCase):
    def test_a_city_that_says_nothing_has_no_texts(self):
        CityFactory(phone="028-12340028")
        self.assertFalse(CityTexts.objects.exists())

    def test_an_unchanged_city_leaves_its_texts_alone(self):
        city = CityFactory(team=TEAM, **FACTS)
        before = source_of(city).texts
        for each in (city, City.objects.get(pk=city.pk)):
            each.save()
            self.assertEqual(source_of(city).texts, before)

    def test_a_text_that_is_deleted_is_shown_no_more(self):
        city = CityFactory(**FACTS)
        say(city, "en", address="3 Software Park").delete()
        city.refresh_from_db()
        self.assertEqual(city.local_texts, {})

    def test_what_was_there_before_is_given_to_translators(self):
        city = CityFactory(team=TEAM, **FACTS)
        CityFactory(phone="028-12340028")
        before = source_of(city).texts
        CityTexts.objects.all().delete()
        migration = import_module("cms.cities.migrations.0004_fill_city_texts")
        migration.give_to_translators(apps, None)
        self.assertEqual(CityTexts.objects.get().texts, before)

    def test_a_city_is_not_in_use_because_it_has_texts(self):
        usage = ReferenceIndex.get_references_to(CityFactory(**FACTS))
        self.assertFalse(usage.exists())


class EditingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.city = CityFactory(**FACTS)
        cls.path = reverse("wagtailsnippets_cities_city:edit", args=[cls.city.pk])
        language("en")

    def setUp(self):
        self.client.force_login(english_editor(is_superuser=True))

    def links(self) -> dict[str, str]:
        table = parse(self.client.get(self.path)).select_one("form table.listing")
        return {link.get_text(): link["href"] for link in table.find_all("a")}

    def test_the_page_of_a_city_leads_to_its_translations(self):
        target = self.client.get(self.links()["Translate"])
        self.assertEqual(target.status_code, 200)
        say(self.city, "en", address="3 Software Park")
        self.assertContains(self.client.get(self.path), "3 Software Park")
        target = self.client.get(self.links()["Edit"])
        self.assertContains(target, "3 Software Park")

    def test_a_list_shows_the_texts_of_all_cities(self):
        path = reverse("wagtailsnippets_cities_citytexts:list")
        self.assertContains(self.client.get(path), FACTS["address"])

    def test_editors_copy_what_the_register_says(self):
        """Whoever works in English edits the register of the first language."""
        say(self.city, "en", address="3 Software Park")
        child = CityFactory(parent=self.city)
        path = reverse("wagtailsnippets_cities_city:edit", args=[child.pk])
        with translation.override("en"):
            field = parse(self.client.get(path)).find("input", {"name": "address"})
        self.assertEqual(field["placeholder"], FACTS["address"])

    def test_the_first_language_is_changed_in_the_city_itself(self):
        pk = source_of(self.city).pk
        path = reverse("wagtailsnippets_cities_citytexts:edit", args=[pk])
        data = {"address": "anders", "opening_hours": "", "team-count": 0}
        self.assertContains(self.client.post(path, data), "in the city itself")

    def test_nobody_adds_or_deletes_texts_alone(self):
        pk = source_of(self.city).pk
        for name, arguments in (("add", []), ("delete", [pk])):
            path = reverse(f"wagtailsnippets_cities_citytexts:{name}", args=arguments)
            self.assertNotEqual(self.client.get(path).status_code, 200)


class LimitedEditorTests(TestCase):
    """Whoever works for 成都 translates what 成都 says."""

    @classmethod
    def setUpTestData(cls):
        cls.places = build_register()
        for name in ("chengdu", "chongqing"):
            cls.places[name].address = "软件园"
            cls.places[name].save()
        cls.editor = create_editor(cls.places["chengdu"])
        cls.hant = language("zh-hant")
        LanguageRule.objects.create(
            locale=cls.hant, source=Locale.get_default(), translator=Translator.TAIWAN
        )
        names = ["change_citytexts", "submit_translation"]
        cls.editor.user_permissions.set(Permission.objects.filter(codename__in=names))

    def setUp(self):
        self.client.force_login(self.editor)

    def answers(self, path: str) -> list[int]:
        texts = [source_of(self.places[name]) for name in ("chengdu", "chongqing")]
        return [self.client.get(path.format(each.pk)).status_code for each in texts]

    def test_only_texts_of_own_places_are_listed_and_open(self):
        path = "/admin/snippets/cities/citytexts/"
        listed = self.client.get(path).context["object_list"]
        self.assertEqual([each.city for each in listed], [self.places["chengdu"]])
        for view in ("edit", "history", "usage"):
            self.assertEqual(self.answers(f"{path}{view}/{{}}/"), [200, 302])

    def test_only_own_texts_are_submitted(self):
        path = "/admin/localize/submit/snippet/cities/citytexts/{}/"
        self.assertEqual(self.answers(path), [200, 302])

    def test_only_translations_of_own_texts_are_written(self):
        statuses = []
        for name in ("chengdu", "chongqing"):
            source = source_of(self.places[name])
            update_translation(source, self.hant)
            record = record_of(source, self.hant)
            segment = record.source.stringsegment_set.get()
            path = reverse(
                "wagtail_localize:edit_string_translation", args=[record.pk, segment.pk]
            )
            answer = self.client.put(
                path,
                urlencode({"value": "另一個"}),
                content_type="application/x-www-form-urlencoded",
            )
            statuses.append(answer.status_code)
        self.assertEqual(statuses[0], 200)
        self.assertNotEqual(statuses[1], 200)
        texts = StringTranslation.objects.filter(data="另一個")
        self.assertEqual(texts.count(), 1)

    def test_who_may_change_places_alone_sees_their_texts_without_links(self):
        self.editor.user_permissions.clear()
        city = self.places["chengdu"]
        soup = parse(self.client.get(f"/admin/snippets/cities/city/edit/{city.pk}/"))
        table = soup.select_one("form table.listing")
        self.assertIn("软件园", table.get_text())
        self.assertFalse(table.find_all("a"))
