"""Nothing private and nothing poisoned is ever kept: one test for each way that it could be."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.test import SimpleTestCase, override_settings
from django.urls import path

from articles.models import ArticlePage
from cms.delivery.keys import Keys
from cms.delivery.memory import Memory
from tests.delivery.caching import CacheTestCase, ask, start
from tests.factories import restrict


def plain(*headers, status="200 OK", body=b"x" * 1000):
    """An application that always answers the same."""
    given = [("Content-Type", "text/plain"), *headers]

    def application(environ, start_response):
        start_response(status, list(given))
        return [body]

    return application


class RequestPolicyTests(CacheTestCase):
    def assert_bypassed(self, reason, path=None, **options):
        self.assertTrue(self.ask(path).cache)
        for _time in range(2):
            answer = self.ask(path, **options)
            self.assertIn(f"detail={reason}", answer.cache)
        return answer

    def test_session(self):
        self.assert_bypassed("session", cookie="a=b; sessionid=abc")

    def test_authorization(self):
        self.assert_bypassed("authorization", authorization="Bearer abc")

    def test_messages(self):
        self.assert_bypassed("session", cookie="messages=W10")

    def test_chosen_language(self):
        self.assert_bypassed("session", cookie="django_language=en")

    def test_ranges_are_left_alone(self):
        self.assert_bypassed("range", range="bytes=0-10")

    def test_other_methods(self):
        answer = self.assert_bypassed("method", method="POST")
        self.assertIn("fwd=method", answer.cache)

    def test_oversized_query(self):
        self.assert_bypassed("oversized", f"{self.path}?q={'x' * 1001}")

    def test_oversized_path(self):
        self.assert_bypassed("oversized", f"/{'x' * 2001}/")

    def test_the_admin_is_never_kept(self):
        self.assert_bypassed("path", "/admin/login/")

    def test_documents_and_images_are_left_to_who_serves_them(self):
        self.assert_bypassed("path", "/documents/1/a.pdf")
        self.assert_bypassed("path", "/media/images/a.jpg")

    def test_a_follower_that_is_behind(self):
        self.ask()
        self.cache.follower.current = False
        self.assertIn("catching-up", self.ask().cache)

    def test_cookies_that_nobody_reads_do_not_matter(self):
        self.ask(cookie="_ga=1")
        self.assertTrue(self.ask(cookie="_ga=2; theme=dark").is_hit)


class AnswerPolicyTests(CacheTestCase):
    def assert_never_kept(self, path, **options):
        for _time in range(3):
            answer = self.ask(path, **options)
            self.assertFalse(answer.is_hit)
            self.assertNotIn("stored", answer.cache)
        self.assertEqual(len(self.cache.memory.entries), 0)
        return answer

    def test_restricted_page(self):
        restrict(self.article)
        answer = self.assert_never_kept(self.path)
        self.assertNotIn(self.article.title.encode(), answer.body)

    def test_page_that_becomes_restricted(self):
        self.ask()
        self.assertTrue(self.ask().is_hit)
        restrict(self.article.get_parent())
        self.follow()
        self.assert_never_kept(self.path)

    def test_not_found_flood(self):
        for number in range(60):
            self.assertEqual(self.ask(f"/nothing-{number}/").status, 404)
        self.assertEqual(len(self.cache.memory.entries), 0)
        self.assertEqual(len(self.cache.memory.uncacheable), 0)
        self.assertEqual(len(self.cache.memory.paths), 0)

    def test_unknown_host(self):
        self.assert_never_kept(self.path, host="evil.invalid")

    def test_host_that_is_nobodys(self):
        self.assert_never_kept(self.path, host="nobody.example.test")

    def test_preview_of_a_draft(self):
        self.article.title = "草稿的标题"
        self.article.save_revision()
        self.follow()
        self.assertNotIn("草稿的标题".encode(), self.ask().body)

    def test_where_a_visitor_may_be(self):
        self.assert_never_kept("/api/v1/cities/locate/?latitude=30.6&longitude=104")


class PoisoningTests(CacheTestCase):
    """What is not in the key is not seen by the view: so it cannot be in the answer either."""

    POISON = {
        "x_forwarded_host": "evil.invalid",
        "x_forwarded_port": "666",
        "x_forwarded_proto": "https",
        "x_forwarded_for": "6.6.6.6",
        "x_original_url": "/admin/",
        "x_rewrite_url": "/admin/",
        "x_http_method_override": "DELETE",
        "referer": "https://evil.invalid/",
        "user_agent": "<script>evil</script>",
        "accept_language": "xx-evil",
        "origin": "https://evil.invalid",
        "forwarded": "host=evil.invalid",
    }

    def test_first_request_does_not_poison_the_next(self):
        for each in (self.path, "/", "/api/v1/articles/", "/sitemap.xml"):
            with self.subTest(each):
                clean = ask(get_wsgi_application(), each)
                poisoned = self.ask(each, **self.POISON)
                self.assertNotIn(b"evil", poisoned.body)
                answer = self.ask(each)
                self.assertTrue(answer.is_hit)
                self.assertEqual(answer.body, clean.body)

    def test_header_injection(self):
        for query in ("?page=1%0d%0aSet-Cookie:%20a=b", "?city=%0d%0aX-Evil:%201"):
            answer = self.ask(f"/news/{query}")
            self.assertNotIn("set-cookie", answer.headers)
            self.assertNotIn("x-evil", answer.headers)

    def test_hosts_have_answers_of_their_own(self):
        self.ask("/sitemap.xml")
        self.assertFalse(self.ask("/sitemap.xml", host="localhost").is_hit)

    @override_settings(USE_X_FORWARDED_HOST=True)
    def test_a_trusted_forwarded_host_is_part_of_the_key(self):
        self.setUp()
        self.ask(x_forwarded_host="testserver")
        self.assertFalse(self.ask(x_forwarded_host="localhost").is_hit)
        self.assertTrue(self.ask(x_forwarded_host="testserver").is_hit)

    @override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
    def test_a_trusted_scheme_is_part_of_the_key(self):
        self.setUp()
        self.ask(x_forwarded_proto="https")
        self.assertFalse(self.ask(x_forwarded_proto="http").is_hit)


class KeyTests(SimpleTestCase):
    def key_of(self, host, path, query="", script=""):
        keys = Keys(Memory(0))
        environ = {
            "wsgi.url_scheme": "http",
            "HTTP_HOST": host,
            "SCRIPT_NAME": script,
            "PATH_INFO": path,
            "QUERY_STRING": query,
        }
        return keys.key_of(keys.origin_of(environ), environ)

    def test_no_part_is_taken_for_another(self):
        """Clients may put any character into each: `/a%3Fb` is a path with a question mark in it."""
        keys = [
            self.key_of("host", "/a?b?"),
            self.key_of("host", "/a?b", ""),
            self.key_of("host", "/a", "b?"),
            self.key_of("host", "/a", "b"),
            self.key_of("host /a", "/b"),
            self.key_of("host", "/a /b"),
            self.key_of("host", "/b", script="/a "),
        ]
        self.assertEqual(len(set(keys)), len(keys))


class HeaderPolicyTests(CacheTestCase):
    def assert_refused(self, *headers, status="200 OK"):
        cache = start(plain(*headers, status=status))
        for _time in range(2):
            answer = ask(cache, "/")
            self.assertNotIn("stored", answer.cache)
            self.assertFalse(answer.is_hit)
        return answer

    def test_an_answer_without_a_word_about_it_is_kept(self):
        cache = start(plain())
        ask(cache, "/")
        self.assertTrue(ask(cache, "/").is_hit)

    def test_set_cookie(self):
        self.assert_refused(("Set-Cookie", "a=b"))

    def test_private(self):
        self.assert_refused(("Cache-Control", "private, max-age=60"))

    def test_no_store(self):
        self.assert_refused(("Cache-Control", "no-store"))

    def test_no_cache(self):
        self.assert_refused(("Cache-Control", "no-cache"))

    def test_vary_by_what_is_not_in_the_key(self):
        self.assert_refused(("Vary", "User-Agent"))
        self.assert_refused(("Vary", "*"))

    def test_temporary_redirect(self):
        self.assert_refused(("Location", "/x/"), status="302 Found")

    def test_server_error(self):
        self.assert_refused(status="500 Internal Server Error")

    def test_permanent_redirect_is_kept(self):
        cache = start(plain(("Location", "/x/"), status="301 Moved Permanently"))
        ask(cache, "/")
        answer = ask(cache, "/")
        self.assertTrue(answer.is_hit)
        self.assertEqual((answer.status, answer.headers["location"]), (301, "/x/"))

    def test_our_own_header_goes_no_further(self):
        for answer in (self.ask(), self.ask(), self.ask(cookie="sessionid=x")):
            self.assertNotIn("delivery-cache-control", answer.headers)


def reads_raw_sql(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM wagtailcore_page")
        return HttpResponse(str(cursor.fetchall()))


def reads_a_session(request):
    request.session.get("name")
    return HttpResponse("x")


def writes_a_session(request):
    request.session["name"] = "x"
    return HttpResponse("x")


def reads_a_cookie(request):
    return HttpResponse(request.COOKIES.get("theme", "light"))


def asks_for_any_cookie(request):
    return HttpResponse("known" if request.COOKIES else "unknown")


def reads_at_random(request):
    return HttpResponse(ArticlePage.objects.order_by("?").first().title)


def shows_the_address(request):
    return HttpResponse(request.build_absolute_uri())


urlpatterns = [
    path("raw/", reads_raw_sql),
    path("session/", reads_a_session),
    path("new-session/", writes_a_session),
    path("cookie/", reads_a_cookie),
    path("any-cookie/", asks_for_any_cookie),
    path("random/", reads_at_random),
    path("address/", shows_the_address),
]


@override_settings(ROOT_URLCONF=__name__)
class ViewPolicyTests(CacheTestCase):
    def assert_refused(self, path, reason, **options):
        self.assertIn(f"detail={reason}", self.ask(path, **options).cache)
        self.assertIn("detail=uncacheable", self.ask(path, **options).cache)

    def test_what_is_read_by_raw_sql_cannot_be_followed(self):
        self.assert_refused("/raw/", "raw-sql")

    def test_random_order(self):
        self.assert_refused("/random/", "raw-sql")

    def test_a_session_that_is_begun(self):
        self.assert_refused("/new-session/", "set-cookie")

    def test_a_session_that_is_only_asked_for_is_empty_for_everybody(self):
        self.ask("/session/")
        self.assertTrue(self.ask("/session/").is_hit)

    def test_a_cookie_that_a_view_reads(self):
        self.assert_refused("/cookie/", "cookies", cookie="theme=dark")
        self.assertEqual(self.ask("/cookie/", cookie="theme=dark").body, b"dark")

    def test_whether_there_are_cookies(self):
        self.assert_refused("/any-cookie/", "cookies", cookie="theme=dark")
        answer = self.ask("/any-cookie/", cookie="theme=dark")
        self.assertEqual(answer.body, b"known")

    def test_a_view_that_shows_its_address_depends_on_all_of_it(self):
        for query in ("?a=1", "?a=2", "?a=1"):
            answer = self.ask(f"/address/{query}")
            self.assertTrue(answer.body.endswith(query.encode()))


class SwitchTests(SimpleTestCase):
    @override_settings(DELIVERY={**settings.DELIVERY, "CACHE": False})
    def test_switched_off_it_only_passes_on(self):
        cache = start(plain())
        self.assertNotIn("cache-status", ask(cache, "/").headers)
        self.assertNotIn("cache-status", ask(cache, "/").headers)

    databases = {"default"}
