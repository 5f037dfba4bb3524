"""A wildcard in ALLOWED_HOSTS lets `.example.test` in, see the settings of the tests."""

from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from cms.core.hosts import is_known_host
from tests.factories import CityPageFactory, UserFactory, home_page

UNKNOWN = "chongqing.example.test"


class HostTests(TestCase):
    def get(self, path: str, host: str) -> HttpResponse:
        return self.client.get(path, headers={"host": host})

    def assert_served(self, host: str) -> None:
        self.assertEqual(self.get("/", host).status_code, 200)
        self.assertEqual(self.get("/api/v1/cities/", host).status_code, 200)

    def test_a_name_that_only_a_wildcard_lets_in_is_nobodys(self):
        response = self.get("/", UNKNOWN)
        self.assertEqual(response.status_code, 404)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertNotIn(b"<", response.content)

    def test_the_apis_say_so_with_a_problem(self):
        for path in ("/api/v1/cities/", "/api/v1/no/", "/api/v3/openapi.json"):
            with self.subTest(path):
                response = self.get(path, UNKNOWN)
                self.assertEqual(response.status_code, 404)
                self.assertEqual(
                    response.headers["Content-Type"], "application/problem+json"
                )
                self.assertIn("host name", response.json()["detail"])

    def test_forms_cannot_be_sent_to_it(self):
        for path in ("/forms/1/submissions/", "/api/v1/forms/quick/submissions/"):
            with self.subTest(path):
                response = self.client.post(path, headers={"host": UNKNOWN})
                self.assertEqual(response.status_code, 404)

    def test_a_registered_site_is_served(self):
        Site.objects.create(hostname=UNKNOWN, root_page=home_page())
        self.assert_served(UNKNOWN)
        self.assert_served(f"{UNKNOWN.upper()}:8000")

    def test_a_name_that_several_sites_share_is_served_at_every_port(self):
        for port in (8001, 8002):
            Site.objects.create(hostname=UNKNOWN, port=port, root_page=home_page())
        self.assert_served(f"{UNKNOWN}:8003")

    def test_a_name_that_is_listed_is_served_without_a_site(self):
        self.assert_served("localhost")
        self.assert_served("127.0.0.1")
        with override_settings(ALLOWED_HOSTS=["*", "Www.Other.test"]):
            self.assert_served("www.other.test")

    @override_settings(ALLOWED_HOSTS=["*"])
    def test_letting_everything_in_makes_no_copies_either(self):
        self.assertEqual(self.get("/", "203.0.113.7").status_code, 404)
        self.assert_served("localhost")

    def test_the_wildcard_itself_is_no_name(self):
        self.assertEqual(self.get("/", ".example.test").status_code, 404)

    def test_a_name_that_is_not_let_in_is_refused_as_before(self):
        self.assertEqual(self.get("/", "evil.test").status_code, 400)

    def test_the_admin_stays_reachable(self):
        self.client.force_login(UserFactory(is_superuser=True))
        for host in ("localhost", UNKNOWN):
            with self.subTest(host):
                self.assertEqual(self.get("/admin/", host).status_code, 200)

    def test_the_name_of_a_site_costs_no_query_more_than_a_listed_one(self):
        Site.objects.create(hostname=UNKNOWN, root_page=home_page())
        # Settings are made when a site is first shown.
        self.assert_served("localhost")
        self.assert_served(UNKNOWN)
        with CaptureQueriesContext(connection) as listed:
            self.get("/", "localhost")
        with self.assertNumQueries(len(listed)):
            self.get("/", UNKNOWN)

    def test_a_listed_name_is_known_without_a_query(self):
        request = RequestFactory().get("/", headers={"host": "localhost"})
        with self.assertNumQueries(0):
            self.assertTrue(is_known_host(request))

    def test_refusing_costs_two_queries(self):
        # The site that the host stands for; whether any has its name.
        with self.assertNumQueries(2):
            self.get("/", UNKNOWN)


class CityPathTests(TestCase):
    def test_a_city_that_has_no_page_is_not_found(self):
        index = CityPageFactory(city__slug="chengdu").get_parent()
        self.assertEqual(self.client.get(f"{index.url}chengdu/").status_code, 200)
        self.assertEqual(self.client.get(f"{index.url}atlantis/").status_code, 404)
