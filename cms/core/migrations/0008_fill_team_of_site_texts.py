from django.conf import settings
from django.db import migrations

NAMES = (
    *("organisation", "legal_name", "service_hours"),
    *("head_office_address", "team"),
)


def give_to_translators(apps, schema_editor):
    """What settings say already, teams included. From now on saving them does it."""
    locales = apps.get_model("wagtailcore.Locale").objects
    locale = locales.filter(language_code=settings.LANGUAGE_CODE).first()
    if locale is None:
        return
    texts = apps.get_model("core.SiteTexts").objects
    for each in apps.get_model("core.SiteSettings").objects.all():
        said = {name: getattr(each, name) for name in NAMES}
        if any(said.values()):
            texts.update_or_create(site_id=each.site_id, locale=locale, defaults=said)


class Migration(migrations.Migration):
    dependencies = [("core", "0007_team_of_site_texts")]

    operations = [migrations.RunPython(give_to_translators, migrations.RunPython.noop)]
