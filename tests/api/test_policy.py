"""How the API speaks HTTP, whatever the operation."""

from unittest.mock import patch

from django.test import override_settings
from django.utils import translation

from tests.api.base import DeliveryAPITestCase
from tests.factories import home_page


class PathTests(DeliveryAPITestCase):
    def test_unknown_paths_are_problems_too(self):
        for path in ("", "nosuch/", "nosuch", "articles/1/nosuch/", "pages//"):
            with self.subTest(path):
                self.assert_problem_response(self.ask(path), status_code=404)

    def test_writing_to_an_unknown_path_is_a_problem_as_well(self):
        response = self.client.post("/api/v1/nosuch/")
        self.assert_problem_response(response, status_code=404)

    def test_a_path_without_its_closing_slash_leads_to_the_right_one(self):
        response = self.ask("articles", limit=5)
        self.assertRedirects(response, "/api/v1/articles/?limit=5", status_code=301)


class MethodTests(DeliveryAPITestCase):
    def test_a_method_that_is_not_possible_is_a_problem_that_names_the_possible_ones(
        self,
    ):
        for method in ("post", "put", "patch", "delete"):
            for path in ("articles/", "openapi.json", "docs/"):
                with self.subTest(method=method, path=path):
                    response = getattr(self.client, method)(f"/api/v1/{path}")
                    self.assert_problem_response(response, status_code=405)
                    self.assertEqual(response.headers["Allow"], "GET, HEAD, OPTIONS")

    def test_head_answers_as_get_without_the_body(self):
        get, head = (
            getattr(self.client, method)("/api/v1/site/") for method in ("get", "head")
        )
        self.assertEqual(head.status_code, 200)
        self.assertEqual(head.content, b"")
        for name in ("Content-Type", "Content-Length", "Cache-Control"):
            self.assertEqual(head.headers[name], get.headers[name])


class OriginTests(DeliveryAPITestCase):
    """Front ends on other origins read; they never send forms."""

    PREFLIGHT = {
        "origin": "https://front.example",
        "access-control-request-headers": "if-none-match",
    }

    def test_reads_and_their_problems_are_for_every_origin(self):
        for path in ("articles/", "articles/?nosuch=1", "nosuch/"):
            response = self.client.get(f"/api/v1/{path}", headers=self.PREFLIGHT)
            self.assertEqual(response.headers["Access-Control-Allow-Origin"], "*")
            self.assertNotIn("Access-Control-Allow-Credentials", response.headers)

    def test_browsers_may_ask_before_they_read(self):
        response = self.client.options("/api/v1/articles/", headers=self.PREFLIGHT)
        self.assertEqual(response.status_code, 204)
        self.assertEqual(response.headers["Access-Control-Allow-Origin"], "*")
        self.assertEqual(response.headers["Access-Control-Allow-Methods"], "GET, HEAD")

    def test_browsers_that_ask_to_send_a_form_are_not_encouraged(self):
        path = "/api/v1/forms/quick-service/submissions/"
        response = self.client.options(path, headers=self.PREFLIGHT)
        self.assertEqual(response.headers["Allow"], "OPTIONS, POST")
        self.assertNotIn("Access-Control-Allow-Origin", response.headers)


class CachingTests(DeliveryAPITestCase):
    def test_answers_are_for_everybody(self):
        response = self.ask("articles/")
        self.assertEqual(response.headers["Cache-Control"], "public, max-age=60")
        self.assertNotIn("Vary", response.headers)
        self.assertFalse(response.cookies)

    def test_problems_are_not_kept(self):
        self.assertEqual(self.ask("nosuch/").headers["Cache-Control"], "no-store")

    def test_neither_language_headers_nor_cookies_change_an_answer(self):
        plain = self.ask("site/")
        self.client.cookies["django_language"] = "en"
        answer = self.client.get("/api/v1/site/", headers={"accept-language": "en"})
        self.assertEqual(answer.content, plain.content)
        self.assertEqual(answer.headers["Content-Language"], "zh-hans")

    def test_the_language_of_an_answer_ends_with_it(self):
        with translation.override("en"):
            self.read(f"pages/{home_page().pk}/")
            self.assertEqual(translation.get_language(), "zh-hans")


class FailureTests(DeliveryAPITestCase):
    @override_settings(ADMINS=[])
    def test_a_mistake_of_ours_tells_nothing_of_what_is_inside(self):
        self.client.raise_request_exception = False
        broken = patch("home.api.site.Chrome", side_effect=RuntimeError("secret"))
        with broken, self.assertLogs("django.request", "ERROR") as logs:
            response = self.ask("site/")
        self.assert_problem_response(response, status_code=500)
        self.assertNotIn("secret", response.content.decode())
        self.assertIn("RuntimeError", logs.output[0])
        self.assertEqual(response.headers["Cache-Control"], "no-store")
