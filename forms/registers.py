"""The registers that a form's choices come from: certification projects and cities."""

from itertools import groupby

from wagtail.models import Locale

from cms.cities.models import City
from cms.core.models import CertificationProject
from cms.core.projects import projects_in

Choices = list[tuple[str, list[tuple[str, str]]]]


def listed_projects() -> Choices:
    """All projects in the site's own language, for editors. Those that are switched off are among them: a form that
    names one stays valid.
    """
    return project_choices(list(projects_in(Locale.get_default().pk)))


def project_choices(projects: list[CertificationProject]) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for project in projects:
        groups.setdefault(project.group, []).append((project.slug, str(project)))
    return list(groups.items())


def find_city(slug: str) -> City | None:
    return City.objects.cities().filter(slug=slug).first()


def city_choices() -> Choices:
    """All cities of the register, province by province."""
    cities = City.objects.cities().select_related("parent").order_by("code")
    provinces = groupby(cities, key=lambda city: city.province_name)
    return [
        (province, [(city.slug, city.name) for city in members])
        for province, members in provinces
    ]
