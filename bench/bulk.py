"""Many pages at once: one after the other would take hours."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.db.models.query import QuerySet
from wagtail.models import Page

BATCH = 100


def insert_children(parent, pages):
    """Below a page whose children, if there are any, were added one after the other.

    Django's bulk_create refuses models in two tables: here they are filled one after the other.
    """
    model = type(pages[0])
    content_type = ContentType.objects.get_for_model(model)
    for number, page in enumerate(pages, start=parent.numchild + 1):
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, number)
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.locale_id = parent.locale_id
        page.draft_title = page.title
        page.content_type = content_type
    fields = [
        field.attname for field in Page._meta.concrete_fields if field.attname != "id"
    ]
    rows = [Page(**{name: getattr(page, name) for name in fields}) for page in pages]
    for page, row in zip(pages, Page.objects.bulk_create(rows, BATCH), strict=True):
        page.pk = page.page_ptr_id = row.pk
    QuerySet(model)._batched_insert(pages, model._meta.local_concrete_fields, BATCH)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    parent.numchild += len(pages)
