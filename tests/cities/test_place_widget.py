"""Choosing places: cities below their province, found by what people type, in two queries."""

import pytest
from bs4 import BeautifulSoup
from django.forms import ModelMultipleChoiceField
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.telepath import JSContext
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from articles.models import ArticlePage
from cms.cities.models import City
from cms.cities.widgets import PlaceSelectMultiple
from cms.core.models import CertificationProject
from cms.core.widgets import ProjectSelectMultiple
from tests.factories import (
    ArticlePageFactory,
    CertificationProjectFactory,
    CityFactory,
    english_editor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def sichuan():
    return CityFactory(
        level="province", code="510000", name="四川省", pinyin="si chuan"
    )


@pytest.fixture(autouse=True)
def chengdu(sichuan):
    return CityFactory(
        code="510100", short_name="成都", pinyin="cheng du", parent=sichuan
    )


def render(field, value=None):
    html = field.widget.render("cities", value, {"id": "id_cities"})
    return BeautifulSoup(html, "html.parser")


def places_field(places=None):
    places = City.objects.all() if places is None else places
    return ModelMultipleChoiceField(places, widget=PlaceSelectMultiple)


def labels(soup):
    return [
        [label.get_text(strip=True) for label in group.find_all("label")]
        for group in soup.find_all("fieldset")
    ]


def test_cities_stand_below_their_province_which_can_be_chosen_as_a_whole():
    assert labels(render(places_field())) == [["All of 四川省", "成都市"]]


def test_a_field_of_cities_alone_still_groups_them():
    soup = render(places_field(City.objects.cities()))
    assert labels(soup) == [["成都市"]]
    assert soup.legend.get_text() == "四川省"


def test_a_place_can_be_found_by_pinyin_and_initials():
    words = [
        each["data-words"] for each in render(places_field()).select("[data-words]")
    ]
    assert words == ["四川省 sichuan sc", "成都市 chengdu cd"]


def test_what_is_chosen_is_checked_and_named(sichuan, chengdu):
    soup = render(places_field(), [chengdu.pk])
    [checked] = soup.find_all("input", checked=True)
    assert checked["value"] == str(chengdu.pk)
    assert soup.summary.get_text(strip=True) == "成都市"
    assert render(places_field()).summary.get_text(strip=True) == "None chosen"


def test_the_filter_is_hidden_where_no_script_shows_it():
    assert (
        render(places_field())
        .find("input", type="search")
        .find_parent("div", hidden=True)
    )


def test_names_are_escaped():
    CityFactory(short_name="<b>")
    assert "<b>" not in str(places_field().widget.render("cities", None, {}))


def test_the_list_is_read_in_one_query_however_long(django_assert_num_queries):
    for _city in range(20):
        CityFactory(parent=City.objects.provinces().get())
    field = places_field()
    with django_assert_num_queries(1):
        assert len(labels(render(field))[0]) == 22


def test_wagtails_scripts_are_told_of_the_field_without_a_second_copy(
    django_assert_num_queries,
):
    with django_assert_num_queries(0):
        assert "成都" not in str(JSContext().pack(places_field().widget))


def test_projects_stand_in_their_groups():
    CertificationProjectFactory(name="质量", group="管理体系", sort_order=1)
    CertificationProjectFactory(name="绿色", group="产品", sort_order=2)
    field = ModelMultipleChoiceField(
        CertificationProject.objects.all(), widget=ProjectSelectMultiple
    )
    assert labels(render(field)) == [["质量"], ["绿色"]]


class TestArticleForm:
    @pytest.fixture
    def article(self, client):
        client.force_login(english_editor(is_superuser=True))
        return ArticlePageFactory()

    def path(self, article):
        return reverse("wagtailadmin_pages:edit", args=[article.pk])

    def test_cities_and_provinces_are_saved(self, client, article, sichuan, chengdu):
        form = nested_form_data(
            {
                "title": article.title,
                "slug": article.slug,
                "published_at": "2026-11-25 08:00",
                "initial_views": 0,
                "body": streamfield([]),
                "comments": inline_formset([]),
                "action-publish": "action-publish",
            }
        )
        form["cities"] = [sichuan.pk, chengdu.pk]
        response = client.post(self.path(article), form)
        assert response.status_code == 302, response.context["form"].errors
        saved = ArticlePage.objects.get(pk=article.pk)
        assert set(saved.cities.all()) == {sichuan, chengdu}

    def test_the_form_asks_two_questions_for_each_list_of_places(
        self, client, article, chengdu, django_assert_max_num_queries
    ):
        """The list, and what is chosen."""
        article.cities.set([chengdu])
        article.save()
        with django_assert_max_num_queries(200) as asked:
            client.get(self.path(article))
        about_places = [
            query["sql"] for query in asked if 'FROM "cities_city"' in query["sql"]
        ]
        assert len(about_places) == 2 * 2, about_places


def test_the_field_is_named_by_its_label_and_described_by_its_help(sichuan):
    attrs = {"id": "id_cities", "aria-describedby": "help"}
    html = places_field().widget.render("cities", None, attrs)
    details = BeautifulSoup(html, "html.parser").details
    assert details["id"] == "id_cities"
    assert details["aria-labelledby"] == "id_cities-label"
    assert details["aria-describedby"] == "help"
