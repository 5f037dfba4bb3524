from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.cities.models import City
from cms.core.data_files import DataFileError, DataRow, read_data_file

DATA = Path(__file__).resolve().parents[2] / "data"
PROVINCES_FILE = DATA / "provinces.csv"
CITIES_FILE = DATA / "cities.csv"

NAMES = ["name", "short_name", "slug", "initial", "pinyin"]
FACTS = [*NAMES, "names", "area_code", "latitude", "longitude", "parent"]
# Columns that hold a name in another language, in the file and in `City.names`.
OTHER_NAMES = {
    "name_zh_hant": [("zh-hant", "name")],
    "short_name_zh_hant": [("zh-hant", "short_name")],
    "name_en": [("en", "name"), ("en", "short_name")],
}
PATTERNS = {"code": r"[1-9]\d{5}", "initial": "[A-Z]", "area_code": r"0\d{2,3}"}

Register = dict[tuple[str, str], City]


class Command(BaseCommand):
    help = (
        "Bring the register of provinces and cities up to date with the data files. "
        "What editors set (phone, address, opening hours, hot) stays as it is."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            provinces = read_provinces()
            cities = read_cities()
            register = {
                (city.level, city.code): city
                for city in City.objects.select_related("parent")
            }
            self.load("Provinces", provinces, register)
            set_provinces(cities, register)
            self.load("Cities", cities, register)
        except DataFileError as error:
            raise CommandError(str(error)) from None
        self.report_unknown(register, [*provinces, *cities])

    def load(self, label: str, rows: list[DataRow], register: Register) -> None:
        created, updated, unchanged = [], [], 0
        for row in rows:
            city = register.get(key_of(row))
            if city is None:
                created.append(City(**row.values))
            elif apply_facts(city, row.values):
                updated.append(city)
            else:
                unchanged += 1
        City.objects.bulk_update(updated, FACTS)
        for city in City.objects.bulk_create(created):
            register[city.level, city.code] = city
        self.stdout.write(
            f"{label}: {len(created)} created, {len(updated)} updated, {unchanged} unchanged."
        )

    def report_unknown(self, register: Register, rows: list[DataRow]) -> None:
        for key in sorted(register.keys() - {key_of(row) for row in rows}):
            city = register[key]
            self.stdout.write(
                f"Kept, although the data files do not have it: {city} ({city.level} {city.code})."
            )


def read_provinces() -> list[DataRow]:
    return read_register(PROVINCES_FILE, City.Level.PROVINCE, NAMES)


def read_cities() -> list[DataRow]:
    """`is_hot` is where a new city begins; from then on it is the editors'."""
    columns = [*NAMES, "area_code", "latitude", "longitude", "is_hot"]
    return read_register(CITIES_FILE, City.Level.CITY, columns)


def read_register(path: Path, level: str, columns: list[str]) -> list[DataRow]:
    rows = read_data_file(
        path,
        City,
        ["code", *columns, *OTHER_NAMES],
        unique=["code", "slug"],
        patterns=PATTERNS,
        cleaned_as=dict.fromkeys(OTHER_NAMES, "name"),
    )
    for row in rows:
        row.values["level"] = level
        row.values["names"] = names_of(row)
    return rows


def names_of(row: DataRow) -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    for column, places in OTHER_NAMES.items():
        text = row.values.pop(column)
        for language_code, kind in places:
            names.setdefault(language_code, {})[kind] = text
    return names


def key_of(row: DataRow) -> tuple[str, str]:
    return row.values["level"], row.values["code"]


def set_provinces(cities: list[DataRow], register: Register) -> None:
    """A city's code begins with the two digits of its province."""
    for row in cities:
        code = f"{row.values['code'][:2]}0000"
        province = register.get((City.Level.PROVINCE, code))
        if province is None:
            problem = f"{PROVINCES_FILE.name} has no province {code}."
            raise DataFileError(CITIES_FILE, row.line, "code", problem)
        row.values["parent"] = province


def apply_facts(city: City, values: dict[str, Any]) -> bool:
    """Give the city what the files know of it. True if that changes it."""
    facts = {name: values[name] for name in FACTS if name in values}
    changed = any(getattr(city, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(city, name, value)
    return changed
