"""How answers come out of memory."""

import gzip
import threading
import time
import tracemalloc
from sys import intern

import brotli
from backports import zstd
from django.conf import settings
from django.test import SimpleTestCase

from cms.delivery.compression import choose_encoding
from cms.delivery.entries import Entry
from cms.delivery.memory import Memory
from tests.delivery.caching import CacheTestCase, ask, start
from tests.factories import ArticlePageFactory


class AnswerTests(CacheTestCase):
    def test_second_request_needs_no_query(self):
        self.ask()
        with self.assertNumQueries(0):
            self.assertTrue(self.ask().is_hit)

    def test_publishing_turns_a_hit_into_a_miss_and_back(self):
        self.ask()
        self.assertTrue(self.ask().is_hit)
        self.article.title = "新的标题"
        self.article.save_revision().publish()
        self.follow()
        answer = self.ask()
        self.assertIn("stored", answer.cache)
        self.assertIn("新的标题".encode(), answer.body)
        self.assertTrue(self.ask().is_hit)

    def test_editing_a_draft_drops_nothing(self):
        self.ask()
        self.article.title = "草稿"
        self.article.save_revision()
        self.assertEqual(self.follow(), 0)

    def test_new_draft_drops_nothing(self):
        for path in (self.path, "/", "/news/", "/api/v1/articles/"):
            self.ask(path)
        ArticlePageFactory(parent=self.pages["articles"], live=False, slug="draft")
        self.assertEqual(self.follow(), 0)

    def test_publishing_one_article_keeps_the_others(self):
        other = self.pages["articles"].get_children().exclude(pk=self.article.pk).get()
        paths = ["/api/v1/site/", "/api/v1/cities/", f"/api/v1/pages/{other.pk}/"]
        for path in (*paths, self.path):
            self.ask(path)
        self.article.body = []
        self.article.save_revision().publish()
        self.follow()
        self.assertFalse(self.ask().is_hit)
        for path in paths:
            self.assertTrue(self.ask(path).is_hit, path)

    def test_head_is_answered_from_what_a_get_has_built(self):
        whole = self.ask()
        answer = self.ask(method="HEAD")
        self.assertTrue(answer.is_hit)
        self.assertEqual(answer.body, b"")
        self.assertEqual(answer.headers["content-length"], str(len(whole.body)))

    def test_head_that_comes_first_builds_the_whole_answer(self):
        self.assertEqual(self.ask(method="HEAD").body, b"")
        self.assertIn(b"</html>", self.ask().body)

    def test_strong_validator_spares_the_body(self):
        etag = self.ask().headers["etag"]
        self.assertRegex(etag, r'^"[0-9a-f]+"$')
        for given in (etag, f'"other", {etag}', f"W/{etag}", "*"):
            answer = self.ask(if_none_match=given)
            self.assertEqual((answer.status, answer.body), (304, b""))
            self.assertEqual(answer.headers["etag"], etag)
            self.assertIn("vary", answer.headers)
            self.assertNotIn("content-length", answer.headers)
        self.assertEqual(self.ask(if_none_match='"other"').status, 200)

    def test_bodies_come_in_the_encoding_that_is_asked_for(self):
        plain = self.ask()
        self.assertNotIn("content-encoding", plain.headers)
        etags = {plain.headers["etag"]}
        decoders = {
            "gzip": gzip.decompress,
            "br": brotli.decompress,
            "zstd": zstd.decompress,
        }
        for name, decode in decoders.items():
            answer = self.ask(accept_encoding=name)
            self.assertTrue(answer.is_hit)
            self.assertEqual(answer.headers["content-encoding"], name)
            self.assertEqual(decode(answer.body), plain.body)
            self.assertEqual(answer.headers["content-length"], str(len(answer.body)))
            self.assertIn("Accept-Encoding", answer.headers["vary"])
            etags.add(answer.headers["etag"])
        self.assertEqual(len(etags), 4)

    def test_encodings_that_come_later_are_made_of_the_first(self):
        whole = self.ask(accept_encoding="br")
        for name, decode in {"": bytes, "gzip": gzip.decompress}.items():
            for _time in range(2):
                answer = self.ask(accept_encoding=name)
                self.assertTrue(answer.is_hit)
                self.assertEqual(decode(answer.body), brotli.decompress(whole.body))
        [entry] = self.cache.memory.entries.values()
        self.assertEqual(self.cache.memory.bytes, entry.size)

    def test_parameters_that_no_view_reads_do_not_split_the_cache(self):
        self.ask("/news/?utm_source=a")
        self.ask("/news/")
        self.assertTrue(self.ask("/news/?utm_source=b&fbclid=c").is_hit)
        self.assertTrue(self.ask("/news/").is_hit)

    def test_parameters_that_a_view_reads_do(self):
        self.ask("/news/")
        self.assertFalse(self.ask("/news/?category=industry").is_hit)
        self.assertTrue(self.ask("/news/?category=industry&utm_source=a").is_hit)
        self.assertFalse(self.ask("/news/?page=2").is_hit)

    def seconds_kept(self, path):
        self.ask(path)
        [entry] = self.cache.memory.entries.values()
        self.cache.memory.drop_all()
        return entry.expires - time.monotonic()

    def test_views_are_at_most_a_minute_old(self):
        pk = self.article.pk
        for path in (f"/api/v1/pages/{pk}/views/", f"/api/v1/articles/{pk}/"):
            self.assertLessEqual(self.seconds_kept(path), 55)

    def test_views_do_not_end_the_life_of_pages(self):
        for path in (self.path, "/news/", "/"):
            self.assertGreater(self.seconds_kept(path), 600)

    def test_announcement_ends_the_life_of_answers(self):
        from datetime import timedelta

        from django.utils import timezone

        from tests.factories import AnnouncementFactory

        AnnouncementFactory(starts_at=timezone.now() + timedelta(seconds=20))
        self.ask("/api/v1/site/")
        [entry] = self.cache.memory.entries.values()
        self.assertLessEqual(entry.expires - time.monotonic(), 20)

    def test_an_edit_while_the_answer_is_built_keeps_it_out(self):
        build = self.cache.builder.run

        def build_and_publish(environ):
            built = build(environ)
            self.article.title = "während"
            self.article.save_revision().publish()
            self.follow()
            return built

        self.cache.builder.run = build_and_publish
        self.assertNotIn("stored", self.ask().cache)
        self.cache.builder.run = build
        self.assertIn("während".encode(), self.ask().body)

    def test_metrics_are_for_who_has_the_token(self):
        path = "/-/delivery/metrics"
        self.assertEqual(self.ask(path).status, 404)
        given = {**settings.DELIVERY, "METRICS_TOKEN": "secret"}
        with self.settings(DELIVERY=given):
            self.assertEqual(self.ask(path, authorization="Bearer no").status, 404)
            self.ask()
            self.ask()
            self.ask(cookie="sessionid=x")
            text = self.ask(path, authorization="Bearer secret").body.decode()
        for line in (
            r"delivery_cache_hits_total\{process=\"\d+\"\} 1\n",
            r"delivery_cache_misses_total\{process=\"\d+\"\} 1\n",
            r"delivery_cache_bypasses_total\{process=\"\d+\",reason=\"session\"\} 1\n",
            r"delivery_cache_evicted_total\{process=\"\d+\"\} 0\n",
            r"delivery_cache_bytes\{process=\"\d+\"\} [1-9]\d+\n",
            r"delivery_cache_position\{process=\"\d+\"\} \d+\n",
            r"delivery_cache_lag_changes\{process=\"\d+\"\} 0\n",
        ):
            self.assertRegex(text, line)


class EdgeHeaderTests(CacheTestCase):
    def headers(self, path, **delivery):
        with self.settings(DELIVERY={**settings.DELIVERY, **delivery}):
            return self.ask(path).headers

    def test_nothing_is_said_to_edges_that_are_not_purged(self):
        headers = self.headers("/cities/")
        self.assertNotIn("s-maxage", headers["cache-control"])
        self.assertNotIn("surrogate-key", headers)

    def test_each_kind_of_answer_has_ages_of_its_own(self):
        ages = {"html": [600, 30], "api": [900, 0]}
        said = self.headers("/api/v1/cities/", EDGE_AGES=ages)["cache-control"]
        self.assertEqual(said, "public, max-age=60, s-maxage=900")
        said = self.headers("/quick-service/", EDGE_AGES=ages)["cache-control"]
        self.assertIn("s-maxage=600, stale-while-revalidate=30", said)

    def test_an_edge_keeps_nothing_longer_than_it_holds(self):
        path = f"/api/v1/articles/{self.article.pk}/"
        said = self.headers(path, EDGE_AGES={"api": [86_400, 0]})["cache-control"]
        self.assertRegex(said, r"s-maxage=5\d$")

    def test_tags_are_in_the_header_of_the_edge(self):
        keys = self.headers(self.path, TAG_HEADER="Surrogate-Key")["surrogate-key"]
        self.assertIn(f"page-{self.article.pk}", keys.split(" "))
        tags = self.headers("/cities/", TAG_HEADER="Cache-Tag")["cache-tag"]
        self.assertIn("list-cities.city", tags.split(","))


class SingleFlightTests(CacheTestCase):
    def test_many_requests_at_once_build_one_answer(self):
        built = []
        all_here = threading.Event()

        def application(environ, start_response):
            built.append(1)
            all_here.wait(10)
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"answer"]

        cache = start(application)
        answers = []
        threads = [
            threading.Thread(target=lambda: answers.append(ask(cache, "/")))
            for _number in range(8)
        ]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        all_here.set()
        for thread in threads:
            thread.join()
        self.assertEqual(len(built), 1)
        self.assertEqual([answer.body for answer in answers], [b"answer"] * 8)
        self.assertEqual(sum("collapsed" in answer.cache for answer in answers), 7)


def entry_of(size, *tags):
    body = b"x" * size
    return Entry.build("200 OK", [], body, tags, time.monotonic() + 60)


class MemoryTests(SimpleTestCase):
    def test_what_was_asked_for_least_recently_goes_first(self):
        memory = Memory(9 * entry_of(10_000).size)
        for number in range(8):
            memory.put(f"key-{number}", entry_of(10_000), 0)
        memory.get("key-0")
        memory.put("key-8", entry_of(10_000), 0)
        memory.put("key-9", entry_of(10_000), 0)
        self.assertIsNotNone(memory.get("key-0"))
        self.assertIsNone(memory.get("key-1"))
        self.assertLessEqual(memory.bytes, memory.most_bytes)
        self.assertEqual(memory.counts["evicted"], 1)

    def test_what_was_asked_for_once_stays_for_one_turn(self):
        memory = Memory(9 * entry_of(10_000).size)
        memory.put("key", entry_of(10_000), 0)
        memory.get("key")
        for number in range(17):
            memory.put(number, entry_of(10_000), 0)
        self.assertIn("key", memory.entries)
        memory.put(17, entry_of(10_000), 0)
        self.assertNotIn("key", memory.entries)

    def test_bytes_are_given_back(self):
        memory = Memory(100_000)
        memory.put("a", entry_of(5_000, "page-1"), 0)
        memory.put("a", entry_of(6_000, "page-1"), 0)
        memory.invalidate([(1, ["page-1"])])
        self.assertEqual(memory.bytes, 0)

    def test_what_is_too_large_is_not_kept(self):
        memory = Memory(100_000)
        self.assertFalse(memory.put("a", entry_of(20_000), 0))

    def test_a_change_that_is_older_than_what_is_remembered_refuses_all(self):
        memory = Memory(100_000)
        memory.start_at(5)
        self.assertFalse(memory.put("a", entry_of(100), 4))

    def test_only_what_has_a_tag_is_dropped(self):
        memory = Memory(100_000)
        memory.put("a", entry_of(100, "page-1"), 0)
        memory.put("b", entry_of(100, "page-2"), 0)
        self.assertEqual(memory.invalidate([(1, ["page-1", "page-3"])]), 1)
        self.assertIsNotNone(memory.get("b"))

    def test_an_entry_ends_with_its_time(self):
        memory = Memory(100_000)
        entry = entry_of(100)
        entry.expires = time.monotonic() - 1
        memory.put("a", entry, 0)
        self.assertIsNone(memory.get("a"))


class EncodingTests(SimpleTestCase):
    def test_the_best_that_the_client_takes(self):
        for given, chosen in {
            "": "",
            "gzip": "gzip",
            "gzip, deflate, br, zstd": "br",
            "gzip, zstd": "zstd",
            "br;q=0, gzip;q=0.5": "gzip",
            "*": "br",
            "*;q=0": "",
            "identity": "",
            "gzip;q=x": "",
        }.items():
            with self.subTest(given):
                self.assertEqual(choose_encoding(given), chosen)


class EntrySizeTests(SimpleTestCase):
    def test_what_is_counted_is_what_is_taken(self):
        """With as many headers and tags as answers of this project have, some of them of their own."""
        body = b"".join(b"<p>%d</p>" % number for number in range(2_000))
        names = [f"tag-{number}" for number in range(60)]
        headers = [("Content-Type", "text/html"), *(("X-Same", n) for n in names[:10])]
        memory = Memory(10_000_000)
        tracemalloc.start()
        for number in range(300):
            # A server makes strings of their own for each request.
            raw = f"http testserver {number} /articles/{number}/ page={number}"
            *origin, query = raw.split(" ")
            tags = [*names, *(intern(f"own-{number}-{n}") for n in range(5))]
            memory.learn(tuple(origin), frozenset({"page"}), False)
            entry = Entry.build(
                "200 OK", headers, body, tags, time.monotonic() + 60, "br"
            )
            memory.put((tuple(origin), query, ""), entry, 0)
        taken, _most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertAlmostEqual(memory.bytes / taken, 1, delta=0.2)

    def test_a_body_is_kept_only_in_the_encodings_that_were_asked_for(self):
        body = b"<p>text</p>" * 1_000
        headers = [("Content-Type", "text/html")]
        entry = Entry.build("200 OK", headers, body, [], 0, "br")
        self.assertEqual(list(entry.variants), ["br"])
        self.assertLess(entry.size, len(body))
        self.assertEqual(entry.plain_body(), body)
        entry.add_variant("", entry.plain_body())
        self.assertEqual(entry.variant("").body, body)
        self.assertEqual(entry.variant("").etag, f'"{entry.digest}"')

    def test_what_cannot_be_compressed_is_the_same_for_all(self):
        headers = [("Content-Type", "image/png")]
        entry = Entry.build("200 OK", headers, b"x" * 1_000, [], 0, "gzip")
        self.assertIs(entry.variant("br"), entry.variant(""))
        self.assertNotIn("Content-Encoding", dict(entry.variant("br").headers))
