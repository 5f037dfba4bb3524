"""The management API holds an editor to their cities as the admin does."""

import json

from django.test import TestCase
from wagtail.models import APIToken

from articles.models import ArticlePage
from home.models import CityPage
from tests.editors import build_register, create_editor
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityIndexPageFactory,
    CityPageFactory,
    home_page,
)


class LimitedManagementTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.places = build_register()
        cls.cities = CityIndexPageFactory(slug="cities")
        cls.other_list = CityIndexPageFactory(slug="other")
        cls.news = ArticleIndexPageFactory(slug="news")
        cls.chengdu, cls.chongqing = (
            CityPageFactory(parent=cls.cities, city=cls.places[name])
            for name in ("chengdu", "chongqing")
        )
        cls.secrets = {
            "editor": cls.secret_of(create_editor(cls.places["chengdu"])),
            "unlimited": cls.secret_of(create_editor()),
        }

    @staticmethod
    def secret_of(user) -> str:
        _token, secret = APIToken.create_token(user=user, name=user.username)
        return secret

    def ask(self, method: str, path: str, data=None, *, who: str = "editor"):
        return getattr(self.client, method)(
            f"/api/v3/{path}",
            json.dumps(data) if data is not None else None,
            content_type="application/json",
            headers={"authorization": f"Bearer {self.secrets[who]}"},
        )

    def read(self, path: str, **options):
        headers = {
            "authorization": f"Bearer {self.secrets[options.pop('who', 'editor')]}"
        }
        return self.client.get(f"/api/v3/{path}", options, headers=headers)

    def assert_refused(self, response) -> None:
        self.assertEqual(response.status_code, 403, response.content.decode())

    def assert_done(self, response, status_code: int = 200) -> None:
        self.assertEqual(response.status_code, status_code, response.content.decode())

    def test_only_own_pages_are_listed_and_read(self):
        listed = self.read("pages/").json()["items"]
        self.assertEqual([each["id"] for each in listed], [self.chengdu.pk])
        typed = self.read("pages/", type="home.CityPage").json()["items"]
        self.assertEqual([each["id"] for each in typed], [self.chengdu.pk])
        self.assert_done(self.read(f"pages/{self.chengdu.pk}/", version="draft"))
        for page in (self.chongqing, self.cities, home_page()):
            for version in ("live", "draft"):
                response = self.read(f"pages/{page.pk}/", version=version)
                self.assertEqual(response.status_code, 404)

    def test_who_has_no_limits_reads_everything(self):
        listed = self.read("pages/", who="unlimited").json()["items"]
        everything = {home_page().pk, self.cities.pk, self.news.pk, self.chongqing.pk}
        self.assertLessEqual(everything, {each["id"] for each in listed})

    def test_a_foreign_page_is_not_changed_or_published(self):
        pk = self.chongqing.pk
        for meta in ({}, {"action": "publish"}):
            data = {"title": "x", "meta": {"type": "home.CityPage", **meta}}
            self.assert_refused(self.ask("patch", f"pages/{pk}/", data))
        for page in (self.cities, home_page()):
            self.assert_refused(self.ask("patch", f"pages/{page.pk}/", {"title": "x"}))

    def test_no_action_on_a_foreign_page_is_carried_out(self):
        revision = self.chongqing.save_revision()
        destination = {"destination_id": self.other_list.pk, "position": "last-child"}
        actions = {
            "publish": None,
            "unpublish": {},
            "copy": {**destination, "keep_live": False},
            "move": destination,
            "revert": {"revision_id": revision.pk},
            "create_alias": destination,
        }
        path = f"pages/{self.chongqing.pk}/"
        for name, data in actions.items():
            with self.subTest(name):
                response = self.ask("post", f"{path}actions/{name}/", data)
                self.assert_refused(response)
        self.assert_refused(self.ask("delete", path))
        self.assert_refused(self.ask("delete", f"{path}actions/delete/"))
        alias = self.chongqing.create_alias(parent=self.other_list)
        response = self.ask("post", f"pages/{alias.pk}/actions/convert_alias/")
        self.assert_refused(response)
        self.assertEqual(CityPage.objects.count(), 3)

    def test_revisions_of_a_foreign_page_are_not_read(self):
        revision = self.chongqing.save_revision()
        path = f"pages/{self.chongqing.pk}/revisions/"
        for each in (path, f"{path}{revision.pk}/"):
            self.assertEqual(self.read(each).status_code, 404)

    def test_an_own_page_is_changed_and_published(self):
        path = f"pages/{self.chengdu.pk}/"
        data = {"title": "成都认证", "meta": {"action": "publish"}}
        self.assert_done(self.ask("patch", path, data))
        self.assert_done(self.ask("post", f"{path}actions/unpublish/", {}))
        self.assert_done(self.ask("post", f"{path}actions/publish/"))
        move = {"destination_id": self.other_list.pk, "position": "last-child"}
        self.assert_done(self.ask("post", f"{path}actions/move/", move))
        page = CityPage.objects.child_of(self.other_list).get()
        self.assertEqual((page.title, page.live), ("成都认证", True))

    def test_an_own_page_does_not_go_to_a_foreign_city(self):
        city = self.places["chongqing"].pk
        for meta in ({}, {"action": "publish"}):
            data = {"city_id": city, "meta": meta}
            response = self.ask("patch", f"pages/{self.chengdu.pk}/", data)
            self.assert_names_field(response, "city")
        self.chengdu.refresh_from_db()
        self.assertEqual(self.chengdu.city, self.places["chengdu"])
        self.assertIsNone(self.chengdu.latest_revision)

    def assert_names_field(self, response, name: str) -> None:
        self.assertEqual(response.status_code, 422, response.content.decode())
        errors = response.json()["errors"]
        self.assertEqual([each["loc"][-1] for each in errors], [name])
        self.assertIn("成都市", errors[0]["msg"])

    def create(self, model: str, parent, **fields):
        action = fields.pop("action", None)
        meta = {"type": model, "parent_id": parent.pk}
        if action:
            meta["action"] = action
        return self.ask("post", "pages/", {"title": "x", "meta": meta, **fields})

    def test_pages_of_own_cities_are_created_and_published(self):
        self.chengdu.delete()
        city = self.places["chengdu"].pk
        response = self.create(
            "home.CityPage", self.cities, city_id=city, action="publish"
        )
        self.assert_done(response, 201)
        self.assertTrue(CityPage.objects.get(city=city).live)
        response = self.create("articles.ArticlePage", self.news, cities=[city])
        self.assert_done(response, 201)
        self.assertEqual(ArticlePage.objects.get().cities.get().pk, city)

    def test_pages_of_foreign_cities_are_not_created(self):
        own, foreign = self.places["chengdu"].pk, self.places["chongqing"].pk
        response = self.create("home.CityPage", self.other_list, city_id=foreign)
        self.assert_names_field(response, "city")
        for cities in ([foreign], [own, foreign], []):
            response = self.create("articles.ArticlePage", self.news, cities=cities)
            self.assert_names_field(response, "cities")
        response = self.create("articles.ArticlePage", self.news)
        self.assertEqual(response.status_code, 422)
        self.assertEqual(response.json()["errors"][0]["loc"][-1], "cities")
        self.assertFalse(ArticlePage.objects.exists())

    def test_pages_without_a_city_are_not_created(self):
        self.assert_refused(self.create("home.CityIndexPage", home_page()))
        self.assert_refused(self.create("forms.FormPage", home_page()))
        root = home_page().get_parent()
        self.assert_refused(self.create("home.HomePage", root))

    def test_an_old_version_about_a_foreign_city_does_not_come_back(self):
        self.chengdu.city = self.places["chongqing"]
        old = self.chengdu.save_revision()
        self.chengdu.city = self.places["chengdu"]
        new = self.chengdu.save_revision()
        new.publish()
        path = f"pages/{self.chengdu.pk}/actions/revert/"
        self.assert_refused(self.ask("post", path, {"revision_id": old.pk}))
        self.assert_done(self.ask("post", path, {"revision_id": new.pk}))
        unlimited = self.ask("post", path, {"revision_id": old.pk}, who="unlimited")
        self.assert_done(unlimited)

    def test_an_old_version_of_an_article_for_all_does_not_come_back(self):
        article = ArticlePageFactory(parent=self.news)
        old = article.save_revision()
        article.cities.set([self.places["chengdu"]])
        article.save_revision().publish()
        path = f"pages/{article.pk}/actions/revert/"
        self.assert_refused(self.ask("post", path, {"revision_id": old.pk}))

    def test_registers_are_not_part_of_the_api(self):
        for name in ("cities.City", "home.ProvinceContent", "forms.Lead"):
            self.assertEqual(self.read(f"snippets/{name}/").status_code, 422)
