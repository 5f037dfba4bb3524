"""People who work in the admin, with or without limits, and the places that they are limited to."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from cms.cities.models import City
from cms.users.models import User
from tests.factories import CityFactory, UserFactory

PAGE_PERMISSIONS = ["add", "bulk_delete", "change", "lock", "publish", "unlock"]
MODEL_PERMISSIONS = [
    *("access_admin", "view_lead", "delete_lead", "change_lead"),
    *("export_lead", "reveal_lead"),
    *("add_city", "change_city", "delete_city", "view_city"),
    *("add_provincecontent", "change_provincecontent", "delete_provincecontent"),
]


def build_register() -> dict[str, City]:
    """四川 with 成都 and 绵阳, and 重庆."""
    provinces = {
        name: CityFactory(level=City.Level.PROVINCE, short_name=name)
        for name in ("四川", "重庆")
    }
    sichuan, chongqing = provinces.values()
    return {
        "sichuan": sichuan,
        "chongqing_province": chongqing,
        "chengdu": CityFactory(short_name="成都", slug="chengdu", parent=sichuan),
        "mianyang": CityFactory(short_name="绵阳", slug="mianyang", parent=sichuan),
        "chongqing": CityFactory(short_name="重庆", parent=chongqing),
    }


def create_editor(*places: City, **fields) -> User:
    """Somebody with all permissions on all pages, registers and leads, limited to the places."""
    group, created = Group.objects.get_or_create(name="Editors of everything")
    if created:
        give_permissions(group)
    user = UserFactory(**fields)
    user.groups.add(group)
    user.places.set(places)
    return user


def give_permissions(group: Group) -> None:
    models = Permission.objects.filter(codename__in=MODEL_PERMISSIONS)
    group.permissions.set(models)
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(codename=f"{codename}_page")
        GroupPagePermission.objects.create(
            group=group, page=Page.get_first_root_node(), permission=permission
        )
