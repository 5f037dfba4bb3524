from datetime import UTC, datetime

import pytest
from django.utils import translation

from cms.core.templatetags.core_tags import day, language_tag


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
