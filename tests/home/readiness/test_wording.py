"""City words in titles, and phones where they do not belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.readiness.phones import find_phones, without_phones
from home.readiness.shingles import PlaceNames
from home.readiness.wording import (
    CITY_CHAIN,
    PHONE,
    REPEATED_CITY,
    check_phones,
    check_title,
    check_wording,
    phones_in,
)

CITIES = PlaceNames(
    [
        *((f"{name}市", name) for name in ("青岛", "济南", "烟台", "成都")),
        *((name, name) for name in ("青岛", "济南", "烟台", "成都")),
        *[("Chengdu", "成都"), ("延边朝鲜族自治州", "延边"), ("延边", "延边")],
    ]
)


def codes(title):
    return [warning.code for warning in check_title("title", title, CITIES)]


@pytest.mark.parametrize(
    "title",
    [
        "成都认证咨询",
        "成都市认证咨询",
        "四川成都认证咨询",
        "ISO 9001 认证",
        "成都与济南之间的认证合作",
        "Certification in Chengdu",
        "延边朝鲜族自治州认证咨询",
        "",
    ],
)
def test_a_title_that_names_its_city_once_is_fine(title):
    assert codes(title) == []


@pytest.mark.parametrize(
    "title",
    [
        "成都认证，成都咨询",
        "成都市认证—成都ISO9001",
        "成都成都认证",
        "Chengdu certification in Chengdu",
        "成都 certification (Chengdu)",
    ],
)
def test_a_city_named_twice_in_a_title_is_warned_about(title):
    (warning,) = check_title("seo_title", title, CITIES)
    assert warning == (REPEATED_CITY, "seo_title", "成都")


def test_a_chain_of_cities_is_warned_about():
    assert codes("认证咨询_青岛,济南,烟台") == [CITY_CHAIN]


def test_baidus_own_example_breaks_both_rules():
    title = "青岛的认证,青岛认证公司,济南认证,烟台认证"
    assert codes(title) == [REPEATED_CITY, CITY_CHAIN]


@pytest.mark.parametrize(
    "text",
    [
        "028-83221100",
        "(028)83221100",
        "02883221100",
        "+86 28 8322 1100",
        "13800138000",
        "138 0013 8000",
        "400-820-8820",
        "4008208820",
        "800-810-8888",
        "０２８－８３２２１１００",
    ],
)
def test_a_phone_in_a_text_is_found(text):
    assert len(phones_in(f"<p>请拨打{text}，<b>当天</b>回复</p>")) == 1


def test_a_phone_with_an_extension_is_found():
    assert find_phones("总机028-83221100-8012转接") == ["028-83221100"]
    assert without_phones("总机028-83221100-8012转接").split() == ["总机", "转接"]


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-06",
        "2024年5月6日 8:30",
        "2016-2024",
        "ISO 9001",
        "ISO 9001:2015 与 ISO 14001:2015",
        "ISO/IEC 27001:2022",
        "GB/T 19001-2016",
        "GB/T 29490-2023、GB/T 23331-2020",
        "GB/T 27922-2011 五星",
        "周一至周五 8:30-18:00 9:00-12:00",
        "￥1,200,000",
        "510100198001011234",
        "证书号 01234567890123",
        "1380013800",
    ],
)
def test_dates_standards_and_other_figures_are_no_phones(text):
    assert phones_in(text) == []
    assert without_phones(text) == text


@pytest.mark.parametrize("placeholder", ["{phone}", "{电话}", "｛电话｝"])
def test_the_phones_placeholder_counts_as_a_phone(placeholder):
    assert check_phones("body", [f"<p>请拨打{placeholder}</p>"]) == [
        (PHONE, "body", "{phone}")
    ]


def test_doubled_braces_are_no_placeholder():
    assert phones_in("{{phone}}") == []


def test_a_number_that_occurs_often_is_named_once():
    warnings = check_phones("body", ["电话028-83221100", "拨打028-83221100"])
    assert warnings == [(PHONE, "body", "028-83221100")]


def test_every_place_is_checked():
    warnings = check_wording(
        titles={"title": ("{city}{city}", "成都成都")},
        texts={"body": ["电话028-83221100"]},
        cities=CITIES,
    )
    assert [(each.code, each.place) for each in warnings] == [
        (REPEATED_CITY, "title"),
        (PHONE, "body"),
    ]


@given(st.text("0123456789-()+ .转", max_size=60))
def test_any_figures_can_be_looked_through(text):
    without_phones(text)
    for number in find_phones(text):
        assert number in text
