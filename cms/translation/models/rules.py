from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale
from wagtail_localize.locales.components import LocaleComponentModelForm


class Mode(models.TextChoices):
    AUTOMATIC = "automatic", gettext_lazy("Automatically, when the source is published")
    ASK = "ask", gettext_lazy("Ask whoever publishes the source")
    MANUAL = "manual", gettext_lazy("Only when somebody asks for it")


class Translator(models.TextChoices):
    TAIWAN = "opencc-tw", gettext_lazy("OpenCC: traditional Chinese of Taiwan")
    HONG_KONG = "opencc-hk", gettext_lazy("OpenCC: traditional Chinese of Hong Kong")
    CONFIGURED = "configured", gettext_lazy("The machine that is configured")
    PEOPLE = "people", gettext_lazy("People, here or in PO files")


class LanguageRuleForm(LocaleComponentModelForm):
    def validate_with_locale(self, locale: Locale) -> None:
        source = self.cleaned_data.get("source")
        if source and source.language_code == locale.language_code:
            message = _("A language cannot be translated from itself.")
            raise ValidationError({"source": message})


class LanguageRule(models.Model):
    """How pages come into a language. Part of the language's own form, Settings → Locales."""

    locale = models.OneToOneField(
        "wagtailcore.Locale", on_delete=models.CASCADE, related_name="+"
    )
    source = models.ForeignKey(
        "wagtailcore.Locale",
        verbose_name=gettext_lazy("translated from"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    translator = models.CharField(
        gettext_lazy("translated by"),
        max_length=20,
        choices=Translator,
        default=Translator.PEOPLE,
    )
    mode = models.CharField(
        gettext_lazy("brought up to date"),
        max_length=10,
        choices=Mode,
        default=Mode.MANUAL,
    )
    publishes = models.BooleanField(
        gettext_lazy("publish"),
        default=True,
        help_text=gettext_lazy(
            "Translations of published pages are published as soon as no text of theirs is missing. Else they wait as "
            "drafts."
        ),
    )

    base_form_class = LanguageRuleForm
    panels = [
        FieldPanel("source"),
        FieldPanel("translator"),
        FieldPanel("mode"),
        FieldPanel("publishes"),
    ]

    class Meta:
        verbose_name = gettext_lazy("translation of a language")
        verbose_name_plural = gettext_lazy("translations of languages")

    def __str__(self) -> str:
        return f"{self.source} → {self.locale}"

    @classmethod
    def of(cls, locale: Locale) -> "LanguageRule":
        """The language's rule, or what is done where there is none: people translate from the main language."""
        rule = cls.objects.filter(locale=locale).select_related("source").first()
        return rule or cls(locale=locale, source=Locale.get_default())

    @classmethod
    def of_all(cls) -> "list[LanguageRule]":
        """What is done for each language beside the main one."""
        default = Locale.get_default()
        locales = Locale.objects.exclude(pk=default.pk).order_by("pk")
        found = cls.objects.select_related("source").in_bulk(field_name="locale_id")
        rules = []
        for locale in locales:
            rule = found.get(locale.pk) or cls(source=default)
            rule.locale = locale
            rules.append(rule)
        return rules

    @classmethod
    def following(cls, source_id: int) -> "list[LanguageRule]":
        """The rules of the languages that are translated from this one."""
        languages = Locale.objects.exclude(pk=source_id)
        rules = cls.objects.filter(source_id=source_id, locale__in=languages)
        return list(rules.select_related("locale", "source").order_by("pk"))
