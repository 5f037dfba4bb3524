"""Make the stock site's form once: `python -m bench.stock.build`."""

import os

import django

QUESTIONS = ["name", "mobile", "landline", "project", "company"]


def build():
    from django.core.management import call_command
    from wagtail.models import Page, Site

    from bench.stock.models import StockFormField, StockFormPage

    call_command("migrate", verbosity=0)
    if StockFormPage.objects.exists():
        return
    root = Page.objects.get(depth=1)
    form = root.add_child(instance=StockFormPage(title="Form", slug="form"))
    for order, question in enumerate(QUESTIONS):
        StockFormField.objects.create(
            page=form,
            label=question,
            clean_name=question,
            field_type="singleline",
            required=True,
            sort_order=order,
        )
    Site.objects.update(root_page=form)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.stock.settings"
    django.setup()
    build()
