from django.test import SimpleTestCase
from django.utils import translation

from articles.importers import BadFile
from tests.articles.sample_pages import body_of, html_body_of, kinds

LONG = "三十家茶厂把自己的台账摊在长桌上,谁都可以翻,翻到哪一页都可以问。"


class ParagraphTests(SimpleTestCase):
    def test_a_line_is_a_paragraph(self):
        self.assertEqual(body_of(LONG), [("paragraph", f"<p>{LONG}</p>")])

    def test_characters_of_markup_in_text_stay_text(self):
        self.assertEqual(
            body_of("温度<5℃且湿度>60%的库房&冷链车。"),
            [("paragraph", "<p>温度&lt;5℃且湿度&gt;60%的库房&amp;冷链车。</p>")],
        )

    def test_a_line_break_in_html_begins_a_paragraph_as_it_does_in_copied_text(self):
        self.assertEqual(
            html_body_of(f"<div>{LONG}<br><br>{LONG}</div>"), body_of(f"{LONG}\n{LONG}")
        )

    def test_source_lines_that_wrap_inside_a_paragraph_leave_no_gap(self):
        self.assertEqual(
            html_body_of("<p>三十家茶厂把自己的\n   台账摊在长桌上。</p>"),
            [("paragraph", "<p>三十家茶厂把自己的台账摊在长桌上。</p>")],
        )


class KeyPointTests(SimpleTestCase):
    def test_each_run_of_bullets_becomes_one_block(self):
        body = body_of(f"● 甲厂用上编码\n◆乙厂用上编码\n{LONG}\n■ 丙厂用上编码")
        self.assertEqual(
            body,
            [
                (
                    "key_points",
                    {"title": "", "points": ["甲厂用上编码", "乙厂用上编码"]},
                ),
                ("paragraph", f"<p>{LONG}</p>"),
                ("key_points", {"title": "", "points": ["丙厂用上编码"]}),
            ],
        )

    def test_a_bullet_without_text_is_nothing(self):
        self.assertEqual(body_of(f"■\n{LONG}"), body_of(LONG))

    def test_points_that_link_somewhere_keep_their_links(self):
        self.assertEqual(
            html_body_of(
                '<p>■ <a href="https://example.com/">甲厂</a></p><p><b>■</b> 乙厂</p>'
            ),
            [
                (
                    "paragraph",
                    '<ul><li><a href="https://example.com/">甲厂</a></li><li>乙厂</li></ul>',
                )
            ],
        )


class HeadingTests(SimpleTestCase):
    def headings(self, text: str) -> list[str]:
        return [value["text"] for kind, value in body_of(text) if kind == "heading"]

    def test_a_short_line_that_stands_alone_is_a_heading(self):
        for line in ("一本台账从哪里开始", "青榆做了哪些准备?", "茶厂的“底气”"):
            with self.subTest(line):
                self.assertEqual(self.headings(f"{LONG}\n{line}\n{LONG}"), [line])

    def test_a_line_that_ends_like_a_sentence_is_none(self):
        for line in (
            "台账摊在桌上。",
            "具体包括:",
            "“为什么?”",
            "加油!",
            "(本报记者陆望舒)",
            "图为总结会现场",
            "2024.3.1",
        ):
            with self.subTest(line):
                self.assertEqual(self.headings(f"{LONG}\n{line}\n{LONG}"), [])

    def test_a_short_line_with_nothing_below_it_is_none(self):
        self.assertEqual(self.headings(f"{LONG}\n青榆认证中心\n二〇二四年三月"), [])

    def test_many_short_lines_are_a_list_and_no_headings(self):
        self.assertEqual(self.headings(f"{LONG}\n采摘\n称重\n摊青\n入库\n{LONG}"), [])

    def test_thirty_characters_are_too_long(self):
        self.assertEqual(self.headings(f"{'茶' * 30}\n{LONG}"), [])
        self.assertEqual(len(self.headings(f"{'茶' * 29}\n{LONG}")), 1)

    def test_the_first_heading_of_html_is_a_section_whatever_its_rank(self):
        body = html_body_of(f"<h4>甲</h4><p>{LONG}</p><h3>乙</h3><p>{LONG}</p>")
        levels = [value["level"] for kind, value in body if kind == "heading"]
        self.assertEqual(levels, ["h2", "h3"])


class NamedPointTests(SimpleTestCase):
    NAMED = [
        "县域茶厂互查计划。邻近的三家茶厂结成一组,每季度互相抽查一批茶。",
        "追溯台账开放课堂。每月第二个周六开放一间车间,谁都可以来跟一天班。",
    ]

    def test_two_in_a_row_become_named_points(self):
        self.assertEqual(
            body_of("\n".join(self.NAMED)),
            [
                (
                    "named_points",
                    {
                        "items": [
                            dict(
                                zip(("name", "text"), line.split("。", 1), strict=True)
                            )
                            for line in self.NAMED
                        ]
                    },
                )
            ],
        )

    def test_one_between_others_is_a_paragraph(self):
        self.assertEqual(
            kinds(body_of(f"{LONG}\n{self.NAMED[0]}\n{LONG}\n{self.NAMED[1]}")),
            ["paragraph"] * 4,
        )

    def test_a_first_sentence_with_a_comma_or_a_quotation_is_no_name(self):
        for first in ("一开始,没人相信。", "“我来了。”陆望舒说,", "钱花在了哪里?"):
            line = f"{first}后来大家都说,这才是一本台账该有的样子。"
            with self.subTest(first):
                self.assertEqual(kinds(body_of(f"{line}\n{line}")), ["paragraph"] * 2)

    def test_a_name_is_shorter_than_what_is_said_about_it(self):
        self.assertEqual(
            kinds(body_of("台账摊在长桌上。翻吧。\n" * 2)), ["paragraph"] * 2
        )

    def test_a_link_is_worth_more_than_the_structure(self):
        link = '<p>互查计划。邻近的三家茶厂结成一组,见<a href="https://example.com/">办法</a>。</p>'
        self.assertEqual(kinds(html_body_of(link * 2)), ["paragraph"] * 2)


class HtmlStructureTests(SimpleTestCase):
    def test_a_quotation_becomes_a_quote(self):
        self.assertEqual(
            html_body_of("<blockquote><p>先审自己。</p><p>再审别人。</p></blockquote>"),
            [("quote", {"text": "先审自己。\n再审别人。", "speaker": "", "role": ""})],
        )

    def test_lists_next_to_each_other_stay_two(self):
        self.assertEqual(
            html_body_of("<ol><li>甲</li></ol><ol><li>乙</li></ol>"),
            [
                ("paragraph", "<ol><li>甲</li></ol>"),
                ("paragraph", "<ol><li>乙</li></ol>"),
            ],
        )

    def test_a_list_inside_an_item_that_has_no_words_is_kept(self):
        self.assertEqual(
            html_body_of("<ul><li><ul><li>甲</li></ul></li><li>乙</li></ul>"),
            [("paragraph", "<ul><li><ul><li>甲</li></ul></li><li>乙</li></ul>")],
        )

    def test_cells_that_span_others_keep_the_table_square(self):
        markup = "<table><tr><th colspan=2>甲<th>乙<tr><th rowspan=2>丙<td>1<td>2<tr><td>3<td>4</table>"
        ((_kind, value),) = html_body_of(markup)
        self.assertEqual(
            value["data"], [["甲", "", "乙"], ["丙", "1", "2"], ["", "3", "4"]]
        )
        self.assertEqual(value["table_header_choice"], "row")

    def test_a_table_with_an_absurd_span_is_read_as_text(self):
        row = "<tr>" + "<td rowspan=9999 colspan=9999>茶</td>" * 5 + "</tr>"
        self.assertNotIn("table", kinds(html_body_of(f"<table>{row * 2}</table>")))

    def test_preformatted_lines_stay_lines(self):
        self.assertEqual(
            html_body_of(f"<pre>{LONG}\n{LONG}</pre>"), body_of(f"{LONG}\n{LONG}")
        )

    def test_html_that_nests_too_deeply_has_a_reason(self):
        with (
            translation.override("en"),
            self.assertRaisesMessage(BadFile, "The HTML is nested too deeply."),
        ):
            html_body_of("<div>" * 300 + "茶")
