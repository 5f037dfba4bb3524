from django.conf import settings
from django.db import migrations


def give_to_translators(apps, schema_editor):
    """What images and documents say already. From now on saving them does it."""
    locales = apps.get_model("wagtailcore.Locale").objects
    locale = locales.filter(language_code=settings.LANGUAGE_CODE).first()
    if locale is None:
        return
    alt_text = apps.get_model("core.ImageAltText")
    images = apps.get_model("images.CustomImage").objects
    rows = (
        alt_text(item_id=pk, locale=locale, text=description or title)
        for pk, title, description in images.values_list("pk", "title", "description")
        if description or title
    )
    alt_text.objects.bulk_create(rows, batch_size=500)
    document_title = apps.get_model("core.DocumentTitle")
    documents = apps.get_model("wagtaildocs.Document").objects
    titles = (
        document_title(item_id=pk, locale=locale, text=title)
        for pk, title in documents.values_list("pk", "title")
        if title
    )
    document_title.objects.bulk_create(titles, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("core", "0005_library_texts")]

    operations = [migrations.RunPython(give_to_translators, migrations.RunPython.noop)]
