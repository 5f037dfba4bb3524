from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from cms.encryption.keys import get_cipher


@register()
def check_encryption_keys(**kwargs: Any) -> list[CheckMessage]:
    try:
        get_cipher()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="encryption.E001")]
    return []
