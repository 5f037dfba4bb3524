"""Who translates into a language. Each language's rule names one of these."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator

from cms.translation.models import LanguageRule, Translator
from cms.translation.translators.opencc import HongKongTranslator, TaiwanTranslator

OURS: dict[str, type[BaseMachineTranslator]] = {
    Translator.TAIWAN: TaiwanTranslator,
    Translator.HONG_KONG: HongKongTranslator,
}


def find_translator(source: Locale, target: Locale) -> BaseMachineTranslator | None:
    """The translator of the language, if it can do this one: else people translate."""
    translator = make_translator(LanguageRule.of(target).translator)
    if translator is None or not translator.can_translate(source, target):
        return None
    return translator


def make_translator(name: str) -> BaseMachineTranslator | None:
    if name in OURS:
        return OURS[name]({})
    dispatcher = getattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", None) or {}
    configured: dict[str, Any] = dispatcher.get("OPTIONS", {}).get("CONFIGURED", {})
    if name != Translator.CONFIGURED or not configured:
        return None
    return import_string(configured["CLASS"])(configured.get("OPTIONS", {}))
