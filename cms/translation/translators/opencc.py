"""Simplified to traditional Chinese, phrase by phrase: 头发 and 发展 differ, 软件 is 軟體 in Taiwan."""

import re
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

# What is no text: tags and entities, placeholders in braces of either width, addresses.
KEPT = re.compile(
    r"<[^>]*>|&#?\w+;"
    r"|[{｛]{1,2}[^{}｛｝<>]{1,32}[}｝]{1,2}"
    r"|[a-zA-Z][a-zA-Z0-9+.-]*://[^\s<>\"'，。；！？、（）《》「」“”]+"
    r"|[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+"
)


# Where traditional characters are written, quotations stand in corner brackets (重訂標點符號手冊, Ministry of
# Education of Taiwan, 2008; in Hong Kong as well). A single ’ may be an apostrophe: only pairs are quotation marks.
QUOTES = str.maketrans("“”", "「」")
SINGLE_QUOTES = re.compile("‘([^‘’]*)’")


@cache
def converter(configuration: str) -> OpenCC:
    """Reading the dictionaries takes as long as a page."""
    return OpenCC(configuration)


def convert(html: str, configuration: str) -> str:
    """The text with its words and quotation marks converted, and what is no text as it was."""

    def change(text: str) -> str:
        words = converter(configuration).convert(text).translate(QUOTES)
        return SINGLE_QUOTES.sub(r"『\1』", words)

    converted, end = "", 0
    for kept in KEPT.finditer(html):
        converted += change(html[end : kept.start()]) + kept[0]
        end = kept.end()
    return converted + change(html[end:])


class OpenCCTranslator(BaseMachineTranslator):
    configuration: str

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        codes = source_locale.language_code, target_locale.language_code
        return is_simplified(codes[0]) and is_traditional(codes[1])

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable
    ) -> dict[StringValue, StringValue]:
        return {
            string: StringValue(convert(string.data, self.configuration))
            for string in strings
        }


class TaiwanTranslator(OpenCCTranslator):
    display_name = "OpenCC (Taiwan)"
    configuration = "s2twp"


class HongKongTranslator(OpenCCTranslator):
    display_name = "OpenCC (Hong Kong)"
    configuration = "s2hk"


def is_simplified(language_code: str) -> bool:
    return language_code.lower() in {"zh", "zh-hans", "zh-cn", "zh-sg"}


def is_traditional(language_code: str) -> bool:
    code = language_code.lower()
    return code.startswith("zh-hant") or code in {"zh-tw", "zh-hk", "zh-mo"}
