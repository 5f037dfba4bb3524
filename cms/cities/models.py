from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class CityContact:
    phone: str
    address: str
    opening_hours: str


class CityQuerySet(models.QuerySet["City"]):
    def cities(self) -> "CityQuerySet":
        return self.filter(level=City.Level.CITY)

    def provinces(self) -> "CityQuerySet":
        return self.filter(level=City.Level.PROVINCE)

    def hot_first(self) -> "CityQuerySet":
        return self.order_by("-is_hot", "initial", "slug")


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

    phone = models.CharField(
        _("phone"),
        max_length=40,
        blank=True,
        help_text=_("Empty: that of the province, else the nationwide service phone."),
    )
    address = models.CharField(_("address"), max_length=160, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=80, blank=True)

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
    def province_name(self) -> str:
        """The province's name; a municipality is its own province."""
        return self.parent.name if self.parent else self.name

    def get_contact(self, national_phone: str = "") -> "CityContact":
        """How to reach the branch: the city's own value, else its province's, else the national one."""
        sources = [self, self.parent] if self.parent else [self]

        def first(field: str) -> str:
            return next(filter(None, (getattr(place, field) for place in sources)), "")

        return CityContact(
            phone=first("phone") or national_phone,
            address=first("address"),
            opening_hours=first("opening_hours"),
        )
