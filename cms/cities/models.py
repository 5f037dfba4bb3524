from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, TranslatableMixin
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField

from cms.cities.inheritance import CityFacts, Origin, get_facts
from cms.core.blocks import TeamBlock

if TYPE_CHECKING:
    from cms.core.models import SiteSettings


class CityQuerySet(models.QuerySet["City"]):
    def cities(self) -> "CityQuerySet":
        return self.filter(level=City.Level.CITY)

    def provinces(self) -> "CityQuerySet":
        return self.filter(level=City.Level.PROVINCE)

    def hot_first(self) -> "CityQuerySet":
        return self.order_by("-is_hot", "initial", "slug")

    def search(self, words: str) -> "CityQuerySet":
        """Places as people type them: by name, code, pinyin (chengdu, "cheng du") or its initials (cd)."""
        words = words.strip().lower()
        found = models.Q(name__icontains=words) | models.Q(code__startswith=words)
        letters = words.replace(" ", "")
        if letters.isascii() and letters.isalpha():
            initials = r"\w* ".join(letters)
            syllables = " ?".join(letters)
            found |= models.Q(slug__startswith=letters)
            found |= models.Q(pinyin__regex=rf"^({initials}|{syllables})")
        return self.filter(found)

    def with_province(self) -> "CityQuerySet":
        """With what inheritance reads. Teams are left out: a list of cities shows none, nor their translations."""
        left_out = ["team", "local_texts"]
        above = [f"parent__{name}" for name in left_out]
        return self.select_related("parent").defer(*left_out, *above)

    def with_page(self, pages: PageQuerySet) -> "CityQuerySet":
        """With `page_data`: id and URL path of each city's page among `pages`, or None. Costs no query of its own."""
        page = pages.filter(city=OuterRef("pk")).order_by("pk")
        data = page.values(data=JSONObject(id="pk", url_path="url_path"))
        return self.annotate(page_data=Subquery(data[:1]))


class City(models.Model):
    """One entry of the city register: a province, or a city of prefecture level with its province above it.

    Codes are those of GB/T 2260. A municipality (北京, 天津, 上海, 重庆) stands in both levels under one code, so a
    code is unique only within its level. The facts come from a data file by `manage.py load_cities`; editors set what
    no register knows: whether the city is hot, and how to reach the branch there.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")

    level = models.CharField(
        _("level"), max_length=8, choices=Level, default=Level.CITY
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("province"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    code = models.CharField(
        _("code"), max_length=6, help_text=_("Six digits after GB/T 2260.")
    )
    name = models.CharField(_("name"), max_length=40)
    short_name = models.CharField(_("short name"), max_length=20)
    slug = models.SlugField(_("slug"), max_length=40)
    initial = models.CharField(_("initial"), max_length=1, db_index=True)
    pinyin = models.CharField(
        _("pinyin"),
        max_length=60,
        blank=True,
        help_text=_("The short name syllable by syllable, such as cheng du."),
    )
    names = models.JSONField(
        _("names in other languages"),
        default=dict,
        blank=True,
        help_text=_(
            'By language code: {"en": {"name": "Chengdu", "short_name": "Chengdu"}}.'
        ),
    )
    area_code = models.CharField(_("telephone area code"), max_length=4, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    is_hot = models.BooleanField(
        _("hot"),
        default=False,
        help_text=_("Shown first where visitors choose a city."),
    )

    phone = models.CharField(_("phone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=160, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=80, blank=True)
    service_radius = models.PositiveSmallIntegerField(
        _("service radius in kilometres"), null=True, blank=True
    )
    team = StreamField(TeamBlock(), verbose_name=_("service team"), blank=True)
    projects = models.ManyToManyField(
        "core.CertificationProject",
        verbose_name=_("certification projects"),
        blank=True,
        related_name="+",
        help_text=_(
            "What is offered here. None: what the province offers, else everything."
        ),
    )

    # By language code. Stands here, as `CityTexts` has it, so that no page of a city asks for it.
    local_texts = models.JSONField(default=dict, editable=False)

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["code", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code"], name="unique_city_code_in_level"
            ),
            models.UniqueConstraint(
                fields=["level", "slug"], name="unique_city_slug_in_level"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def origin(self) -> Origin:
        """What values of this row are called where they are inherited."""
        return Origin.CITY if self.level == self.Level.CITY else Origin.PROVINCE

    @property
    def lineage(self) -> "list[City]":
        """This place and the province above it, from the nearest up."""
        return [self, self.parent] if self.parent else [self]

    @property
    def local_name(self) -> str:
        """The name in the active language, else the Chinese one."""
        return self.name_in(get_language())

    @property
    def local_short_name(self) -> str:
        return self.name_in(get_language(), "short_name")

    def name_in(self, language_code: str | None, kind: str = "name") -> str:
        names = self.names.get(language_code or settings.LANGUAGE_CODE, {})
        return names.get(kind) or getattr(self, kind)

    @property
    def spellings(self) -> list[str]:
        """The names in simplified and traditional Chinese that are not those of the active language."""
        scripts = (settings.LANGUAGE_CODE, "zh-hant")
        kinds = ("name", "short_name")
        names = [self.name_in(code, kind) for code in scripts for kind in kinds]
        shown = {self.local_name, self.local_short_name}
        return [name for name in dict.fromkeys(names) if name not in shown]

    @property
    def province(self) -> "City":
        """The province above; a place without one is its own."""
        return self.lineage[-1]

    @property
    def province_name(self) -> str:
        return self.province.local_name

    @property
    def initials(self) -> str:
        """The first letters of the syllables, as people type them: cd for 成都."""
        return "".join(syllable[0] for syllable in self.pinyin.split())

    def local_fact(self, name: str) -> Any:
        """A fact of the place's own in the active language, else in the first one."""
        own = getattr(self, name)
        if not own or name not in CityTexts.NAMES:
            return own
        text = self.local_texts.get(get_language(), {}).get(name)
        return self._meta.get_field(name).to_python(text) if text else own

    def get_facts(self, settings: "SiteSettings") -> CityFacts:
        """How the place is served: its own values, else its province's, else those of the site settings."""
        return get_facts(self, settings)


class CityTexts(TranslatableMixin, models.Model):
    """What a place of the register says of itself, in one language.

    That of the first language is a copy of what stands in the place: it is what translations are made from.
    """

    city = models.ForeignKey(
        City,
        verbose_name=_("city or province"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    address = models.CharField(_("address"), max_length=160, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=80, blank=True)
    team = StreamField(TeamBlock(), verbose_name=_("service team"), blank=True)

    # A place is not in use because it has texts.
    city.wagtail_reference_index_ignore = True

    NAMES = ("address", "opening_hours", "team")

    panels = [FieldPanel(name) for name in NAMES]

    override_translatable_fields = [SynchronizedField("city", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("texts of a city")
        verbose_name_plural = _("texts of cities")
        ordering = ["city__code", "city__level"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "locale"], name="unique_city_texts_in_locale"
            )
        ]

    def __str__(self) -> str:
        return self.city.name

    @property
    def summary(self) -> str:
        """All of it in one line."""
        names = (person.value["name"] for person in self.team)
        lines = [self.address, self.opening_hours, "、".join(names)]
        return " · ".join(filter(None, lines))

    @property
    def texts(self) -> dict[str, Any]:
        return texts_of(self)

    @classmethod
    def keep_source(cls, city: City) -> None:
        """Gives translators what the place says now, if that has changed."""
        texts = texts_of(city)
        locale = Locale.get_default()
        known = cls.objects.filter(city=city, locale=locale).first()
        if known is None and any(texts.values()):
            cls.objects.create(city=city, locale=locale, **texts)
        elif known is not None and known.texts != texts:
            for name, text in texts.items():
                setattr(known, name, text)
            known.save()

    @classmethod
    @transaction.atomic
    def put_into(cls, city_id: int) -> None:
        """Writes the translations into the place, where they are read."""
        places = City.objects.filter(pk=city_id)
        # Translations that are written at once wait for each other.
        list(places.select_for_update().values_list("pk"))
        others = cls.objects.filter(city=city_id).select_related("locale")
        texts = {
            each.locale.language_code: each.texts
            for each in others.exclude(locale__language_code=settings.LANGUAGE_CODE)
        }
        places.exclude(local_texts=texts).update(local_texts=texts)

    def clean(self) -> None:
        super().clean()
        is_source = self.locale.language_code == settings.LANGUAGE_CODE
        if is_source and self.texts != texts_of(self.city):
            raise ValidationError(
                _("Change the texts of the first language in the city itself.")
            )


def texts_of(row: City | CityTexts) -> dict[str, Any]:
    """The texts as they are stored."""
    return {
        name: row._meta.get_field(name).get_prep_value(getattr(row, name))
        for name in CityTexts.NAMES
    }
