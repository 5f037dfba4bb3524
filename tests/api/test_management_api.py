"""Wagtail's own API, at /api/v3/: for people with a token, and for nobody else."""

from collections.abc import Iterator

from django.test import TestCase
from django.urls import get_resolver, reverse
from wagtail.models import APIToken, Locale

from tests.factories import ArticlePageFactory, UserFactory

DOCUMENTATION = {"openapi-json", "openapi-view"}


class ManagementAPITestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = ArticlePageFactory(slug="article")
        cls.editor = UserFactory(is_superuser=True)
        cls.token, cls.secret = APIToken.create_token(user=cls.editor, name="sync")

    def ask(self, path: str, secret: str = "", method: str = "get", **data):
        headers = {"authorization": f"Bearer {secret}"} if secret else {}
        send = getattr(self.client, method)
        return send(f"/api/v3/{path}", data, headers=headers)

    def assert_token_asked_for(self, response) -> None:
        self.assertEqual(response.status_code, 401, response.content.decode())
        self.assertEqual(response.headers["Content-Type"], "application/problem+json")
        self.assertEqual(response.headers["WWW-Authenticate"], "Bearer")


def closed_paths() -> Iterator[str]:
    """A path for each pattern of the API but its documentation."""
    _prefix, resolver = get_resolver().namespace_dict["wagtailapi_v3"]
    for pattern in resolver.url_patterns:
        if pattern.name not in DOCUMENTATION:
            route = str(pattern.pattern)
            yield "".join(
                "1" if part.startswith("<") else part for part in pieces(route)
            )


def pieces(route: str) -> list[str]:
    return route.replace("<", "\n<").replace(">", ">\n").split("\n")


class AnonymousTests(ManagementAPITestCase):
    def test_nothing_answers_without_a_token(self):
        paths = list(closed_paths())
        self.assertGreater(len(paths), 30)
        for path in paths:
            for method in ("get", "head", "post", "put", "patch", "delete", "options"):
                with self.subTest(path=path, method=method):
                    self.assert_token_asked_for(self.ask(path, method=method))

    def test_neither_do_paths_that_do_not_exist(self):
        self.assert_token_asked_for(self.ask("nosuch/"))

    def test_the_documentation_does(self):
        for name in DOCUMENTATION:
            response = self.client.get(reverse(f"wagtailapi_v3:{name}"))
            self.assertEqual(response.status_code, 200)

    def test_a_session_is_not_a_token(self):
        self.client.force_login(self.editor)
        self.assert_token_asked_for(self.ask("pages/"))

    def test_a_wrong_or_revoked_token_is_refused(self):
        self.assert_token_asked_for(self.ask("pages/", APIToken.generate_token()))
        self.token.revoke()
        self.assert_token_asked_for(self.ask("pages/", self.secret))

    def test_the_token_of_somebody_who_has_left_is_refused(self):
        self.editor.is_active = False
        self.editor.save()
        self.assert_token_asked_for(self.ask("pages/", self.secret))


class EditorTests(ManagementAPITestCase):
    def test_an_editor_reads_a_draft_and_publishes_it(self):
        self.article.title = "修改后的标题"
        self.article.save_revision()
        path = f"pages/{self.article.pk}/"
        draft = self.ask(path, self.secret, version="draft").json()
        self.assertEqual(draft["title"], "修改后的标题")

        response = self.ask(f"{path}actions/publish/", self.secret, method="post")
        self.assertEqual(response.status_code, 200, response.content.decode())
        self.article.refresh_from_db()
        self.assertEqual(self.article.title, "修改后的标题")

    def test_languages_are_managed_too(self):
        """wagtail-localize replaces the app that would add them: they were missing once."""
        response = self.ask("locales/", self.secret)
        codes = [locale["language_code"] for locale in response.json()["items"]]
        self.assertEqual(codes, [Locale.get_default().language_code])

    def test_what_does_not_exist_is_a_problem(self):
        response = self.ask("nosuch/", self.secret)
        self.assertEqual(response.status_code, 404)
        self.assertEqual(response.headers["Content-Type"], "application/problem+json")
