from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.cities.models import City
from cms.core.widgets import Group, GroupedCheckboxes, Option


class PlaceSelectMultiple(GroupedCheckboxes):
    """For fields of places: cities below their province, which can be chosen as a whole.

    `FieldPanel("cities", widget=PlaceSelectMultiple)`. The field decides whether provinces are among the choices.
    """

    filter_label = gettext_lazy("Filter by name, pinyin or initials")

    def get_groups(self, objects: Iterable[Any]) -> list[Group]:
        places = list(objects)
        groups: dict[Any, Group] = {}
        for province in filter(is_province, places):
            groups[province.pk] = Group(province.local_name, [whole(province)])
        for city in places:
            if not is_province(city):
                name = city.province_name
                group = groups.setdefault(city.parent_id or city.pk, Group(name))
                group.options.append(Option(city.pk, city.local_name, words_of(city)))
        return list(groups.values())

    @property
    def objects(self) -> Iterable[Any]:
        places = super().objects
        return places.with_province() if hasattr(places, "with_province") else places


def is_province(place: City) -> bool:
    return place.level == City.Level.PROVINCE


def whole(province: City) -> Option:
    """The first checkbox of a group."""
    name = province.local_name
    label = _("All of %(province)s") % {"province": name}
    return Option(province.pk, label, words_of(province), label, is_whole=True)


def words_of(place: City) -> str:
    """What people type to find a place: 成都市 chengdu cd."""
    pinyin = place.pinyin.replace(" ", "")
    return f"{place.name} {pinyin} {place.initials}"
