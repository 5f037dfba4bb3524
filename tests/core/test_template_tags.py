import pytest

from cms.core.phones import dial_phone, digits_of
from cms.core.templatetags.core_tags import translations_of
from tests.factories import home_page, translate


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("028-85550100", "tel:+86-28-8555-0100"),
        ("(028)85550100", "tel:+86-28-8555-0100"),
        ("400-820-8820", "tel:+86-400-820-8820"),
        ("138 0013 8000", "tel:+86-138-0013-8000"),
        ("028-85550100转8012", "tel:+86-28-8555-0100;ext=8012"),
        ("028-85550100 分机 8012", "tel:+86-28-8555-0100;ext=8012"),
        ("95555", "tel:95555;phone-context=+86"),
    ],
)
def test_a_phone_number_becomes_a_link_that_dials_it(written, dialled):
    assert dial_phone(written) == dialled


def test_digits_of_a_filing_number():
    assert digits_of("川公网安备 51010402000123号") == "51010402000123"


@pytest.mark.django_db
def test_a_page_in_one_language_has_no_language_versions():
    assert translations_of(home_page()) == []


@pytest.mark.django_db
def test_an_unpublished_translation_is_not_a_language_version():
    home = home_page()
    english = translate(home, "en", title="Home")
    assert {page.locale.language_code for page in translations_of(home)} == {
        "zh-hans",
        "en",
    }
    english.unpublish()
    assert translations_of(home_page()) == []
