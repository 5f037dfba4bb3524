from django.db import migrations


class Migration(migrations.Migration):
    """Where a lead came from stands in its touches."""

    dependencies = [('forms', '0003_encrypt_leads')]

    operations = [
        migrations.RemoveField(
            model_name='lead',
            name='page',
        ),
        migrations.RemoveField(
            model_name='lead',
            name='page_url',
        ),
        migrations.RemoveField(
            model_name='lead',
            name='referrer',
        ),
        migrations.RemoveField(
            model_name='lead',
            name='utm_campaign',
        ),
        migrations.RemoveField(
            model_name='lead',
            name='utm_content',
        ),
        migrations.RemoveField(
            model_name='lead',
            name='utm_medium',
        ),
        migrations.RemoveField(
            model_name='lead',
            name='utm_source',
        ),
        migrations.RemoveField(
            model_name='lead',
            name='utm_term',
        ),
    ]
