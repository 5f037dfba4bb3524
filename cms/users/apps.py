from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    name = "cms.users"
    label = "users"
    verbose_name = _("Users")


class UserAdminConfig(WagtailUsersAppConfig):
    """Wagtail's administration of users, with the places that they work for."""

    user_viewset = "cms.cities.user_admin.UserViewSet"
