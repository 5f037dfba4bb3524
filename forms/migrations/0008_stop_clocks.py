from django.db import migrations, models

CLOSED = ["won", "lost", "invalid", "spam"]


def stop_clocks(apps, schema_editor):
    """Whatever is closed waits for no answer; until now, what was put aside unanswered still did."""
    leads = apps.get_model("forms", "Lead").objects
    closed = leads.filter(status__in=CLOSED, responded_at=None)
    closed.update(responded_at=models.F("last_touch_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('forms', '0007_desk_and_requests'),
    ]

    operations = [
        migrations.RunPython(stop_clocks, migrations.RunPython.noop),
    ]
