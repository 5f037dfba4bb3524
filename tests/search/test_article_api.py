from tests.api.base import DeliveryAPITestCase
from tests.factories import (
    ArticleCategoryFactory,
    ArticleIndexPageFactory,
    ArticlePageFactory,
    CityFactory,
    home_page,
    restrict,
    translate,
)


def paragraph(text: str) -> list[dict]:
    return [{"type": "paragraph", "value": f"<p>{text}</p>"}]


class ArticleSearchTests(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = ArticleIndexPageFactory()
        cls.about = ArticlePageFactory(parent=cls.index, title="知识产权保护")
        cls.mentions = ArticlePageFactory(
            parent=cls.index, title="年会", body=paragraph("会上谈到知识产权。")
        )
        cls.other = ArticlePageFactory(parent=cls.index, title="质量管理")

    def found(self, search: str, **parameters) -> list[int]:
        return self.listed("articles/", search=search, **parameters)

    def test_the_most_relevant_first(self):
        self.assertEqual(self.found("产权"), [self.about.pk, self.mentions.pk])

    def test_in_the_order_that_is_asked_for(self):
        self.assertEqual(
            self.found("产权", order="-published_at"), [self.mentions.pk, self.about.pk]
        )

    def test_in_either_chinese_script(self):
        self.assertEqual(self.found("知識產權"), self.found("知识产权"))

    def test_in_all_that_an_article_says(self):
        category = ArticleCategoryFactory(name="甲类资讯")
        fields = {
            "kicker": "喜报",
            "subtitle": "副题文字",
            "summary": "摘要文字",
            "author": "王小明",
            "source_name": "某某日报",
            "category": category,
        }
        article = ArticlePageFactory(parent=self.index, **fields)
        article.tags.add("双碳")
        article.save()
        # Tags are stored after the article, for which the tests' index does not wait as a worker would.
        article.save()
        for search in ("喜报", "副题", "摘要", "小明", "日报", "甲类", "双碳"):
            self.assertEqual(self.found(search), [article.pk], search)

    def test_together_with_other_filters_and_in_portions(self):
        category = ArticleCategoryFactory(slug="news")
        city = CityFactory(slug="chengdu")
        self.mentions.category = category
        self.mentions.cities = [city]
        self.mentions.save()
        self.about.cities = [CityFactory()]
        self.about.tags.add("专利")
        self.about.save()
        self.assertEqual(self.found("产权", category="news"), [self.mentions.pk])
        self.assertEqual(self.found("产权", city="chengdu"), [self.mentions.pk])
        self.assertEqual(self.found("产权", tag="专利"), [self.about.pk])
        self.assertEqual(self.found("产权", published_before="2001-01-01"), [])
        answer = self.read("articles/", search="产权", limit=1, offset=1)
        self.assertEqual(answer["count"], 2)
        self.assertEqual([each["id"] for each in answer["items"]], [self.mentions.pk])

    def test_no_draft_nothing_restricted_and_nothing_of_another_language(self):
        ArticlePageFactory(parent=self.index, title="未发布", live=False)
        restrict(ArticlePageFactory(parent=self.index, title="保密的"))
        translate(home_page(), "en")
        translate(self.index, "en")
        english = translate(self.other, "en", title="Quality")
        self.assertEqual(self.found("未发布"), [])
        self.assertEqual(self.found("保密"), [])
        self.assertEqual(self.found("quality"), [])
        self.assertEqual(self.found("quality", locale="en"), [english.pk])

    def test_what_is_unpublished_is_gone_and_what_is_edited_is_found_anew(self):
        self.about.unpublish()
        self.assertEqual(self.found("产权保护"), [])
        self.other.title = "环境管理"
        self.other.save_revision().publish()
        self.assertEqual(self.found("环境"), [self.other.pk])
        self.assertEqual(self.found("质量"), [])

    def test_words_of_a_draft_of_a_published_article_are_not_found(self):
        self.other.title = "机密"
        self.other.save_revision()
        self.assertEqual(self.found("机密"), [])

    def test_a_search_for_nothing_is_an_error(self):
        for search in ("", " ", "!？", "\x00"):
            self.assert_problem_response(
                self.ask("articles/", search=search),
                status_code=422,
                parameter="search",
            )

    def test_a_search_for_too_much_is_an_error(self):
        self.read("articles/", search="认" * 100)
        self.assert_problem_response(
            self.ask("articles/", search="认" * 101),
            status_code=422,
            parameter="search",
        )

    def test_hostile_input_is_never_our_error(self):
        for search in ('"', "a*", "NEAR(a b)", "-a", "(a", "a\x00b", "'a':*", "%s"):
            self.assertIn(self.ask("articles/", search=search).status_code, (200, 422))

    def test_the_number_of_queries_does_not_grow(self):
        self.read("articles/", search="产权")
        # The site, its home page, the locale; the number of articles, those in the part with category and cover,
        # their cities.
        with self.assertNumQueries(6):
            self.read("articles/", search="产权")
