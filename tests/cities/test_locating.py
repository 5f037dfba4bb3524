"""Which city a place, a name or a region belongs to."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.cities.locating import (
    DEGREES_AROUND,
    FURTHEST,
    distance,
    match_name,
    match_region,
    nearest,
    normalise,
)
from cms.cities.models import City

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def city(name: str, province: City | None = None, **fields) -> City:
    return City(
        level=City.Level.CITY,
        name=f"{name}市",
        short_name=name,
        parent=province,
        **fields,
    )


def province(name: str, short_name: str) -> City:
    return City(level=City.Level.PROVINCE, name=name, short_name=short_name)


SICHUAN = province("四川省", "四川")
JILIN = province("吉林省", "吉林")
CHENGDU = city(
    "成都",
    SICHUAN,
    code="510100",
    slug="chengdu",
    pinyin="cheng du",
    names={"zh-hant": {"name": "成都市"}, "en": {"name": "Chengdu City"}},
    latitude=30.66,
    longitude=104.07,
)
MIANYANG = city(
    "绵阳",
    SICHUAN,
    code="510700",
    slug="mianyang",
    pinyin="mian yang",
    names={"zh-hant": {"name": "綿陽市", "short_name": "綿陽"}},
    latitude=31.47,
    longitude=104.68,
)
CHANGCHUN = city("长春", JILIN, slug="changchun", latitude=43.82, longitude=125.32)
JILIN_CITY = city("吉林", JILIN, slug="jilin", pinyin="ji lin")
BEIJING = city("北京", province("北京市", "北京"), slug="beijing")
JIANGSU = province("江苏省", "江苏")
SUZHOU = city("苏州", JIANGSU, slug="suzhou", pinyin="su zhou")
OTHER_SUZHOU = city(
    "宿州", province("安徽省", "安徽"), slug="suzhou-ah", pinyin="su zhou"
)
TAIZHOU = city("泰州", JIANGSU, slug="taizhou-js", pinyin="tai zhou")
OTHER_TAIZHOU = city("台州", slug="taizhou-zj", pinyin="tai zhou")
CITIES = [
    *(CHENGDU, MIANYANG, CHANGCHUN, JILIN_CITY, BEIJING, SUZHOU, OTHER_SUZHOU),
    *(TAIZHOU, OTHER_TAIZHOU),
]


def test_the_distance_of_two_known_cities():
    # Peking and Shanghai, by the great circle.
    away = distance(39.9042, 116.4074, 31.2304, 121.4737)
    assert away == pytest.approx(1067, abs=2)


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_around(a, b, c, d):
    away = distance(a, b, c, d)
    assert 0 <= away <= 6371 * math.pi + 1
    assert away == pytest.approx(distance(c, d, a, b), abs=1e-6)
    assert distance(a, b, a, b) == pytest.approx(0, abs=1e-6)


@given(latitudes, longitudes)
def test_the_nearest_city_is_within_the_limit_and_no_other_is_nearer(
    latitude, longitude
):
    def away(city: City) -> float:
        return distance(latitude, longitude, city.latitude, city.longitude)

    placed = [city for city in CITIES if city.latitude is not None]
    found = nearest(CITIES, latitude, longitude)
    if found is None:
        assert all(away(city) > FURTHEST for city in placed)
    else:
        assert away(found) <= FURTHEST
        assert abs(found.latitude - latitude) < DEGREES_AROUND
        assert all(away(found) <= away(city) for city in placed)


def test_a_suburb_belongs_to_its_city():
    assert nearest(CITIES, 30.57, 103.92) is CHENGDU


@pytest.mark.parametrize(
    "place", [(35.68, 139.69), (0, 0), (90, 180), (-90, -180), (1.35, 103.82)]
)
def test_nobody_abroad_is_given_a_city(place):
    assert nearest(CITIES, *place) is None


def test_the_date_line_is_no_border():
    fiji = city("某", latitude=-17, longitude=179.9)
    assert nearest([fiji], -17, -179.9) is fiji


@pytest.mark.parametrize(
    "name",
    [
        *("成都", "成都市", "510100", "chengdu", "Chengdu", "CHENG DU", "cheng-du"),
        *("Chengdu City", " ｃｈｅｎｇｄｕ "),
    ],
)
def test_a_city_is_known_by_each_of_its_names(name):
    assert match_name(CITIES, name) is CHENGDU


def test_a_city_is_known_by_its_name_in_another_script():
    assert match_name(CITIES, "綿陽") is MIANYANG


def test_a_shared_name_is_that_of_the_city_whose_slug_it_is():
    assert match_name(CITIES, "Suzhou") is SUZHOU


def test_a_shared_name_that_is_nobodys_slug_names_none():
    assert match_name(CITIES, "Taizhou") is None


@pytest.mark.parametrize("name", ["", " ", "-", "市", "Atlantis", "四川", "0", "%%"])
def test_what_names_no_city_finds_none(name):
    assert match_name(CITIES, name) is None


@given(st.text())
def test_any_text_can_be_compared(text):
    normalise(text)
    match_name(CITIES, text)
    match_region(CITIES, text)


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("中国|四川省|成都市|电信|CN", CHENGDU),
        ("中国|0|四川省|成都市|电信", CHENGDU),
        ("中国|四川|成都|电信|CN", CHENGDU),
        ("中国|北京|北京市|联通|CN", BEIJING),
        ("中国|0|吉林省|吉林市|移动", JILIN_CITY),
        ("中国|吉林省|长春市|移动|CN", CHANGCHUN),
        ("中国|吉林省|0|移动|CN", None),
        ("中国|安徽省|苏州市|移动|CN", None),
        ("美国|加利福尼亚州|洛杉矶|0|US", None),
        ("0|0|0|内网IP|内网IP", None),
        ("", None),
    ],
)
def test_a_region_names_a_city_of_its_province(region, expected):
    assert match_region(CITIES, region) is expected
