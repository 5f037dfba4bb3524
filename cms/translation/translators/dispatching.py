from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

from cms.translation.translators import find_translator


class LanguageTranslator(BaseMachineTranslator):
    """What `WAGTAILLOCALIZE_MACHINE_TRANSLATOR` names: gives the work to the translator of the target language.

    OPTIONS: `CONFIGURED`, the class and options of the translator that rules call the configured one.
    """

    display_name = _("machine translation")

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        return find_translator(source_locale, target_locale) is not None

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Any
    ) -> dict[StringValue, StringValue]:
        translator = find_translator(source_locale, target_locale)
        if translator is None:
            return {}
        # wagtail-localize asks for the name afterwards, to write it beside the texts.
        self.display_name = translator.display_name
        return translator.translate(source_locale, target_locale, strings)
