"""What a city of the register says of itself, and the same in another language."""

from wagtail.models import Locale

from cms.cities.models import City, CityTexts
from tests.translation.languages import language

FACTS = {"address": "高新区软件园 3 号", "opening_hours": "工作日 9 点开门"}
TEAM = [
    {
        "type": "person",
        "value": {"name": "周敏", "role": "软件顾问", "text": "", "photo": None},
    }
]


def source_of(city: City) -> CityTexts:
    return CityTexts.objects.get(city=city, locale=Locale.get_default())


def say(city: City, code: str, **texts) -> CityTexts:
    """As a person does it by hand."""
    other = source_of(city).copy_for_translation(language(code))
    for name, text in texts.items():
        setattr(other, name, text)
    other.save()
    return other
