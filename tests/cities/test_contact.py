from cms.cities.models import City

NATIONAL = "400-820-8820"


def test_a_city_is_reached_by_its_own_phone():
    assert City(phone="028-85550100").get_contact(NATIONAL).phone == "028-85550100"


def test_a_city_without_a_phone_has_that_of_its_province():
    city = City(parent=City(phone="028-85550100"))
    assert city.get_contact(NATIONAL).phone == "028-85550100"


def test_a_city_without_any_has_the_nationwide_phone():
    assert City(parent=City()).get_contact(NATIONAL).phone == NATIONAL


def test_each_value_is_inherited_on_its_own():
    city = City(address="锦江区 1 号", parent=City(phone="028-1", address="省会"))
    contact = city.get_contact(NATIONAL)
    assert (contact.phone, contact.address) == ("028-1", "锦江区 1 号")


def test_a_municipality_is_its_own_province():
    assert City(name="重庆市").province_name == "重庆市"
    assert City(name="成都市", parent=City(name="四川省")).province_name == "四川省"
