"""Which certification projects are offered in a city: what the city names, else its province, else all."""

from collections import defaultdict
from collections.abc import Sequence

from cms.cities.inheritance import Inherited, Origin, inherit
from cms.cities.models import City
from cms.core.models import CertificationProject
from cms.core.projects import offered_projects


def get_projects(
    place: City,
    locale_id: int,
    offered: list[CertificationProject] | None = None,
) -> Inherited:
    """The projects of a city or province in a language, in the editors' order, and where they come from.

    Only those on offer: a place whose own projects have all been switched off inherits like one that names none.
    Two queries, for whatever place; one if the caller has what is `offered` in the language.
    """
    offered = offered_projects(locale_id) if offered is None else offered
    chosen = _chosen_slugs(place)
    return inherit(
        [
            *(
                (each.origin, _among(offered, chosen[each.pk]))
                for each in place.lineage
            ),
            (Origin.NATIONAL, offered),
        ]
    )


def get_named_projects(places: Sequence[City]) -> Inherited:
    """What the first of the places names that names any, in no language but the editor's. Empty: everything."""
    named = [(each.origin, list(each.projects.all())) for each in places]
    return inherit([*named, (Origin.NATIONAL, [])])


def _chosen_slugs(place: City) -> dict[int, set[str]]:
    """What each place of the lineage names, in whichever language an editor chose it: slugs are the same in all."""
    choices = City.projects.through.objects.filter(city__in=place.lineage)
    slugs: dict[int, set[str]] = defaultdict(set)
    for city_id, slug in choices.values_list("city_id", "certificationproject__slug"):
        slugs[city_id].add(slug)
    return slugs


def _among(
    offered: list[CertificationProject], slugs: set[str]
) -> list[CertificationProject]:
    return [project for project in offered if project.slug in slugs]
