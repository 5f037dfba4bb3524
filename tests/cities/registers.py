"""The register as the data files have it, without a database."""

from cms.cities.management.commands.load_cities import (
    read_cities,
    read_provinces,
    set_provinces,
)
from cms.cities.matching import Register
from cms.cities.models import City


def real_places() -> list[City]:
    provinces, rows = read_provinces(), read_cities()
    register = {
        (City.Level.PROVINCE, row.values["code"]): City(pk=number, **row.values)
        for number, row in enumerate(provinces, start=1)
    }
    set_provinces(rows, register)
    cities = [
        City(pk=number, **row.values) for number, row in enumerate(rows, start=1000)
    ]
    return [*register.values(), *cities]


def real_register() -> Register:
    return Register(real_places())
