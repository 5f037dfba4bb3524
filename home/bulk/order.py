"""What an editor asks for: something to be done with the pages of a set of cities in one city list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cms.cities.models import City
from home.bulk.rows import CityRow
from home.models import CityIndexPage


class Action(TextChoices):
    CREATE = "create", _("Create pages as drafts")
    PUBLISH = "publish", _("Publish pages")
    UNPUBLISH = "unpublish", _("Unpublish pages")


class CitySet(TextChoices):
    NAMES = "names", _("A list of names or codes")
    FILE = "file", _("A table with phones and addresses (CSV or XLSX)")
    PROVINCES = "provinces", _("All cities of some provinces")
    HOT = "hot", _("All hot cities")
    ALL = "all", _("All cities")


@dataclass(frozen=True)
class Order:
    index: CityIndexPage
    action: Action
    city_set: CitySet
    provinces: Sequence[City] = ()
    names: str = ""
    rows: Sequence[CityRow] = ()
