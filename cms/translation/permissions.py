"""Who may have pages translated: whoever may submit them, and for each object whoever may publish it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry

SUBMIT = "wagtail_localize.submit_translation"


def require_submit(user: Any) -> None:
    if not user.has_perm(SUBMIT):
        raise PermissionDenied


def may_translate(user: Any, instance: Model) -> bool:
    """Translations are published without asking again, so publishing is asked for here."""
    if not user.has_perm(SUBMIT):
        return False
    if not isinstance(instance, Page):
        policy = policy_registry.get(instance)
        return policy.user_has_permission_for_instance(user, "change", instance)
    permissions = instance.specific_deferred.permissions_for_user(user)
    return permissions.can_edit() and permissions.can_publish()


def translatable_pages(user: Any, pages: QuerySet) -> QuerySet:
    """Those of the pages that `may_translate` allows, in as many queries for a thousand as for one."""
    if not user.has_perm(SUBMIT):
        return pages.none()
    for action in ("change", "publish"):
        allowed = page_permission_policy.instances_user_has_permission_for(user, action)
        pages = pages.filter(pk__in=allowed.order_by().values("pk"))
    return pages
