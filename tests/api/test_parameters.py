"""Bad input has a clear answer that names the parameter, and never breaks anything."""

from tests.api.base import DeliveryAPITestCase
from tests.factories import home_page


class ParameterTests(DeliveryAPITestCase):
    def assert_refused(self, path, /, **parameters):
        for name in parameters:
            with self.subTest(path, asked=parameters):
                self.assert_problem_response(
                    self.ask(path, **parameters), status_code=422, parameter=name
                )

    def test_every_operation_refuses_a_parameter_that_it_does_not_know(self):
        page_id = home_page().pk
        for path in (
            "articles/",
            f"articles/{page_id}/",
            "cities/",
            "forms/quick-service/",
            "pages/by-path/",
            f"pages/{page_id}/",
            "site/",
        ):
            self.assert_refused(path, nosuch="1")

    def test_the_answer_lists_the_parameters_that_are_known(self):
        response = self.ask("cities/", fields="name")
        self.assert_problem_response(
            response,
            status_code=422,
            detail_contains="Known here: group, hot, locale, pages, site",
        )

    def test_a_parameter_given_twice_is_refused(self):
        response = self.client.get("/api/v1/articles/?limit=1&limit=2")
        self.assert_problem_response(response, status_code=422, parameter="limit")

    def test_all_that_is_wrong_is_said_at_once(self):
        response = self.ask("articles/", limit="many", offset=-1, order="random")
        named = [error["loc"] for error in response.json()["errors"]]
        self.assertCountEqual(
            named, [["query", "limit"], ["query", "offset"], ["query", "order"]]
        )

    def test_the_limit_has_a_maximum_that_is_not_applied_silently(self):
        self.assert_refused("articles/", limit=101)
        self.read("articles/", limit=100)

    def test_limits_and_offsets_out_of_range_are_refused(self):
        for limit in ("0", "-1", "1.5", "", "9" * 40):
            self.assert_refused("articles/", limit=limit)
        for offset in ("-1", "x", "9" * 20):
            self.assert_refused("articles/", offset=offset)

    def test_ids_that_no_page_can_have_are_refused(self):
        for page_id in ("0", "-1", "x", "99999999999999999999", "%00"):
            with self.subTest(page_id):
                response = self.ask(f"articles/{page_id}/")
                self.assert_problem_response(
                    response, status_code=422, parameter="article_id"
                )

    def test_moments_that_are_none_are_refused(self):
        for moment in (
            *("yesterday", "2026-13-01", "2026", "1686268800", "", "\0"),
            *("0001-01-01", "9999-12-31T23:59:59-12:00"),
        ):
            self.assert_refused("articles/", published_after=moment)

    def test_characters_that_no_name_has_are_refused(self):
        for name in ("category", "city", "tag"):
            self.assert_refused("articles/", **{name: "x\0"})
            self.assert_refused("articles/", **{name: "x" * 1000})

    def test_paths_that_are_none_are_refused(self):
        for path in ("", "news/", "//[", "/\t/[", "/\0", "https://example.com/"):
            self.assert_refused("pages/by-path/", path=path)

    def test_a_path_is_required(self):
        self.assert_problem_response(
            self.ask("pages/by-path/"), status_code=422, parameter="path"
        )

    def test_an_unknown_site_is_refused(self):
        for site in (
            "unknown.example",
            "localhost:8123",
            ":",
            "[",
            "x:y",
            "\0",
            "www.例.cn",
        ):
            self.assert_refused("site/", site=site)

    def test_an_unknown_language_is_refused_and_the_known_ones_are_named(self):
        for locale in ("fr", "zh", "ZH-Hans", "", "\0"):
            self.assert_refused("articles/", locale=locale)
        response = self.ask("articles/", locale="fr")
        self.assert_problem_response(
            response, status_code=422, detail_contains="zh-hans, zh-hant, en"
        )

    def test_a_language_that_nobody_has_set_up_is_not_found(self):
        self.assert_problem_response(self.ask("site/", locale="en"), status_code=404)
