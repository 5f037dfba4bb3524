from django.db import migrations


def create_home_page(apps, schema_editor):
    """Put a HomePage where Wagtail's first migrations left their welcome page, so that a fresh site has a root of ours."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("home", "HomePage")

    welcome = Page.objects.filter(depth=2, slug="home").first()
    if welcome is None:
        return
    Site.objects.filter(root_page=welcome).delete()
    content_type, _ = ContentType.objects.get_or_create(
        model="homepage", app_label="home"
    )
    locale = welcome.locale or Locale.objects.first()
    path = welcome.path
    welcome.delete()
    home = HomePage.objects.create(
        title="首页",
        draft_title="首页",
        slug="home",
        content_type=content_type,
        path=path,
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=locale,
    )
    Site.objects.create(
        hostname="localhost",
        site_name="",
        root_page=home,
        is_default_site=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(create_home_page, migrations.RunPython.noop),
    ]
