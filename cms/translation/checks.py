"""What `manage.py check` has to say about the settings of wagtail-localize."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

DISPATCHER = "cms.translation.translators.dispatching.LanguageTranslator"


@register()
def check_publication(**kwargs: Any) -> list[CheckMessage]:
    if not getattr(settings, "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True):
        return []
    return [
        Warning(
            "Pages that are submitted for translation are published untranslated.",
            hint="Set WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False.",
            id="translation.W001",
        )
    ]


@register()
def check_translator(**kwargs: Any) -> list[CheckMessage]:
    translator = getattr(settings, "WAGTAILLOCALIZE_MACHINE_TRANSLATOR", None) or {}
    if translator.get("CLASS") == DISPATCHER:
        return []
    return [
        Warning(
            "wagtail-localize does not ask the rules of languages who translates.",
            hint=f'Set WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {{"CLASS": "{DISPATCHER}", "OPTIONS": {{}}}}.',
            id="translation.W002",
        )
    ]
