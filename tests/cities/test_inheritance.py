"""The resolver: a city's own value, else its province's, else the national one, and where it was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.cities.inheritance import NATIONAL_NAMES, Inherited, Origin, inherit
from cms.cities.models import City
from cms.core.models import SiteSettings

PLAIN_FACTS = ["phone", "address", "opening_hours"]
texts = st.sampled_from(["", "028-85550100", "锦江区 1 号"])
ORIGINS = [Origin.CITY, Origin.PROVINCE, Origin.NATIONAL]


def city(**facts) -> City:
    return City(level=City.Level.CITY, name="成都市", **facts)


def province(**facts) -> City:
    return City(level=City.Level.PROVINCE, name="四川省", **facts)


@pytest.mark.parametrize("name", PLAIN_FACTS)
@given(own=texts, above=texts, national=texts)
def test_the_nearest_value_that_is_not_empty_is_found_with_its_origin(
    name, own, above, national
):
    settings = SiteSettings(**{NATIONAL_NAMES[name]: national})
    place = city(**{name: own}, parent=province(**{name: above}))
    expected = next(
        (
            Inherited(value, origin)
            for value, origin in zip([own, above, national], ORIGINS, strict=True)
            if value
        ),
        Inherited("", Origin.NATIONAL),
    )
    assert getattr(place.get_facts(settings), name) == expected


@given(values=st.lists(st.sampled_from(["", None, 0, "a", 1]), min_size=3, max_size=3))
def test_a_value_further_up_never_changes_one_that_is_found_below(values):
    found = inherit(zip(ORIGINS, values, strict=True))
    above = ORIGINS.index(found.origin) + 1
    changed = values[:above] + ["other"] * (3 - above)
    if found.value:
        assert inherit(zip(ORIGINS, changed, strict=True)) == found


def test_each_fact_is_inherited_on_its_own():
    place = city(address="锦江区 1 号", parent=province(phone="028-1", address="省会"))
    facts = place.get_facts(SiteSettings(service_hours="9–17"))
    assert facts.phone == ("028-1", "province")
    assert facts.address == ("锦江区 1 号", "city")
    assert facts.opening_hours == ("9–17", "national")


def test_an_empty_team_and_no_radius_are_inherited():
    facts = city(parent=province(service_radius=80)).get_facts(SiteSettings())
    assert facts.service_radius == (80, "province")
    assert facts.team.origin == "national"


def test_a_municipality_is_its_own_province():
    assert City(name="重庆市").province_name == "重庆市"
    assert city(parent=province()).province_name == "四川省"
