"""A visitor without scripts sends the form: stored and thanked, or told what to change with nothing lost."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction, Site

from cms.core.models import SiteSettings
from forms.models import Lead
from tests.factories import (
    ArticlePageFactory,
    CertificationProjectFactory,
    CityPageFactory,
    FormPageFactory,
)

pytestmark = pytest.mark.django_db

MIB = 1024 * 1024


def submit(form_page, answers, *, client=None, **headers):
    path = reverse("forms:submit", args=[form_page.pk])
    return (client or Client()).post(path, answers, headers=headers)


def html(response):
    return unescape(response.content.decode())


def assert_not_kept_anywhere(response):
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_sent_form_becomes_a_lead(form_page, answers, project):
    submit(form_page, answers)
    lead = Lead.objects.get()
    assert lead.name == "张三"
    assert lead.mobile == "+8613800138000"
    assert lead.landline == "+862885550100"
    assert lead.project == project
    assert lead.company == "蓉城精密机械有限公司"
    assert lead.source == Lead.Source.HTML


def test_visitor_is_sent_to_the_thank_you_page(form_page, answers):
    response = submit(form_page, answers)
    lead = Lead.objects.get()
    assert response.status_code == 303
    assert response.url == f"/forms/{form_page.pk}/thanks/{lead.receipt}/"
    assert_not_kept_anywhere(response)


def test_thank_you_page_shows_the_receipt_and_no_personal_data(form_page, answers):
    response = Client().get(submit(form_page, answers).url)
    assert Lead.objects.get().receipt in html(response)
    assert form_page.thanks_title in html(response)
    for text in ("张三", "13800138000", "138 0013 8000", "蓉城精密"):
        assert text not in html(response)
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert_not_kept_anywhere(response)


@pytest.mark.parametrize("receipt", ["abc", "<script>", "ABCDE-23456-X", "abcde-23456"])
def test_thank_you_page_takes_only_what_looks_like_a_receipt(form_page, receipt):
    response = Client().get(f"/forms/{form_page.pk}/thanks/{receipt}/")
    assert response.status_code == 404


def test_wrong_number_comes_back_with_everything_that_was_typed(form_page, answers):
    response = submit(form_page, {**answers, "mobile": "1380013800"})
    page = html(response)
    assert response.status_code == 422
    assert not Lead.objects.exists()
    assert 'value="1380013800"' in page
    assert 'value="张三"' in page
    assert 'value="蓉城精密机械有限公司"' in page
    assert re.search(r'<option value="iso9001" selected', page)
    assert_not_kept_anywhere(response)


def test_error_stands_next_to_its_field_and_in_the_summary(form_page, answers):
    page = html(submit(form_page, {**answers, "mobile": "1380013800"}))
    (field,) = re.findall(r'<input[^>]*name="mobile"[^>]*>', page)
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="quick-form-mobile_error"' in field
    assert 'id="quick-form-mobile_error"' in page
    assert 'href="#quick-form-mobile"' in page
    assert "field--invalid" in page


def test_every_missing_answer_is_named(form_page):
    page = html(submit(form_page, {}))
    for label in ("姓名", "手机号码", "公司座机", "认证项目", "公司名称"):
        assert page.count(f"“{label}”") == 2  # next to the field, and in the summary


def test_page_with_errors_is_in_the_language_of_the_form(form_page, answers):
    english = Locale.objects.create(language_code="en")
    home = form_page.get_parent().copy_for_translation(english)
    translated = FormPageFactory(parent=home, locale=english, title="Quick service")
    response = submit(translated, {**answers, "mobile": "1"})
    assert response.headers["Content-Language"] == "en"
    assert "A mobile number has 11 digits, this one has 1." in html(response)
    assert '<html lang="en">' in html(response)


def test_local_number_is_completed_from_the_city_of_the_page(
    form_page, answers, chengdu
):
    city_page = CityPageFactory(city=chengdu)
    submit(form_page, {**answers, "landline": "85550100", "_page": city_page.pk})
    lead = Lead.objects.get()
    assert lead.landline == "+862885550100"
    assert lead.city == chengdu
    assert lead.first_touch.page.specific == city_page


def test_without_a_city_the_area_code_is_asked_for(form_page, answers):
    response = submit(form_page, {**answers, "landline": "85550100"})
    assert response.status_code == 422
    assert "028-85550100" in html(response)


def test_correcting_an_error_keeps_where_the_form_stood(form_page, answers, chengdu):
    article = ArticlePageFactory()
    address = f"http://testserver{article.url}?utm_source=baidu"
    hidden = {"_page": article.pk, "_city": "chengdu"}
    refused = submit(form_page, {**answers, **hidden, "mobile": "1"}, referer=address)
    inputs = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html(refused))
    )
    submit(form_page, {**answers, **inputs}, referer="http://testserver/forms/1/")
    lead = Lead.objects.get()
    assert lead.first_touch.page.specific == article
    assert lead.city == chengdu
    assert lead.first_touch.page_url == address
    assert lead.first_touch.utm_source == "baidu"


def test_campaign_is_read_from_the_address_of_the_page(form_page, answers):
    query = (
        "utm_source=baidu&utm_medium=cpc&utm_campaign=iso&utm_term=认证&utm_content=a"
    )
    submit(form_page, answers, referer=f"http://testserver/?{query}")
    lead = Lead.objects.get()
    assert lead.first_touch.campaign == "baidu / cpc / iso / 认证 / a"


def test_asking_for_the_address_that_forms_are_sent_to_shows_the_form(form_page):
    response = Client().get(reverse("forms:submit", args=[form_page.pk]))
    assert response.status_code == 302
    assert response.url == form_page.url


def test_unpublished_form_takes_nothing(form_page, answers):
    form_page.unpublish()
    assert submit(form_page, answers).status_code == 404
    assert not Lead.objects.exists()


def test_form_that_a_visitor_may_not_see_takes_nothing(form_page, answers):
    PageViewRestriction.objects.create(
        page=form_page, restriction_type=PageViewRestriction.LOGIN
    )
    assert submit(form_page, answers).status_code == 404
    assert not Lead.objects.exists()


def test_unknown_inputs_are_left_out(form_page, answers):
    submit(form_page, {**answers, "extension_token": "x", "csrfmiddlewaretoken": "y"})
    keys = [answer["key"] for answer in Lead.objects.get().answers]
    assert keys == ["name", "mobile", "landline", "project", "company"]


def test_field_of_one_mebibyte_is_refused_and_kept(form_page, answers):
    response = submit(form_page, {**answers, "name": "长" * (MIB // 3)})
    assert response.status_code == 422
    assert "蓉城精密机械有限公司" in html(response)


def test_more_than_can_be_read_is_refused_with_a_page(form_page, answers):
    response = submit(form_page, {**answers, "name": "x" * 3 * MIB})
    assert response.status_code == 413
    assert form_page.title in html(response)


def test_file_that_nobody_asked_for_is_not_even_read(form_page, answers):
    upload = SimpleUploadedFile("big.bin", b"x" * 3 * MIB)
    response = submit(form_page, {**answers, "attachment": upload})
    assert response.status_code == 413


def test_too_many_inputs_are_refused_with_a_page(form_page):
    response = submit(form_page, {f"field_{n}": "x" for n in range(2001)})
    assert response.status_code == 400


def test_broken_multipart_is_refused_with_a_page(form_page):
    path = reverse("forms:submit", args=[form_page.pk])
    response = Client().post(path, "garbage", content_type="multipart/form-data")
    assert response.status_code == 400


def test_form_id_beyond_every_database_is_not_found(form_page):
    assert Client().post(f"/forms/{10**30}/submissions/").status_code == 404


def test_null_characters_are_left_out(form_page, answers):
    response = submit(
        form_page, {**answers, "name": "张\x00三", "project": "iso9001\x00"}
    )
    assert response.status_code == 303
    assert Lead.objects.get().name == "张三"


@pytest.mark.parametrize("page_id", ["", "x", "-1", "0", "999999", "9" * 40])
def test_made_up_page_is_no_reason_to_lose_a_lead(form_page, answers, page_id):
    assert submit(form_page, {**answers, "_page": page_id}).status_code == 303
    assert Lead.objects.get().first_touch.page is None


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "x" * 5000, "http://[", "//"]
)
def test_made_up_address_is_no_reason_to_lose_a_lead(form_page, answers, address):
    assert submit(form_page, {**answers, "_url": address}).status_code == 303


def test_project_that_was_switched_off_meanwhile_is_taken(form_page, answers, project):
    project.active = False
    project.save()
    assert submit(form_page, answers).status_code == 303
    assert Lead.objects.get().project == project


def test_project_that_was_switched_off_stays_chosen_beside_another_error(
    form_page, answers, project
):
    project.active = False
    project.save()
    page = html(submit(form_page, {**answers, "mobile": "1"}))
    assert re.search(r'<option value="iso9001" selected', page)


def test_project_that_does_not_exist_is_refused(form_page, answers):
    response = submit(form_page, {**answers, "project": "iso1"})
    assert response.status_code == 422


def test_field_that_was_removed_meanwhile_is_kept(form_page, answers):
    del form_page.fields[2]
    form_page.save_revision().publish()
    assert submit(form_page, answers).status_code == 303
    lead = Lead.objects.get()
    assert lead.landline == "+862885550100"
    assert lead.answers[-1] == {
        "key": "landline",
        "label": "公司座机",
        "type": "landline",
        "value": "028-85550100",
        "display": "028-85550100",
        "retired": True,
    }


def test_wrong_answer_to_a_removed_field_is_kept_as_it_was_sent(form_page, answers):
    del form_page.fields[2]
    form_page.save_revision().publish()
    assert submit(form_page, {**answers, "landline": "没有"}).status_code == 303
    lead = Lead.objects.get()
    assert lead.landline == ""
    assert lead.answers[-1]["value"] == "没有"


def test_field_that_was_added_meanwhile_is_asked_for(form_page, answers):
    form_page.fields.append(("text", {"key": "position", "label": "职务"}))
    form_page.save_revision().publish()
    response = submit(form_page, answers)
    assert response.status_code == 422
    assert 'name="position"' in html(response)
    assert 'value="张三"' in html(response)


class TestPages:
    """What stands on pages is the same for everybody."""

    @pytest.fixture
    def article(self, form_page, chengdu):
        settings = SiteSettings.for_site(Site.objects.get())
        settings.quick_form = form_page.page_ptr
        settings.default_city = chengdu
        settings.save()
        return ArticlePageFactory()

    def test_article_holds_the_form_with_its_place_and_city(self, article, form_page):
        page = html(Client().get(article.url))
        assert f'action="/forms/{form_page.pk}/submissions/"' in page
        assert f'name="_page" value="{article.pk}"' in page
        assert 'name="_city" value="chengdu"' in page

    def test_page_sets_no_cookie_and_holds_no_token(self, article):
        response = Client().get(article.url)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "csrf" not in html(response).lower()

    def test_two_visitors_get_the_same_page(self, article):
        assert Client().get(article.url).content == Client().get(article.url).content

    def test_inputs_help_phones_to_fill_them_in(self, article):
        page = html(Client().get(article.url))
        for name, attributes in {
            "name": ['type="text"', 'autocomplete="name"'],
            "mobile": ['type="tel"', 'autocomplete="tel"'],
            "landline": ['type="tel"', 'autocomplete="work tel"'],
            "company": ['autocomplete="organization"'],
        }.items():
            (tag,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
            assert all(attribute in tag for attribute in attributes)

    def test_form_stands_twice_on_a_page_with_ids_of_its_own(self, article):
        article.body = [("quick_form", {"title": "免费咨询", "form": None})]
        article.save_revision().publish()
        page = html(Client().get(article.url))
        ids = re.findall(r' id="([^"]+)"', page)
        assert page.count('class="quick-form"') == 2
        assert len(ids) == len(set(ids))
        assert "免费咨询" in page

    def test_projects_are_asked_for_once_however_often_the_form_stands(
        self, article, django_assert_num_queries, django_assert_max_num_queries
    ):
        article.body = [("quick_form", {"title": "", "form": None})] * 2
        article.save_revision().publish()
        Client().get(article.url)
        with django_assert_max_num_queries(100) as queries:
            Client().get(article.url)
        projects = [
            query
            for query in queries
            if 'FROM "core_certificationproject"' in query["sql"]
        ]
        assert len(projects) == 1

    def test_projects_are_offered_in_groups(self, article):
        CertificationProjectFactory(group="服务认证", name="售后服务认证")
        page = html(Client().get(article.url))
        assert '<optgroup label="管理体系-基础">' in page
        assert '<optgroup label="服务认证">' in page

    def test_project_that_is_switched_off_is_not_offered(self, article, project):
        project.active = False
        project.save()
        assert 'value="iso9001"' not in html(Client().get(article.url))

    def test_form_has_a_page_of_its_own(self, article, form_page):
        page = html(Client().get(form_page.url))
        assert page.count('class="quick-form"') == 1
        assert f'name="_page" value="{form_page.pk}"' in page

    def test_form_page_answers_reads_only(self, form_page):
        assert Client().post(form_page.url).status_code == 405
