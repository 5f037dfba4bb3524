"""A whole page, as copied from a browser and as HTML."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase
from django.utils import translation

from articles.importers import read_article_file
from articles.importers.losses import block_text
from articles.importers.wording import squash
from tests.articles.sample_pages import NEWS_HTML, NEWS_TEXT, REPORT_HTML, kinds


class NewsPageTests(SimpleTestCase):
    maxDiff = None

    def setUp(self):
        self.article = read_article_file(NEWS_TEXT)

    def test_title_and_announcement_are_told_apart(self):
        self.assertEqual(
            self.article.title,
            "让每一罐茶都查得到来路 青榆认证陪三十家茶厂走完追溯这条路",
        )
        self.assertEqual(
            self.article.announcement,
            "喜报!青榆认证连续三年入选“澄湖市服务业示范单位”",
        )

    def test_the_line_below_the_title_becomes_fields(self):
        self.assertEqual(self.article.source_name, "青榆认证中心")
        self.assertEqual(
            self.article.updated_at,
            datetime(2024, 3, 5, tzinfo=ZoneInfo("Asia/Shanghai")),
        )
        self.assertEqual(self.article.views, 2716)

    def test_every_part_of_the_body_becomes_the_block_that_it_is(self):
        self.assertEqual(
            kinds(self.article.body),
            [
                *("key_points", "paragraph"),
                *("heading", "paragraph", "paragraph"),
                *("heading", "paragraph", "named_points"),
                *("heading", "paragraph", "named_points"),
                *("paragraph", "paragraph"),
            ],
        )

    def test_key_points_lose_their_bullets_and_nothing_else(self):
        _kind, value = self.article.body[0]
        self.assertEqual(len(value["points"]), 3)
        self.assertEqual(value["points"][1], "查一批茶的来路,从平均两天缩短到十一分钟")

    def test_named_points_know_their_names(self):
        runs = [value for kind, value in self.article.body if kind == "named_points"]
        self.assertEqual(
            [[item["name"] for item in run["items"]] for run in runs],
            [
                [
                    "编码规则统一到一张纸上",
                    "称重和入库共用一套单据",
                    "培训放到车间里去做",
                ],
                ["县域茶厂互查计划", "追溯台账开放课堂"],
            ],
        )

    def test_nothing_is_lost(self):
        source = squash(NEWS_TEXT.read_text("utf-8"))
        details = squash("新闻来源:青榆认证中心 更新时间:2024-03-05 浏览次数:2716")
        body = "".join(map(block_text, self.article.body))
        names = self.article.announcement + self.article.title
        chrome = "".join(self.article.chrome)
        self.assertEqual(source, squash(chrome + names) + details + squash(body))

    def test_the_chrome_of_the_page_is_left_out(self):
        self.assertEqual(
            self.article.chrome,
            (
                *("快速办理通道", "姓 名*", "手机号码*", "公司座机*", "认证项目*"),
                *("公司名称*", "澄湖 [ 切换城市 ]", "全国服务电话 :", "0990-5550142"),
            ),
        )

    def test_html_of_the_same_page_gives_the_same_article(self):
        from_html = read_article_file(NEWS_HTML)
        self.assertEqual(
            replace(from_html, chrome=(), notes=()),
            replace(self.article, chrome=(), notes=()),
        )
        self.assertTrue(from_html.says_the_same_as(self.article))

    def test_everything_in_header_navigation_form_sidebar_and_footer_is_chrome(self):
        chrome = " ".join(read_article_file(NEWS_HTML).chrome)
        for words in ("切换城市", "新闻中心", "手机号码", "相关阅读", "版权所有"):
            with self.subTest(words):
                self.assertIn(words, chrome)


class OldReportPageTests(SimpleTestCase):
    """A page of the years when pages were laid out with tables, inside one form, in GB 2312 by its own account."""

    maxDiff = None

    def setUp(self):
        self.enterContext(translation.override("en"))
        self.article = read_article_file(REPORT_HTML)

    def test_a_form_around_the_whole_page_is_no_form(self):
        self.assertEqual(self.article.title, "青榆认证中心二〇二三年度服务报告")

    def test_links_above_the_title_are_navigation(self):
        self.assertEqual(
            self.article.chrome,
            (
                "首页 新闻中心 关于我们",
                "您的位置:首页 > 公司公告",
                "上一篇:茶厂的一天",
                "版权所有 青榆认证中心 澄ICP备00000000号",
            ),
        )

    def test_author_time_and_views_are_read(self):
        self.assertEqual(self.article.author, "办公室")
        self.assertEqual(
            self.article.published_at.isoformat(), "2024-01-18T09:05:00+08:00"
        )
        self.assertIsNone(self.article.updated_at)
        self.assertEqual(self.article.views, 12_000)

    def test_the_table_that_holds_figures_stays_a_table(self):
        tables = [value for kind, value in self.article.body if kind == "table"]
        self.assertEqual(
            tables,
            [
                {
                    "data": [
                        ["季度", "次数", "备注"],
                        ["一季度", "301", "含远程审核"],
                        ["二季度", "344", ""],
                    ],
                    "table_caption": "单位:次",
                    "first_row_is_table_header": True,
                    "first_col_is_header": False,
                    "table_header_choice": "row",
                }
            ],
        )

    def test_lists_links_and_styles_stay(self):
        paragraphs = [value for kind, value in self.article.body if kind == "paragraph"]
        self.assertEqual(
            paragraphs[0],
            '<p>全年共完成审核<b>1,284</b>次,详情见<a href="https://example.com/report?year=2023&amp;page=1">'
            "完整报告</a>, 也可下载或打印。车间面积合计3600m<sup>2</sup>。</p>",
        )
        self.assertEqual(
            paragraphs[1:3],
            [
                "<ul><li>制造业<ul><li>食品</li><li><i>机械</i></li></ul></li><li>服务业</li></ul>",
                "<ol><li>先诊断</li><li>后审核</li></ol>",
            ],
        )

    def test_headings_keep_their_rank(self):
        headings = [value for kind, value in self.article.body if kind == "heading"]
        self.assertEqual([value["level"] for value in headings], ["h2", "h3"])

    def test_what_cannot_be_kept_is_said(self):
        self.assertEqual(
            self.article.notes,
            (
                "Of this link only the words are kept: down.aspx?id=7",
                "Left out because the page hides it: 便宜代办",
                "1 picture is not imported.",
            ),
        )
