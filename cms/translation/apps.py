from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "cms.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        # Models can only be imported from here on.
        from wagtail_localize.locales.components import register_locale_component

        from cms.translation import checks  # noqa: F401 (registers them)
        from cms.translation.engine import install
        from cms.translation.models import LanguageRule
        from cms.translation.signal_handlers import register_signal_handlers

        install()
        register_locale_component(
            heading=_("Translation"),
            help_text=_("Where the pages of this language come from."),
        )(LanguageRule)
        register_signal_handlers()
