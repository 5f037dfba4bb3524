"""The forms of a city page and of a province's texts: what they inherit, raw and as it reads, and the way back."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.core.models import SiteSettings
from home.models import CityPage, ProvinceContent
from tests.cities.test_register_form import note, start
from tests.factories import (
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    english_editor,
)
from tests.home.test_inherited_bodies import NATIONAL, OWN, inherited

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    return CityIndexPageFactory(
        title="城市",
        city_intro="{city}的企业请拨打{phone}。",
        city_seo_title="{city}认证_{province}",
        city_body=NATIONAL,
    )


@pytest.fixture
def sichuan():
    return CityFactory(level="province", name="四川省", short_name="四川")


@pytest.fixture
def page(index, sichuan):
    city = CityFactory(short_name="成都", parent=sichuan, phone="028-1")
    return CityPageFactory(parent=index, city=city)


@pytest.fixture
def editor(client):
    user = english_editor(is_superuser=True)
    client.force_login(user)
    return user


def of_province(province, **texts):
    return ProvinceContent.objects.create(
        province=province, locale=Locale.get_default(), **texts
    )


def edit_path(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def soup_of(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def open_form(client, page):
    return soup_of(client.get(edit_path(page)))


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


class TestTexts:
    def test_the_pattern_is_shown_as_it_is_written_and_as_it_reads_here(
        self, client, editor, page
    ):
        soup = open_form(client, page)
        assert note(soup, "intro") == (
            "Inherited from Nationwide : {city}的企业请拨打{phone}。 "
            "Reads here: 成都的企业请拨打028-1。 Override"
        )
        assert soup.find(id="id_intro")["placeholder"] == "{city}的企业请拨打{phone}。"
        assert start(soup, "intro") == "{city}的企业请拨打{phone}。"

    def test_so_are_the_words_for_search_engines(self, client, editor, page):
        soup = open_form(client, page)
        assert "Reads here: 成都认证_四川" in note(soup, "seo_title")
        assert "Nothing to inherit yet" in note(soup, "search_description")

    def test_the_text_of_the_province_comes_first(self, client, editor, page, sichuan):
        content = of_province(sichuan, intro="四川的话")
        soup = open_form(client, page)
        assert note(soup, "intro") == "Inherited from 四川省 : 四川的话 Override"
        link = soup.find(id="intro-field").find_next_sibling("div").a
        path = reverse("wagtailsnippets_home_provincecontent:edit", args=[content.pk])
        assert link["href"] == path

    def test_an_own_text_says_what_it_stands_in_the_place_of(
        self, client, editor, page
    ):
        publish(page, intro="成都的话")
        shown = note(open_form(client, page), "intro")
        assert shown.startswith("Own value. Nationwide would give: {city}的企业")
        assert shown.endswith("Back to inheriting")

    def test_emptying_the_field_goes_back(self, client, editor, page):
        publish(page, intro="成都的话")
        client.post(edit_path(page), form_of(page, intro=""))
        saved = CityPage.objects.get(pk=page.pk)
        assert saved.inherit_text("intro").origin == "national"
        assert saved.resolved.intro == "成都的企业请拨打028-1。"


def form_of(page, **changes):
    fields = {
        "title": page.title,
        "slug": page.slug,
        "city": page.city_id,
        "body": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "action-publish",
    }
    return nested_form_data(fields | changes)


class TestBody:
    def test_an_empty_body_says_whose_text_is_shown(
        self, client, editor, page, sichuan
    ):
        assert note(open_form(client, page), "body") == (
            "Shown now: the text of Nationwide ."
        )
        of_province(sichuan, body=[OWN])
        assert "the text of 四川省" in note(open_form(client, page), "body")

    def test_own_blocks_say_whether_they_stand_around_the_inherited_text(
        self, client, editor, page
    ):
        publish(page, body=[OWN])
        shown = note(open_form(client, page), "body")
        assert "own blocks only, in the place of the text of Nationwide" in shown
        assert "Back to inheriting" in shown
        publish(page, body=[OWN, inherited()])
        shown = note(open_form(client, page), "body")
        assert "where “Inherited text” stands" in shown

    def test_the_sections_of_the_inherited_text_are_listed_in_order(
        self, client, editor, page, index
    ):
        publish(
            index,
            city_body=[
                *NATIONAL,
                {
                    "type": "heading",
                    "value": {"text": "在{city}", "level": "h2", "anchor": ""},
                    "id": "last",
                },
            ],
        )
        details = open_form(client, page).find(id="body-field").find_next("details")
        assert "4 sections" in details.summary.get_text()
        headings = [item.span.get_text() for item in details.find_all("li")]
        assert headings == ["Before the first heading", "步骤", "费用", "在成都"]

    def test_it_is_folded_and_explains_where_local_blocks_go(
        self, client, editor, page
    ):
        details = open_form(client, page).find(id="body-field").find_next("details")
        assert not details.has_attr("open")
        assert "Removing all blocks goes back" in details.get_text()


class TestFacts:
    def lines(self, soup):
        return {
            row.th.get_text(): " ".join(row.td.get_text(" ", strip=True).split())
            for row in soup.find("table", class_="inherited-facts").find_all("tr")
        }

    def test_facts_are_shown_with_their_origin(self, client, editor, page):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.service_hours = "9–17"
        settings.save()
        lines = self.lines(open_form(client, page))
        assert lines["Phone"] == "028-1 成都市"
        assert lines["Opening hours"] == "9–17 Nationwide"
        assert lines["Address"] == "–"

    def test_they_lead_to_the_field_in_the_register(self, client, editor, page):
        soup = open_form(client, page)
        register = reverse("wagtailsnippets_cities_city:edit", args=[page.city_id])
        hrefs = [a["href"] for a in soup.select(".inherited-facts a")]
        assert f"{register}#phone-field" in hrefs
        html = client.get(register).content.decode()
        for href in hrefs:
            assert f'id="{href.partition("#")[2]}"' in html

    def test_somebody_who_may_not_change_cities_reads_them_without_links(
        self, client, page
    ):
        user = english_editor()
        group = Group.objects.create(name="editors")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        permission = Permission.objects.get(codename="change_page")
        GroupPagePermission.objects.create(
            group=group, page=page, permission=permission
        )
        user.groups.add(group)
        client.force_login(user)
        soup = open_form(client, page)
        assert self.lines(soup)["Phone"] == "028-1 成都市"
        assert soup.select(".inherited-facts a") == []
        assert "Edit in the city register" not in soup.get_text()


class TestNewPage:
    def add_path(self, index):
        return reverse("wagtailadmin_pages:add", args=["home", "citypage", index.pk])

    def test_values_come_after_the_first_save(self, client, editor, index):
        text = soup_of(client.get(self.add_path(index))).get_text()
        assert text.count("is shown after the first save.") == 5

    @pytest.mark.parametrize("city", ["", "999999"])
    def test_an_error_before_a_city_is_chosen_is_shown_and_nothing_breaks(
        self, client, editor, index, city
    ):
        form = nested_form_data(
            {
                "title": "",
                "slug": "",
                "city": city,
                "body": streamfield([]),
                "comments": inline_formset([]),
            }
        )
        text = soup_of(client.post(self.add_path(index), form)).get_text()
        assert text.count("is shown after the first save.") == 5

    def test_a_page_whose_city_is_taken_away_in_the_form_is_shown_again(
        self, client, editor, page
    ):
        response = client.post(edit_path(page), form_of(page, city=""))
        assert "city" in response.context["form"].errors
        assert "Phone" in soup_of(response).get_text()


class TestProvince:
    def path(self, content):
        return reverse("wagtailsnippets_home_provincecontent:edit", args=[content.pk])

    def test_texts_of_a_province_show_the_national_ones(
        self, client, editor, index, sichuan
    ):
        content = of_province(sichuan, seo_title="四川的标题")
        soup = soup_of(client.get(self.path(content)))
        assert note(soup, "intro") == (
            "Inherited from Nationwide : {city}的企业请拨打{phone}。 Override"
        )
        assert "Own value. Nationwide would give: {city}认证" in note(soup, "seo_title")
        assert "the text of Nationwide" in note(soup, "body")
        assert soup.find(id="body-field").find_next("details")

    def test_without_national_texts_there_is_nothing_to_inherit(
        self, client, editor, sichuan
    ):
        soup = soup_of(client.get(self.path(of_province(sichuan))))
        for name in ("intro", "body"):
            assert "Nothing to inherit yet" in note(soup, name)

    def test_national_texts_of_another_language_are_none(
        self, client, editor, index, sichuan
    ):
        english = Locale.objects.create(language_code="en")
        content = ProvinceContent.objects.create(province=sichuan, locale=english)
        soup = soup_of(client.get(self.path(content)))
        assert "Nothing to inherit yet" in note(soup, "intro")

    def test_a_new_text_chooses_among_provinces_alone(
        self, client, editor, page, sichuan
    ):
        path = reverse("wagtailsnippets_home_provincecontent:add")
        soup = soup_of(client.get(path))
        options = soup.find("select", id="id_province").find_all("option")
        assert [each.get_text() for each in options][1:] == ["四川省"]
        assert soup.get_text().count("is shown after the first save.") == 4
