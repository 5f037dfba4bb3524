from datetime import datetime

from django.test import SimpleTestCase
from django.utils import translation

from articles.importers.details import TIME_ZONE, is_details, read_details
from articles.importers.lines import Line, Run, tidy


def line(text: str) -> Line:
    return Line(tidy([Run(text)]))


class DetailsTests(SimpleTestCase):
    def assert_reads(self, text: str, **expected):
        self.assertTrue(is_details(line(text)), text)
        details = read_details([line(text)])
        for field, value in expected.items():
            self.assertEqual(getattr(details, field), value, text)

    def test_parts_may_come_in_any_order_and_number(self):
        march = datetime(2024, 3, 5, tzinfo=TIME_ZONE)
        self.assert_reads(
            "浏览次数:12 新闻来源:青榆 更新时间:2024-03-05",
            views=12, source_name="青榆", updated_at=march,
        )  # fmt: skip
        self.assert_reads("更新时间:2024-03-05", updated_at=march, source_name="")
        self.assert_reads(
            "来源:青榆 | 作者:陆望舒", source_name="青榆", author="陆望舒"
        )
        self.assert_reads("新闻来源:青榆更新时间:2024-03-05浏览次数:12", views=12)
        self.assert_reads("[本文来源:青榆 点击量:7]", source_name="青榆", views=7)

    def test_colons_may_be_full_width(self):
        self.assert_reads(
            "新闻来源\uff1a青榆\u3000浏览次数\uff1a12", source_name="青榆", views=12
        )

    def test_dates_are_read_as_people_write_them(self):
        for written in ("2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日"):
            expected = datetime(2024, 3, 5, tzinfo=TIME_ZONE)
            self.assert_reads(f"发布时间:{written}", published_at=expected)
        expected = datetime(2024, 3, 5, 9, 7, 30, tzinfo=TIME_ZONE)
        self.assert_reads("更新时间:2024-03-05 09:07:30", updated_at=expected)

    def test_view_counts_are_read_as_people_write_them(self):
        for written, views in {
            "0": 0,
            "1,284": 1284,
            "1.2万": 12_000,
            "36次": 36,
        }.items():
            self.assert_reads(f"浏览量:{written}", views=views)

    def test_what_cannot_be_understood_is_said(self):
        with translation.override("en"):
            details = read_details(
                [line("更新时间:2024-13-45 浏览次数:许多 责任编辑:陆望舒")]
            )
        self.assertIsNone(details.updated_at)
        self.assertIsNone(details.views)
        self.assertEqual(
            details.notes,
            (
                "Not understood: 更新时间:2024-13-45",
                "Not understood: 浏览次数:许多",
                "Not understood: 责任编辑:陆望舒",
            ),
        )

    def test_ordinary_lines_are_no_details(self):
        for text in (
            "时间:3月1日上午",
            "来源:茶园",
            "茶厂负责人表示:更新时间:由各厂决定",
            "追溯到底改变了什么?",
        ):
            with self.subTest(text):
                self.assertFalse(is_details(line(text)))
