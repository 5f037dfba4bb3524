"""Permissions on rows that belong to a place of the register: a limited editor has them on their own places' only."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from cms.users.limits import get_limits


class PlacePermissionPolicy(ModelPermissionPolicy):
    """The model's permissions, less what the limits take away. `place_field` says which place a row belongs to."""

    def __init__(self, model: type[Model], place_field: str) -> None:
        super().__init__(model)
        self.place_field = place_field

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Model
    ) -> bool:
        if not self.user_has_permission(user, action):
            return False
        limits = get_limits(user)
        return limits is None or limits.covers(
            instance.serializable_value(self.place_field)
        )

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet:
        rows = super().instances_user_has_any_permission_for(user, actions)
        return self.within_limits(user, rows)

    def within_limits(self, user: Any, rows: QuerySet) -> QuerySet:
        limits = get_limits(user)
        return rows if limits is None else limits.filter(rows, self.place_field)


class RegisterPermissionPolicy(PlacePermissionPolicy):
    """The register's own rows, and their texts: which there are is up to the data files, nobody adds or deletes any."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(
            user, action
        )

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)
