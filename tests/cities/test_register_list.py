"""Finding a place among 368: in the register's list, and in the window that chooses a city."""

import json

import pytest
from django.urls import reverse

from cms.cities.models import City
from tests.factories import CityFactory, english_editor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    sichuan = CityFactory(
        level="province",
        code="510000",
        name="四川省",
        slug="sichuan",
        pinyin="si chuan",
    )
    CityFactory(
        code="510100",
        short_name="成都",
        slug="chengdu",
        pinyin="cheng du",
        parent=sichuan,
        phone="028-1",
        address="锦江区",
    )
    CityFactory(
        code="510700",
        short_name="绵阳",
        slug="mianyang",
        pinyin="mian yang",
        parent=sichuan,
    )
    CityFactory(code="130800", short_name="承德", slug="chengde", pinyin="cheng de")
    CityFactory(code="610100", short_name="西安", slug="xian", pinyin="xi an")
    return sichuan


@pytest.fixture
def editor(client):
    user = english_editor(is_superuser=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("成都", ["成都市"]),
        ("四川", ["四川省"]),
        ("chengdu", ["成都市"]),
        ("Cheng Du", ["成都市"]),
        ("cheng", ["承德市", "成都市"]),
        ("chengd", ["承德市", "成都市"]),
        ("cd", ["承德市", "成都市"]),
        ("my", ["绵阳市"]),
        ("xian", ["西安市"]),
        ("sc", ["四川省"]),
        ("5107", ["绵阳市"]),
        ("du", []),
        ("(", []),
        ("a.*", []),
        ("城市名", []),
    ],
)
def test_a_place_is_found_as_people_type_it(words, found):
    assert [place.name for place in City.objects.search(words)] == found


def listed(client, **query):
    response = client.get(reverse("wagtailsnippets_cities_city:list"), query)
    return [place.name for place in response.context["object_list"]]


def test_the_list_is_searched_in_the_same_way(client, editor):
    assert listed(client, q="cd") == ["承德市", "成都市"]


def test_the_list_is_narrowed_to_a_province(client, editor, places):
    assert listed(client, parent=places.pk) == ["成都市", "绵阳市"]


def test_only_provinces_are_offered_for_that(client, editor, places):
    response = client.get(reverse("wagtailsnippets_cities_city:list"))
    choices = response.context["filters"].form.fields["parent"].queryset
    assert list(choices) == [places]


@pytest.mark.parametrize("name", ["has_phone", "has_address"])
def test_the_list_is_narrowed_to_rows_with_a_phone_or_address(client, editor, name):
    assert listed(client, **{name: "true"}) == ["成都市"]
    assert "成都市" not in listed(client, **{name: "false"})


def test_the_list_asks_no_more_for_more_cities(
    client, editor, django_assert_max_num_queries
):
    path = reverse("wagtailsnippets_cities_city:list")
    client.get(path)
    # Session, user, profile, site root paths; count, rows, provinces of the filter, permissions.
    with django_assert_max_num_queries(16) as few:
        client.get(path)
    number = len(few)
    parent = City.objects.provinces().get()
    for _city in range(20):
        CityFactory(parent=parent)
    with django_assert_max_num_queries(number):
        client.get(path)


def chosen_from(client, **query):
    path = reverse("wagtailsnippetchoosers_cities_city:choose")
    response = client.get(path, query)
    return json.loads(response.content)["html"], response


def test_the_window_that_chooses_a_city_offers_cities_with_their_province(
    client, editor
):
    html, _response = chosen_from(client)
    assert "成都市" in html
    rows = html.partition("<tbody")[2]
    assert "/chosen/" in rows
    assert rows.count("四川省") == 2


def test_the_window_is_searched_by_initials_and_narrowed_to_a_province(
    client, editor, places
):
    path = reverse("wagtailsnippetchoosers_cities_city:choose_results")
    html = client.get(path, {"q": "cd"}).content.decode()
    assert "成都市" in html and "承德市" in html and "绵阳市" not in html
    html = client.get(path, {"q": "cd", "province": places.pk}).content.decode()
    assert "成都市" in html and "承德市" not in html


def test_a_search_that_finds_nothing_says_so(client, editor):
    path = reverse("wagtailsnippetchoosers_cities_city:choose_results")
    assert "no snippets match" in client.get(path, {"q": "zz"}).content.decode()


def test_cities_and_texts_of_provinces_stand_in_one_menu(client, editor, rf):
    from wagtail.admin.menu import admin_menu

    request = rf.get("/admin/")
    request.user = editor
    [menu] = [
        item
        for item in admin_menu.menu_items_for_request(request)
        if item.name == "cities"
    ]
    urls = [item.url for item in menu.menu.menu_items_for_request(request)]
    assert reverse("wagtailsnippets_cities_city:list") in urls
    assert reverse("wagtailsnippets_home_provincecontent:list") in urls
