from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class TextOfItemPolicy(ModelPermissionPolicy):
    """Texts of images and documents come and go with these: people only change them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        is_possible = action not in ("add", "delete")
        return is_possible and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)
