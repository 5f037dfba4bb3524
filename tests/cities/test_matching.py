"""Names of cities as people paste them. Everything here is asked of the real register; nothing asks a database."""

from time import perf_counter

import pytest

from cms.cities.matching import Register, match_names, split_names
from cms.cities.models import City
from tests.cities.registers import real_places, real_register

REGISTER = real_register()


def matches_of(text: str):
    return match_names(split_names(text, REGISTER), REGISTER)


def found(text: str) -> list[str]:
    return [str(city) for city in matches_of(text).matched]


@pytest.mark.parametrize(
    "typed",
    [
        *("成都市", "成都", "510100", "chengdu", "Cheng Du", "CHENGDU", "５１０１００"),
        *("四川省成都市", "四川成都", "四川省 成都市", " 成都 ", "成都。", "“成都”"),
        "成\u200b都",
    ],
)
def test_a_city_is_found_by_whatever_it_is_called(typed):
    assert found(typed) == ["成都市"]


@pytest.mark.parametrize("typed", ["凉山", "凉山州", "凉山彝族自治州", "四川凉山"])
def test_an_autonomous_prefecture_is_found_by_its_usual_names(typed):
    assert found(typed) == ["凉山彝族自治州"]


@pytest.mark.parametrize("typed", ["蘇州", "蘇州市", "苏州"])
def test_traditional_characters_are_understood(typed):
    assert found(typed) == ["苏州市"]


def test_every_city_is_found_by_its_full_name_and_its_code():
    cities = [place for place in real_places() if place.level == City.Level.CITY]
    assert all(REGISTER.find(city.name) == [city] for city in cities)
    assert all(REGISTER.find(city.code) == [city] for city in cities)


def test_every_city_is_found_by_its_slug_or_asked_for():
    cities = [place for place in real_places() if place.level == City.Level.CITY]
    assert all(city in REGISTER.find(city.slug) for city in cities)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "成都\n绵阳",
            "成都，绵阳",
            "成都、绵阳",
            "成都\t绵阳",
            "成都；绵阳",
            "成都 绵阳",
        ),
        *(
            "1. 成都\n2. 绵阳",
            "1、成都\n2、绵阳",
            "（１）成都\n（２）绵阳",
            "成都\r\n\r\n绵阳,",
        ),
    ],
)
def test_a_list_may_be_written_in_many_ways(text):
    assert found(text) == ["成都市", "绵阳市"]


def test_a_city_that_is_named_twice_counts_once():
    matches = matches_of("成都\n510100\n成都\nchengdu")
    assert [str(city) for city in matches.matched] == ["成都市"]
    assert list(matches.matched.values()) == [["成都", "510100", "chengdu"]]


def test_a_misspelt_name_gets_the_nearest_cities():
    matches = matches_of("成部, chongqin")
    suggested = {each.typed: each.suggestions for each in matches.unmatched}
    assert [city.name for city in suggested["成部"]] == ["成都市"]
    assert suggested["chongqin"][0].name == "重庆市"


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("海南", ["海南省", "海南藏族自治州"]),
        ("吉林", ["吉林省", "吉林市"]),
        ("suzhou", ["苏州市", "宿州市"]),
        ("su zhou", ["苏州市", "宿州市"]),
    ],
)
def test_a_name_of_several_places_is_asked_back(typed, candidates):
    matches = matches_of(typed)
    assert not matches.matched
    assert not matches.unmatched
    (ambiguous,) = matches.ambiguous
    assert ambiguous.typed == typed
    assert [place.name for place in ambiguous.candidates] == candidates


def test_the_full_name_says_which():
    assert found("海南藏族自治州, 吉林市, suzhou-ah") == [
        *("海南藏族自治州", "吉林市", "宿州市")
    ]


def test_a_municipality_is_found_as_a_city():
    assert found("北京, 上海市, 120000, chongqing") == [
        *("北京市", "上海市", "天津市", "重庆市")
    ]


def test_a_province_is_no_city_and_is_called_a_province():
    (unmatched,) = matches_of("四川").unmatched
    assert str(unmatched.province) == "四川省"


def test_an_empty_list_has_no_names():
    assert split_names(" \n，、\t\u3000", REGISTER) == []


def test_a_long_list_of_nonsense_is_answered_quickly():
    begin = perf_counter()
    matches = match_names([f"某某{n}" for n in range(3000)], REGISTER)
    assert len(matches.unmatched) == 3000
    assert perf_counter() - begin < 5


def test_a_register_may_be_empty():
    assert match_names(["成都"], Register([])).unmatched[0].suggestions == ()
