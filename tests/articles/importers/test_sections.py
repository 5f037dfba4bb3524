from django.test import SimpleTestCase
from django.utils import translation

from tests.articles.sample_pages import (
    article_from_html,
    article_from_text,
    kinds,
    reason_for,
)

DETAILS = "新闻来源:青榆认证中心 更新时间:2024-03-05"
TEXT = "三十家茶厂把自己的台账摊在长桌上,谁都可以翻。"


class TitleTests(SimpleTestCase):
    def setUp(self):
        self.enterContext(translation.override("en"))

    def test_without_details_the_first_line_is_the_title(self):
        article = article_from_text(f"茶厂的一天\n{TEXT}\n{TEXT}")
        self.assertEqual(article.title, "茶厂的一天")
        self.assertEqual(kinds(article.body), ["paragraph", "paragraph"])

    def test_a_headline_alone_is_the_title(self):
        for below in (DETAILS, TEXT):
            with self.subTest(below):
                article = article_from_text(
                    f"喜报!青榆认证获评示范单位\n{below}\n{TEXT}"
                )
                self.assertEqual(article.title, "喜报!青榆认证获评示范单位")
                self.assertEqual(article.announcement, "")

    def test_a_word_alone_above_the_title_is_its_kicker(self):
        article = article_from_text(f"喜报\n茶厂的一天\n{DETAILS}\n{TEXT}")
        self.assertEqual((article.kicker, article.title), ("喜报", "茶厂的一天"))

    def test_a_second_line_below_the_title_is_its_subtitle(self):
        article = article_from_text(f"茶厂的一天\n从鲜叶到货架\n{DETAILS}\n{TEXT}")
        self.assertEqual(
            (article.title, article.subtitle), ("茶厂的一天", "从鲜叶到货架")
        )

    def test_what_follows_the_service_phone_is_the_headline(self):
        article = article_from_text(
            f"全国服务电话:\n0990-5550142\n青榆认证乔迁新址\n茶厂的一天\n{DETAILS}\n{TEXT}"
        )
        self.assertEqual(article.announcement, "青榆认证乔迁新址")
        self.assertEqual(article.title, "茶厂的一天")

    def test_in_html_the_h1_is_the_title_and_what_stands_above_it_is_chrome(self):
        article = article_from_html(
            f"<div>欢迎光临青榆认证</div><div>喜报!青榆认证获评示范单位</div><h1>茶厂的一天</h1><p>{TEXT}</p>"
        )
        self.assertEqual(article.title, "茶厂的一天")
        self.assertEqual(article.announcement, "喜报!青榆认证获评示范单位")
        self.assertEqual(article.chrome, ("欢迎光临青榆认证",))

    def test_the_header_of_an_article_is_not_the_header_of_the_page(self):
        article = article_from_html(
            "<header><h1>青榆认证</h1></header>"
            f"<article><header><h1>茶厂的一天</h1></header><p>{TEXT}</p></article>"
            "<div>相关新闻</div><div>茶厂的一年</div>"
        )
        self.assertEqual(article.title, "茶厂的一天")
        self.assertEqual(article.chrome, ("青榆认证", "相关新闻", "茶厂的一年"))

    def test_a_page_without_title_or_text_has_a_reason(self):
        cases = {
            f"{TEXT}\n{TEXT}": "No title was found.",
            "姓 名*\n手机号码*": "No title was found.",
            "茶厂的一天": "There is no text below the title.",
            f"茶厂的一天\n{DETAILS}": "There is no text below the title.",
            f"茶厂的一天\n{DETAILS}\n上一篇:无": "There is no text below the title.",
            f"{'茶' * 256}\n{TEXT}": "The title is longer than 255 characters.",
            "■\n\u200b": "The file holds no text.",
        }
        for text, reason in cases.items():
            with self.subTest(reason):
                self.assertEqual(reason_for(article_from_text, text), reason)


class ChromeTests(SimpleTestCase):
    def chrome_of(self, text: str) -> tuple[str, ...]:
        return article_from_text(text).chrome

    def test_chrome_is_recognised_above_and_below_the_article(self):
        above = [
            "快速办理通道",
            "*姓名:",
            "电子邮箱*",
            "请选择城市",
            "当前位置:首页>新闻",
        ]
        below = [
            "下一篇:茶厂的一年",
            "返回列表",
            "打印本页",
            "全国统一服务热线:400-555-0142",
            "© 2024 青榆认证",
        ]
        page = [*above, "茶厂的一天", DETAILS, "字号:大 中 小", TEXT, *below]
        self.assertEqual(
            self.chrome_of("\n".join(page)), (*above, "字号:大 中 小", *below)
        )

    def test_full_width_forms_are_recognised(self):
        labels = ["姓\u3000名\uff0a", "成都\uff3b切换城市\uff3d", "全国服务电话\uff1a"]
        self.assertEqual(
            self.chrome_of("\n".join([*labels, "茶厂的一天", DETAILS, TEXT])),
            ("姓 名\uff0a", *labels[1:]),
        )

    def test_the_same_words_in_the_middle_of_an_article_stay(self):
        article = article_from_text(
            "\n".join(["茶厂的一天", DETAILS, TEXT, "联系我们", "0990-5550142", TEXT])
        )
        self.assertEqual(article.chrome, ())
        self.assertEqual(len(article.body), 4)

    def test_contact_lines_that_end_an_article_stay(self):
        article = article_from_text(
            f"茶厂的一天\n{DETAILS}\n{TEXT}\n联系电话:0990-5550142"
        )
        self.assertEqual(kinds(article.body), ["paragraph", "paragraph"])
