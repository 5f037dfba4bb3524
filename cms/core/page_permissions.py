"""What editors who are limited to places may do with pages: with their own what Wagtail allows, with others nothing."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.actions.revert_to_page_revision import (
    RevertToPageRevisionAction,
    RevertToPageRevisionPermissionError,
)
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.core.own_pages import covers_version, has_places, is_own, own_pages
from cms.users.limits import get_limits


class LimitedPagePermissionTester(PagePermissionTester):
    """Wagtail's answers, less what the limits take away.

    Of a page that is not their own, editors keep what is needed to add and move pages below it, where those can be
    theirs. Wagtail grants some things without a permission (to owners, reviewers, whoever locked a page): those are
    asked for here one by one.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.is_own = is_own(user, page)
        if not self.is_own and user.is_active:
            self.permissions &= {"add", "publish"} if may_hold_own(page) else set()

    def can_edit(self) -> bool:
        return self.is_own and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.is_own and super().can_delete(ignore_bulk)

    def can_publish(self) -> bool:
        return self.is_own and super().can_publish()

    def can_unpublish(self) -> bool:
        return self.is_own and super().can_unpublish()

    def can_submit_for_moderation(self) -> bool:
        return self.is_own and super().can_submit_for_moderation()

    def can_lock(self) -> bool:
        return self.is_own and super().can_lock()

    def can_unlock(self) -> bool:
        return self.is_own and super().can_unlock()

    def can_reorder_children(self) -> bool:
        return self.is_own and super().can_reorder_children()

    def can_view_revisions(self) -> bool:
        return self.is_own and super().can_view_revisions()


def may_hold_own(page: Page) -> bool:
    """Whether a page below this one can be a limited editor's own."""
    model = page.specific_class
    return model is not None and any(map(has_places, model.creatable_subpage_models()))


class LimitedPagePermissionPolicy(PagePermissionPolicy):
    """What the management API, the actions and the reports ask. Exploring the tree stays free: it only shows titles."""

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Any, instance: Page
    ) -> bool:
        return is_own(user, instance) and super().user_has_any_permission_for_instance(
            user, actions, instance
        )

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Any
    ) -> QuerySet:
        pages = super().instances_user_has_any_permission_for(user, actions)
        limits = get_limits(user)
        if limits is None:
            return pages
        own = Q(pk__in=[])
        for each in own_pages(limits):
            own |= Q(pk__in=each.values("pk"))
        return pages.filter(own)

    def explorable_instances(self, user: Any) -> QuerySet:
        return PagePermissionPolicy(self.model).explorable_instances(user)


class LimitedRevertAction(RevertToPageRevisionAction):
    """An old version comes back only if its places are theirs too: no form is asked here."""

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        limits = get_limits(self.user)
        if skip_permission_checks or limits is None:
            return
        if not covers_version(limits, self.revision):
            raise RevertToPageRevisionPermissionError(
                "You do not have permission for the cities of this version."
            )
