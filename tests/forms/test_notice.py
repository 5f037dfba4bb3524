"""The privacy notice says what the form really does, in its language, on the page and in the API."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale, Site

from cms.core.models import SiteSettings
from tests.factories import FormPageFactory, home_page
from tests.forms.test_api import FORM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site_settings():
    settings = SiteSettings.for_site(Site.objects.get())
    settings.organisation = "衡序"
    settings.legal_name = "成都衡序认证咨询有限公司"
    settings.service_phone = "400-200-0028"
    settings.save()
    return settings


def shown(form_page):
    soup = BeautifulSoup(Client().get(form_page.url).content, "html.parser")
    return soup.select_one("details.privacy-notice")


def test_it_names_who_why_what_how_long_and_which_rights(form_page):
    form_page.retention_days = 123
    form_page.privacy_purpose = "估算费用"
    form_page.save()
    text = shown(form_page).text
    for part in ("成都衡序认证咨询有限公司", "400-200-0028", "估算费用", "123"):
        assert part in text
    for field in form_page.get_fields():
        assert field.label in text


def test_it_follows_the_form(form_page):
    form_page.fields.append(("text", {"key": "wechat", "label": "微信号"}))
    form_page.save_revision().publish()
    assert "微信号" in shown(form_page).text


def test_consents_are_no_data_that_is_asked_for(form_page):
    form_page.fields.append(("consent", {"key": "consent", "label": "我同意"}))
    form_page.save_revision().publish()
    assert "我同意" not in shown(form_page).text


def test_organisation_stands_in_for_a_legal_name(form_page, site_settings):
    site_settings.legal_name = ""
    site_settings.save()
    assert "衡序" in shown(form_page).text


def test_it_is_folded_and_needs_no_script(form_page):
    details = shown(form_page)
    assert details.summary
    assert "open" not in details.attrs


def test_api_has_the_same_lines(form_page):
    notice = Client().get(FORM).json()["privacy_notice"]
    titles = [line["title"] for line in notice["lines"]]
    assert titles == [each.text for each in shown(form_page).select("dt")]
    assert notice["title"] == shown(form_page).summary.text
    assert "request_url" in notice


def test_it_speaks_the_language_of_the_form():
    english = Locale.objects.create(language_code="en")
    home = home_page().copy_for_translation(english)
    home.save_revision().publish()
    FormPageFactory(parent=home, locale=english)
    lines = Client().get(f"{FORM}?locale=en").json()["privacy_notice"]["lines"]
    assert lines[0]["title"] == "Who is responsible"
