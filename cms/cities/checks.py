from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from cms.cities.ip_lookup import RegionFileError, open_region_file


@register()
def check_region_file(**options: Any) -> list[CheckMessage]:
    """A warning: the site works without the file, it only suggests no city by address."""
    if not settings.IP2REGION_FILE:
        return []
    try:
        open_region_file(settings.IP2REGION_FILE)
    except RegionFileError as error:
        return [
            Warning(
                f"IP2REGION_FILE={settings.IP2REGION_FILE} cannot be used: {error}",
                hint=(
                    "Name a whole ip2region .xdb file that the program may read, "
                    "or leave the variable empty to look up no addresses."
                ),
                id="cities.W001",
            )
        ]
    return []
