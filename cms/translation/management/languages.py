from django.core.management.base import CommandError
from wagtail.models import Locale


def find_language(code: str) -> Locale:
    locale = Locale.objects.filter(language_code=code).first()
    if locale is None:
        known = ", ".join(each.language_code for each in Locale.objects.all())
        raise CommandError(f"There is no language {code}, only {known}.")
    return locale
