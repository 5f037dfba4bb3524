"""The certification projects as visitors get to know them: in their language, else in the site's first one."""

from django.conf import settings
from django.db.models import Q

from cms.core.models import CertificationProject
from cms.core.models.projects import CertificationProjectQuerySet


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
