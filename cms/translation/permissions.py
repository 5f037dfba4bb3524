"""Who may have pages translated: whoever may submit them, and for each page whoever may publish it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.models import Page

SUBMIT = "wagtail_localize.submit_translation"


def require_submit(user: Any) -> None:
    if not user.has_perm(SUBMIT):
        raise PermissionDenied


def may_translate(user: Any, page: Page) -> bool:
    """Translations are published without asking again, so publishing is asked for here."""
    if not user.has_perm(SUBMIT):
        return False
    permissions = page.specific_deferred.permissions_for_user(user)
    return permissions.can_edit() and permissions.can_publish()
