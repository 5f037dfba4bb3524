"""For the admin: what a place of the register says in each language, on the page where it is edited."""

from operator import attrgetter

from django import template

from cms.cities.models import City, CityTexts
from cms.core.templatetags.library_tags import TextInLanguage, list_texts

register = template.Library()


@register.simple_tag(takes_context=True)
def city_texts_in_languages(
    context: template.Context, city: City
) -> list[TextInLanguage]:
    rows = CityTexts.objects.filter(city=city)
    return list_texts(context["request"].user, rows, attrgetter("summary"))
