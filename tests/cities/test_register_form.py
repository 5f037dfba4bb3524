"""The form of a row of the register: what is inherited while a field is empty, from where, and the way back."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.cities.models import City
from cms.core.models import SiteSettings
from tests.factories import (
    CertificationProjectFactory,
    CityFactory,
    HomePageFactory,
    english_editor,
)

pytestmark = pytest.mark.django_db

PERSON = {"name": "周敏", "role": "顾问", "text": "", "photo": None}


@pytest.fixture
def editor(client):
    user = english_editor(is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def national(db):
    settings = SiteSettings.for_site(Site.objects.get())
    settings.service_phone = "400-820-8820"
    settings.save()
    return settings


@pytest.fixture
def sichuan(db):
    return CityFactory(
        level="province", name="四川省", short_name="四川", pinyin="si chuan"
    )


@pytest.fixture
def mianyang(sichuan):
    return CityFactory(short_name="绵阳", parent=sichuan, pinyin="mian yang")


def edit_path(place):
    return reverse("wagtailsnippets_cities_city:edit", args=[place.pk])


def open_form(client, place):
    response = client.get(edit_path(place))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def note(soup, name):
    """What stands below a field: the state that is shown."""
    note = soup.find(id=f"{name}-field").find_next_sibling("div")
    [shown] = [state for state in note.find_all("div") if not state.has_attr("hidden")]
    return " ".join(shown.get_text(" ", strip=True).split())


def start(soup, name):
    """What the field begins with when it is overridden; None when there is no button for that."""
    written = soup.find(id=f"{name}-field").parent.get("data-inheritance-start-value")
    return written and json.loads(written)["value"]


def set_(place, **values):
    for name, value in values.items():
        setattr(place, name, value)
    place.save()


class TestPhone:
    def test_an_empty_field_shows_the_provinces_value(
        self, client, editor, national, sichuan, mianyang
    ):
        set_(sichuan, phone="028-88880000")
        soup = open_form(client, mianyang)
        assert note(soup, "phone") == "Inherited from 四川省 : 028-88880000 Override"
        assert soup.find(id="id_phone")["placeholder"] == "028-88880000"
        assert start(soup, "phone") == "028-88880000"

    def test_without_one_the_national_value(self, client, editor, national, mianyang):
        soup = open_form(client, mianyang)
        assert "Inherited from Nationwide : 400-820-8820" in note(soup, "phone")

    def test_a_field_of_its_own_says_what_it_would_inherit(
        self, client, editor, national, mianyang
    ):
        set_(mianyang, phone="0816-1")
        soup = open_form(client, mianyang)
        assert note(soup, "phone") == (
            "Own value. Nationwide would give: 400-820-8820 Back to inheriting"
        )

    def test_a_province_inherits_the_national_value_and_never_its_own(
        self, client, editor, national, sichuan
    ):
        set_(sichuan, phone="028-88880000")
        assert "Nationwide would give: 400-820-8820" in note(
            open_form(client, sichuan), "phone"
        )

    def test_nothing_to_inherit_is_said_and_cannot_be_overridden(
        self, client, editor, mianyang
    ):
        soup = open_form(client, mianyang)
        assert note(soup, "phone") == "Nothing to inherit yet: Nationwide has no value."
        assert start(soup, "phone") is None

    def test_emptying_the_field_goes_back(self, client, editor, national, mianyang):
        set_(mianyang, phone="0816-1")
        response = client.post(edit_path(mianyang), form_of(phone=""))
        assert response.status_code == 302
        place = City.objects.get(pk=mianyang.pk)
        assert place.get_facts(national).phone == ("400-820-8820", "national")

    def test_a_form_with_an_error_still_shows_what_is_inherited(
        self, client, editor, national, mianyang
    ):
        response = client.post(edit_path(mianyang), form_of(service_radius="far"))
        soup = BeautifulSoup(response.content, "html.parser")
        assert "400-820-8820" in note(soup, "phone")


def form_of(**changes):
    fields = {
        "phone": "",
        "address": "",
        "opening_hours": "",
        "service_radius": "",
        "team": streamfield([]),
    }
    return nested_form_data(fields | changes)


class TestSites:
    @pytest.fixture
    def second(self, national):
        site = Site.objects.create(
            hostname="b.example.test", site_name="第二站", root_page=HomePageFactory()
        )
        settings = SiteSettings.for_site(site)
        settings.service_phone = "400-000-0000"
        settings.service_hours = national.service_hours = "9–17"
        settings.save()
        national.save()
        return settings

    def test_sites_that_differ_have_a_line_each(self, client, editor, second, mianyang):
        shown = note(open_form(client, mianyang), "phone")
        assert shown.index("400-820-8820") < shown.index("400-000-0000")
        assert "(第二站)" in shown

    def test_sites_that_agree_have_one(self, client, editor, second, mianyang):
        shown = note(open_form(client, mianyang), "opening_hours")
        assert shown == "Inherited from Nationwide : 9–17 Override"

    def test_a_value_of_the_province_is_the_same_on_all(
        self, client, editor, second, sichuan, mianyang
    ):
        set_(sichuan, phone="028-88880000")
        shown = note(open_form(client, mianyang), "phone")
        assert shown == "Inherited from 四川省 : 028-88880000 Override"


class TestOtherFacts:
    def test_a_radius_has_its_unit_and_is_overridden_by_a_number(
        self, client, editor, sichuan, mianyang
    ):
        set_(sichuan, service_radius=80)
        soup = open_form(client, mianyang)
        assert "80 kilometres" in note(soup, "service_radius")
        assert start(soup, "service_radius") == 80

    def test_a_team_is_named_and_copied_without_the_ids_of_its_blocks(
        self, client, editor, sichuan, mianyang
    ):
        set_(sichuan, team=[("person", PERSON)])
        soup = open_form(client, mianyang)
        assert "Inherited from 四川省 : 周敏" in note(soup, "team")
        [person] = start(soup, "team")
        assert (person["type"], person["id"]) == ("person", None)
        assert person["value"]["role"] == "顾问"

    def test_projects_are_those_of_the_province_else_everything(
        self, client, editor, sichuan, mianyang
    ):
        project = CertificationProjectFactory(name="质量管理")
        shown = note(open_form(client, mianyang), "projects")
        assert "Nationwide: everything that is offered" in shown
        sichuan.projects.add(project)
        soup = open_form(client, mianyang)
        assert "Inherited from 四川省 : 质量管理" in note(soup, "projects")
        assert start(soup, "projects") == [project.pk]


class TestLinks:
    def link(self, soup):
        return soup.find(id="phone-field").parent.find("div", class_="inheritance").a

    def test_the_source_is_a_link_to_where_its_value_is_edited(
        self, client, editor, national, sichuan, mianyang
    ):
        assert (
            "/settings/core/sitesettings/"
            in self.link(open_form(client, mianyang))["href"]
        )
        set_(sichuan, phone="028-88880000")
        assert self.link(open_form(client, mianyang))["href"] == edit_path(sichuan)

    def test_nobody_is_sent_where_they_may_not_go(self, client, national, mianyang):
        user = english_editor()
        for codename in ("access_admin", "change_city"):
            user.user_permissions.add(Permission.objects.get(codename=codename))
        client.force_login(user)
        soup = open_form(client, mianyang)
        assert "Inherited from Nationwide" in note(soup, "phone")
        assert self.link(soup) is None
