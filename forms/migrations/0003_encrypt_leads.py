from itertools import islice

from django.db import migrations
from django.db.models import TextField
from django.db.models.functions import Cast

from cms.encryption.hashes import hash_value

TEXTS = ("name", "mobile", "landline", "landline_extension")
ORIGIN = (
    *("form_id", "source", "language", "city_id", "page_id", "page_url", "referrer"),
    *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"),
)
BATCH = 500


def encrypt_leads(apps, schema_editor):
    """Leads of the time before encryption: their texts are still readable in the database. Each gets its first touch."""
    import json

    Lead = apps.get_model("forms", "Lead")
    Touch = apps.get_model("forms", "Touch")
    plain = {f"plain_{name}": Cast(name, TextField()) for name in (*TEXTS, "answers")}
    rows = iter(Lead.objects.annotate(**plain).order_by("pk").values(
        "pk", "receipt", "created_at", *plain, *ORIGIN
    ).iterator(chunk_size=BATCH))
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            texts = {name: row[f"plain_{name}"] for name in TEXTS}
            answers = json.loads(row["plain_answers"] or "[]")
            Lead.objects.filter(pk=row["pk"]).update(
                **texts,
                answers=answers,
                last_touch_at=row["created_at"],
                name_hash=hash_value(texts["name"], "name"),
                mobile_hash=hash_value(texts["mobile"], "phone"),
                landline_hash=hash_value(texts["landline"], "phone"),
            )
            touch = Touch.objects.create(
                lead_id=row["pk"],
                receipt=row["receipt"],
                answers=answers,
                **{name: row[name] for name in ORIGIN},
            )
            Touch.objects.filter(pk=touch.pk).update(created_at=row["created_at"])


class Migration(migrations.Migration):

    dependencies = [('forms', '0002_leads_desk')]

    operations = [migrations.RunPython(encrypt_leads, migrations.RunPython.noop)]
