from datetime import UTC, datetime

import pytest
from django.utils import translation

from cms.core.phones import show_phone, write_e164
from cms.core.templatetags.core_tags import day, grouped, language_tag


@pytest.mark.parametrize(
    ("code", "written"),
    [("zh-hans", "2026-11-12"), ("zh-hant", "2026-11-12"), ("en", "12 Nov 2026")],
)
def test_dates_are_written_as_the_language_does(code, written):
    with translation.override(code):
        assert day(datetime(2026, 11, 12, tzinfo=UTC)) == written


def test_language_is_named_as_the_settings_say(settings):
    settings.LANGUAGE_TAGS = {"zh-hant": "zh-Hant-HK"}
    assert language_tag("zh-hant") == "zh-Hant-HK"
    assert language_tag("zh-hans") == "zh-Hans"


def test_language_tags_are_those_of_html():
    assert [language_tag(code) for code in ("zh-hans", "zh-hant", "en")] == [
        "zh-Hans",
        "zh-Hant",
        "en",
    ]


@pytest.mark.parametrize(
    ("typed", "chinese", "english"),
    [
        ("028-88888888", "028-8888 8888", "+86 28 8888 8888"),
        ("(028)8888 8888", "028-8888 8888", "+86 28 8888 8888"),
        ("+86 28 88888888", "028-8888 8888", "+86 28 8888 8888"),
        ("０２８－８８８８８８８８", "028-8888 8888", "+86 28 8888 8888"),
        ("0816-2345678", "0816-234 5678", "+86 816 234 5678"),
        ("13800138000", "138 0013 8000", "+86 138 0013 8000"),
        ("028-88888888转8012", "028-8888 8888转8012", "+86 28 8888 8888 ext. 8012"),
        ("+44 20 7946 0958", "+44 20 7946 0958", "+44 20 7946 0958"),
        ("400-888-0000", "400-888-0000", "400-888-0000"),
        ("4008880000", "4008880000", "4008880000"),
        ("800-820-8820", "800-820-8820", "800-820-8820"),
        ("95555", "95555", "95555"),
        ("028-1", "028-1", "028-1"),
        (
            "028-88888888 / 88888889",
            "028-88888888 / 88888889",
            "028-88888888 / 88888889",
        ),
        ("028-88888888（工作日）", "028-88888888（工作日）", "028-88888888（工作日）"),
        ("请致电前台", "请致电前台", "请致电前台"),
        ("", "", ""),
    ],
)
def test_phones_are_written_as_readers_of_the_language_dial_them(
    typed, chinese, english
):
    for code, written in (("zh-hans", chinese), ("en", english)):
        with translation.override(code):
            assert show_phone(typed) == written


def test_an_extension_is_named_in_the_script_of_the_page():
    with translation.override("zh-hant"):
        assert show_phone("028-88888888转8012") == "028-8888 8888轉8012"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("028-88888888", "+862888888888"),
        ("400-888-0000", "400-888-0000"),
        ("028-88888888转8012", "028-88888888转8012"),
    ],
)
def test_machines_are_told_numbers_that_can_be_dialled_from_everywhere(typed, written):
    assert write_e164(typed) == written


@pytest.mark.parametrize("code", ["zh-hans", "zh-hant", "en"])
def test_thousands_are_set_apart_alike_in_all_languages(code):
    with translation.override(code):
        assert [grouped(number) for number in (999, 1200, 1234567)] == [
            "999",
            "1,200",
            "1,234,567",
        ]
