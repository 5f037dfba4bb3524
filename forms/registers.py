"""The registers that a form's choices come from: certification projects and cities."""

from itertools import groupby

from django.conf import settings
from django.db.models import Q

from cms.cities.models import City
from cms.core.models import CertificationProject
from cms.core.models.projects import CertificationProjectQuerySet

Choices = list[tuple[str, list[tuple[str, str]]]]


def projects_in(locale_id: int) -> CertificationProjectQuerySet:
    """The projects in a language and in the site's first one, which stands in for what is not translated."""
    return CertificationProject.objects.filter(
        Q(locale_id=locale_id) | Q(locale__language_code=settings.LANGUAGE_CODE)
    )


def offered_projects(locale_id: int) -> list[CertificationProject]:
    """The projects that visitors can choose, in the editors' order."""
    found: dict[str, CertificationProject] = {}
    for project in projects_in(locale_id).offered():
        if project.slug not in found or project.locale_id == locale_id:
            found[project.slug] = project
    return list(found.values())


def find_project(slug: str, locale_id: int) -> CertificationProject | None:
    """The project by its slug, even one that is switched off: a visitor may have chosen it before."""
    found = projects_in(locale_id).filter(slug=slug)
    return max(found, key=lambda project: project.locale_id == locale_id, default=None)


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
