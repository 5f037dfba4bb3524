"""Each language names its translator; wagtail-localize asks one for all."""

from django.test import TestCase, override_settings
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.machine_translators.dummy import DummyTranslator
from wagtail_localize.strings import StringValue

from cms.translation.checks import DISPATCHER
from cms.translation.models import LanguageRule, Translator
from tests.factories import home_page
from tests.translation.languages import language

DUMMY = f"{DummyTranslator.__module__}.{DummyTranslator.__name__}"
CONFIGURED = {"CLASS": DISPATCHER, "OPTIONS": {"CONFIGURED": {"CLASS": DUMMY}}}


class DispatchingTests(TestCase):
    def translate(self, code, translator, text):
        source = home_page().locale
        locale = language(code)
        LanguageRule.objects.create(locale=locale, source=source, translator=translator)
        machine = get_machine_translator()
        value = StringValue(text)
        if not machine.can_translate(source, locale):
            return None
        translated = machine.translate(source, locale, [value])
        return translated[value].data, str(machine.display_name)

    def test_traditional_chinese_comes_from_opencc(self):
        result = self.translate("zh-hant", Translator.TAIWAN, "软件")
        self.assertEqual(result, ("軟體", "OpenCC (Taiwan)"))

    @override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=CONFIGURED)
    def test_english_comes_from_the_configured_machine(self):
        result = self.translate("en", Translator.CONFIGURED, "甲 乙")
        self.assertEqual(result, ("乙 甲", str(DummyTranslator.display_name)))

    def test_nobody_is_asked_where_none_is_configured(self):
        self.assertIsNone(self.translate("en", Translator.CONFIGURED, "甲"))

    def test_opencc_does_not_translate_into_english(self):
        self.assertIsNone(self.translate("en", Translator.TAIWAN, "甲"))

    def test_people_are_no_machine(self):
        self.assertIsNone(self.translate("zh-hant", Translator.PEOPLE, "甲"))
