from django.http import HttpResponse
from django.test import TestCase
from wagtail.models import Site


class DeliveryAPITestCase(TestCase):
    """Asks the delivery API, and reads its answers as a client would."""

    def setUp(self):
        super().setUp()
        # It outlives the test that filled it, and the pages of that test.
        Site.clear_site_root_paths_cache()

    def ask(self, path: str, /, **parameters) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", parameters)

    def read(self, path: str, /, **parameters) -> dict:
        """The JSON of an answer that must succeed."""
        response = self.ask(path, **parameters)
        self.assertEqual(response.status_code, 200, response.content.decode())
        return response.json()

    def listed(self, path: str, /, **parameters) -> list[int]:
        return [item["id"] for item in self.read(path, **parameters)["items"]]

    def assert_problem_response(
        self,
        response: HttpResponse,
        *,
        status_code: int,
        parameter: str | None = None,
        detail_contains: str = "",
    ) -> None:
        self.assertEqual(response.status_code, status_code, response.content.decode())
        self.assertEqual(response.headers["Content-Type"], "application/problem+json")
        problem = response.json()
        self.assertEqual(problem["status"], status_code)
        self.assertTrue(problem["title"])
        self.assertIn(detail_contains, problem["detail"])
        if parameter:
            named = {error["loc"][-1] for error in problem["errors"]}
            self.assertIn(parameter, named)
            self.assertIn(parameter, problem["detail"])
