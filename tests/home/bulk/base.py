"""A site with a city list and some places of the register, and an editor who asks for bulk work."""

import json
import re

from django.contrib.auth.models import Group, Permission
from django.test import TestCase
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from cms.cities.models import City
from home.models import CityIndexPage, CityPage
from tests.factories import CityFactory, CityIndexPageFactory, UserFactory

ORDER_URL = reverse("city_pages_in_bulk:order")
RUN_URL = reverse("city_pages_in_bulk:run")
PLACES = [
    # province, code, short name, slug, hot
    ("四川", "510100", "成都", "chengdu", True),
    ("四川", "510700", "绵阳", "mianyang", False),
    ("广东", "440100", "广州", "guangzhou", True),
    ("广东", "440300", "深圳", "shenzhen", False),
    ("吉林", "220200", "吉林", "jilin", False),
]


def create_places() -> dict[str, City]:
    """Cities by their short name."""
    cities = {}
    for province, code, name, slug, hot in PLACES:
        parent, _created = City.objects.get_or_create(
            level=City.Level.PROVINCE,
            code=f"{code[:2]}0000",
            name=f"{province}省",
            short_name=province,
            slug=f"province-{code[:2]}",
        )
        cities[name] = CityFactory(
            code=code, short_name=name, slug=slug, is_hot=hot, parent=parent
        )
    return cities


def create_editor(page: Page, *actions: str, **fields) -> object:
    """A user of a group that may do these things with the page and what is below it."""
    group = Group.objects.create(name=f"editors of {page} {actions}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in actions:
        GroupPagePermission.objects.create(
            group=group,
            page=page,
            permission=Permission.objects.get(
                codename=f"{action}_page", content_type__app_label="wagtailcore"
            ),
        )
    user = UserFactory(**fields)
    user.groups.add(group)
    return user


class BulkTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.index = CityIndexPageFactory(city_title="{city}认证咨询", slug="cities")
        cls.cities = create_places()
        cls.admin = UserFactory(is_superuser=True)

    def setUp(self):
        # Tests change the city list; each gets it as it is in the database.
        self.index = CityIndexPage.objects.get(pk=self.index.pk)
        self.client.force_login(self.admin)

    def get_data(self, **changes):
        return {
            "city_list": self.index.pk,
            "action": "create",
            "city_set": "names",
            "names": "",
            **changes,
        }

    def preview(self, **changes):
        return self.client.post(
            ORDER_URL, self.get_data(**changes, step="preview"), follow=False
        )

    def run_work(self, **changes):
        """Preview, then press the button. Returns the lines of the answer."""
        response = self.preview(**changes)
        self.assertEqual(response.status_code, 200, response)
        if "plan" not in response.context:
            raise AssertionError(response.context["form"].errors)
        data = {}
        for name, value in response.context["carried_along"]:
            data.setdefault(name, []).append(value)
        data["digest"] = response.context["plan"].digest
        return self.run_order(data)

    def run_order(self, data):
        return self.read_lines(self.client.post(RUN_URL, data))

    def read_lines(self, response):
        self.assertEqual(response.status_code, 200)
        body = b"".join(response.streaming_content)
        return [json.loads(line) for line in body.splitlines()]

    def get_report(self, lines):
        return self.client.get(lines[-1]["report"])

    def get_pages(self):
        pages = CityPage.objects.child_of(self.index).order_by("path")
        return {page.city.short_name: page for page in pages.select_related("city")}


def words_of(response) -> str:
    """The text of an answer without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
