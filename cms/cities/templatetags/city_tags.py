"""What templates may ask about a place of the register."""

from urllib.parse import urlencode

from django import template

from cms.cities.models import City

register = template.Library()

MAP_SEARCH = "https://uri.amap.com/search"


@register.filter
def map_link(address: str, city: City) -> str:
    """The address on a map, opened by a plain link: nothing of the map's provider is loaded into the page.

    Searched for within the city, because the register's coordinates are those of the city and not of the branch.
    """
    return f"{MAP_SEARCH}?{urlencode({'keyword': address, 'city': city.code})}"
