"""Which article list the imported pages go into."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from articles.models import ArticleIndexPage


class NoSuchParent(Exception):
    """There is no one article list to import into. The message says how to name one."""


def find_index(
    parent: str | None = None, language: str | None = None
) -> ArticleIndexPage:
    """The list with this ID or URL path; without either, the only one in the language."""
    if not parent:
        language = language or settings.LANGUAGE_CODE
    indexes = ArticleIndexPage.objects.order_by("pk")
    if language:
        indexes = indexes.filter(locale__language_code=language)
    found = [index for index in indexes if not parent or _is_called(index, parent)]
    if len(found) == 1:
        return found[0]
    existing = found or list(ArticleIndexPage.objects.order_by("pk"))
    if not existing:
        raise NoSuchParent(
            _("There is no article list to import into: create one first.")
        )
    if found:
        message = _(
            "There are several article lists. Say which with --parent: %(lists)s."
        )
    else:
        message = _("There is no such article list. There are: %(lists)s.")
    raise NoSuchParent(message % {"lists": ", ".join(map(_name, existing))})


def _is_called(index: ArticleIndexPage, name: str) -> bool:
    return name == str(index.pk) or name.strip("/") == _path(index).strip("/")


def _path(index: ArticleIndexPage) -> str:
    return urlsplit(index.full_url or "").path


def _name(index: ArticleIndexPage) -> str:
    return f"{index.pk} ({_path(index)})"
