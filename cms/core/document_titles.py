"""Documents with their titles in the language that readers are shown."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language


def with_shown_titles(documents: QuerySet) -> QuerySet:
    """With the titles of the active language, in the same query. Those of the first one they have themselves."""
    code = get_language()
    if code == settings.LANGUAGE_CODE:
        return documents
    titles = apps.get_model("core.DocumentTitle").objects.filter(
        item=OuterRef("pk"), locale__language_code=code
    )
    return documents.annotate(local_title=Subquery(titles.values("text")[:1]))


def shown_title(document: Any) -> str:
    """As readers of the active language get it, else in the site's first language."""
    return getattr(document, "local_title", None) or document.title
