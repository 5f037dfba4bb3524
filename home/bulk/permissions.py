"""Who may do what in bulk. Every question goes to Wagtail's own testers, so that whoever overrides those is heard."""

from django.core.exceptions import PermissionDenied
from wagtail.permissions import policy_registry

from cms.cities.models import City
from cms.users.models import User
from home.bulk.order import Action
from home.models import CityIndexPage, CityPage


def find_city_lists(user: User) -> list[CityIndexPage]:
    """The city lists in which the user may create or publish pages."""
    lists = CityIndexPage.objects.filter(alias_of=None).select_related("locale")
    return [each for each in lists.order_by("path") if allowed_actions(each, user)]


def allowed_actions(index: CityIndexPage, user: User) -> list[Action]:
    tester = index.permissions_for_user(user)
    actions = [Action.CREATE] if tester.can_add_subpage() else []
    if tester.can_publish_subpage():
        actions += [Action.PUBLISH, Action.UNPUBLISH]
    return actions


def check_action(index: CityIndexPage, action: Action, user: User) -> None:
    if action not in allowed_actions(index, user):
        raise PermissionDenied


def may_create(page: CityPage, index: CityIndexPage, user: User) -> bool:
    """Whether the user could edit the page, had it been created: a tester needs to know its place and its owner."""
    page.path, page.depth = index.path, index.depth + 1
    allowed = page.permissions_for_user(user).can_edit()
    page.path, page.depth = "", None
    return allowed


def may_change_register(city: City, user: User) -> bool:
    policy = policy_registry.get_by_type(City)
    return policy.user_has_permission_for_instance(user, "change", city)
