"""Wagtail's search with its texts in segments, on the database that the tests run on."""

from django.db import connection
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    Not,
    Or,
    Phrase,
    PlainText,
)

from articles.models import ArticlePage
from cms.search.finding import find
from tests.factories import ArticleIndexPageFactory, ArticlePageFactory

HOSTILE = [
    *(
        '"',
        '""',
        "'",
        "''",
        "*",
        "a*",
        '"a',
        "a'b",
        "\\",
        "a\\",
        "%s %d",
        "%",
        "NEAR(a b)",
    ),
    *(
        "a NEAR b",
        "-a",
        "NOT a",
        "a AND",
        "OR",
        "(a",
        "a)",
        "{title} : a",
        "title:a",
        "^a",
    ),
    *(
        "a & b",
        "!a",
        "a <-> b",
        ":*",
        "'a':*",
        "a\x00b",
        "👍",
        "认👍证",
        "\ud7ff",
        "ﷺ",
        "İ",
        "ß",
    ),
    *("认证" * 5_000, "a " * 5_000, "a" * 10_000, "(" * 10_000, '"a ' * 3_000),
]


class SearchTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory()

    def article(self, title: str, **fields) -> ArticlePage:
        return ArticlePageFactory(parent=self.index, title=title, **fields)

    def assert_finds(self, query, *articles: ArticlePage) -> None:
        found = list(ArticlePage.objects.search(query))
        self.assertCountEqual(found, articles, query)


class WordTests(SearchTestCase):
    def test_two_characters_in_the_middle_of_a_run(self):
        article = self.article("成都知识产权保护中心")
        self.article("成都质量管理中心")
        for query in ("产权", "识产", "知识产权", "保护中心", "权保"):
            self.assert_finds(query, article)

    def test_characters_that_stand_apart_are_not_found_together(self):
        self.article("产品的权利")
        self.assert_finds("产权")

    def test_one_character_wherever_it_stands(self):
        article = self.article("体系认证")
        for query in "体系认证":
            self.assert_finds(query, article)
        self.assert_finds("书")

    def test_traditional_finds_simplified_and_the_other_way_round(self):
        simplified = self.article("质量管理体系认证与发展")
        traditional = self.article("質量管理體系認證與發展")
        for query in ("认证", "認證", "體系", "体系认证", "發", "发展"):
            self.assert_finds(query, simplified, traditional)

    def test_words_and_numbers_beside_chinese(self):
        article = self.article("办理ISO9001认证的流程")
        for query in (
            *("ISO9001认证", "iso9001", "ISO 9001", "ISO-9001", "9001", "办理ISO"),
            *("ＩＳＯ９００１认证", "9001认", "理ISO9001认证的", "ISO9001 流程"),
        ):
            self.assert_finds(query, article)
        self.assert_finds("ISO14001认证")
        self.assert_finds("办理认证")

    def test_names_of_standards(self):
        article = self.article("GB/T 19001-2016解读")
        for query in ("GB/T 19001", "GB/T19001", "gb/t 19001-2016", "19001", "GB/T"):
            self.assert_finds(query, article)

    def test_several_words_must_all_be_found_in_any_order(self):
        article = self.article("成都企业如何办理高新认证")
        self.article("成都企业名录")
        self.assert_finds("认证 成都", article)
        self.assert_finds("认证，成都？", article)
        self.assert_finds("认证　成都", article)

    def test_punctuation_in_a_text_parts_what_is_beside_it(self):
        self.article("质量、管理")
        self.assert_finds("质量管理")

    def test_words_are_found_whole_and_without_accents(self):
        article = self.article("Café certification")
        self.assert_finds("cafe", article)
        self.assert_finds("CERTIFICATION", article)
        self.assert_finds("certif")

    def test_nothing_in_a_query_finds_nothing(self):
        self.article("认证")
        for query in ("", " ", "!?", "👍", "\x00"):
            self.assert_finds(query)

    def test_hostile_input_is_never_an_error(self):
        self.article("认证 a b")
        for query in HOSTILE:
            with self.subTest(query=query[:20]):
                list(ArticlePage.objects.search(query))
                list(ArticlePage.objects.search(Phrase(query)))
                list(ArticlePage.objects.search(Not(PlainText(query))))
                list(ArticlePage.objects.autocomplete(query))

    def test_hostile_texts_are_indexed(self):
        for text in HOSTILE:
            body = [{"type": "paragraph", "value": text[:999].replace("\x00", "")}]
            article = self.article("独特", body=body)
            self.assert_finds("独特", article)
            article.delete()


class TypingTests(SearchTestCase):
    def test_what_is_typed_so_far_finds_it(self):
        article = self.article("成都ISO9001认证服务")
        for typed in (
            "成",
            "成都",
            "都i",
            "is",
            "iso",
            "iso9",
            "iso900",
            "ISO9001认",
            "服务",
        ):
            found = list(Page.objects.autocomplete(typed))
            self.assertEqual([page.pk for page in found], [article.pk], typed)

    def test_all_words_but_the_last_must_be_whole(self):
        self.article("quality management")
        self.assertTrue(Page.objects.autocomplete("quality manage"))
        self.assertFalse(Page.objects.autocomplete("qual management"))


class QueryClassTests(SearchTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.both = ArticlePageFactory(parent=cls.index, title="质量管理与知识产权")
        cls.quality = ArticlePageFactory(parent=cls.index, title="质量管理")
        cls.neither = ArticlePageFactory(parent=cls.index, title="环境")

    def test_plain_text(self):
        self.assert_finds(PlainText("产权 质量"), self.both)
        self.assert_finds(
            PlainText("产权 质量", operator="or"), self.both, self.quality
        )

    def test_phrase(self):
        self.assert_finds(Phrase("质量管理与"), self.both)
        self.assert_finds(Phrase("管理 质量"))

    def test_and_or_not(self):
        quality, rights = PlainText("质量"), PlainText("产权")
        self.assert_finds(And([quality, rights]), self.both)
        self.assert_finds(Or([rights, PlainText("环境")]), self.both, self.neither)
        self.assert_finds(Not(quality), self.neither)
        self.assert_finds(And([quality, Not(rights)]), self.quality)
        self.assert_finds(And([Not(quality), Not(rights)]), self.neither)
        self.assert_finds(Or([rights, Not(quality)]), self.both, self.neither)
        self.assert_finds(
            And([quality, Or([rights, Not(Phrase("环境"))])]), self.both, self.quality
        )
        self.assert_finds(
            And([PlainText("环境 产权", operator="or"), quality]), self.both
        )

    def test_match_all_and_none_wherever_they_stand(self):
        quality = PlainText("质量")
        self.assert_finds(MATCH_ALL, self.both, self.quality, self.neither)
        self.assert_finds(MATCH_NONE)
        self.assert_finds(And([MATCH_ALL, quality]), self.both, self.quality)
        self.assert_finds(Or([MATCH_NONE, quality]), self.both, self.quality)
        self.assert_finds(And([MATCH_NONE, quality]))
        self.assert_finds(Not(PlainText("!")), self.both, self.quality, self.neither)

    def test_boost(self):
        self.assert_finds(Boost(PlainText("产权"), 2), self.both)
        self.assert_finds(
            And([Boost(PlainText("产权"), 2), PlainText("质量")]), self.both
        )

    def test_fuzzy_is_plain_text_on_sqlite_and_similar_segments_on_postgresql(self):
        compiler_class = get_search_backend().query_compiler_class
        compiler = compiler_class(ArticlePage.objects.all(), Fuzzy("知識產權"))
        if connection.vendor == "sqlite":
            self.assert_finds(Fuzzy("知識產權"), self.both)
        else:
            self.assertEqual(compiler.query.query_string, "知识 识产 产权")

    def test_a_search_in_some_fields(self):
        article = self.article("标题", summary="摘要里的内容")
        self.assertEqual(
            list(ArticlePage.objects.search("标题", fields=["title"])), [article]
        )
        self.assertEqual(
            list(ArticlePage.objects.search("内容", fields=["summary"])), [article]
        )
        self.assertEqual(list(ArticlePage.objects.search("内容", fields=["title"])), [])
        both = ArticlePage.objects.search("内容", fields=["title", "summary"])
        self.assertEqual(list(both), [article])

    def test_counts_slices_and_scores(self):
        results = ArticlePage.objects.search("质量")
        self.assertEqual((results.count(), len(results[:1])), (2, 1))
        for article in results.annotate_score("score"):
            self.assertIsNotNone(article.score)


class RelevanceTests(SearchTestCase):
    def test_a_title_counts_more_than_a_text(self):
        text = [{"type": "paragraph", "value": "<p>关于知识产权的话</p>"}]
        in_title = self.article("知识产权")
        in_body = self.article("别的事", body=text)
        found = find(ArticlePage.objects.all(), "知识产权")
        self.assertEqual(list(found), [in_title, in_body])


CHINESE = st.sampled_from("知识产权认证质量管理體系證書发展干乾〇㐀𠀀")


class EveryPartTests(HypothesisTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = ArticlePageFactory()

    @settings(max_examples=30, deadline=None)
    @given(
        st.lists(CHINESE, min_size=1, max_size=10).map("".join),
        st.sampled_from(["", "ISO9001", "，", " "]),
        st.data(),
    )
    def test_every_part_of_a_text_finds_it(self, run, beside, data):
        self.article.title = f"{beside}{run}{beside}"
        self.article.save()
        start = data.draw(st.integers(0, len(run) - 1))
        end = data.draw(st.integers(start + 1, len(run)))
        part = run[start:end]
        for pages in (
            ArticlePage.objects.search(part),
            Page.objects.autocomplete(part),
        ):
            self.assertEqual([page.pk for page in pages], [self.article.pk], part)
