from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import StreamField
from wagtail.models import Page


class StockFormField(AbstractFormField):
    page = ParentalKey(
        "stock.StockFormPage", on_delete=models.CASCADE, related_name="form_fields"
    )


class StockFormPage(AbstractForm):
    """The five questions of the quick-service channel; nothing is mailed."""


class StockSectionPage(Page):
    """The home page, and what stands in the menu."""


class StockArticlePage(Page):
    """Title, date, summary and a body of the same blocks as ours."""

    published_at = models.DateTimeField(default=timezone.now)
    summary = models.TextField(blank=True)
    body = StreamField(
        [
            (
                "heading",
                blocks.StructBlock(
                    [("text", blocks.CharBlock()), ("level", blocks.CharBlock())]
                ),
            ),
            ("paragraph", blocks.RichTextBlock()),
            (
                "key_points",
                blocks.StructBlock(
                    [
                        ("title", blocks.CharBlock(required=False)),
                        ("points", blocks.ListBlock(blocks.TextBlock())),
                    ]
                ),
            ),
            (
                "quote",
                blocks.StructBlock(
                    [("text", blocks.TextBlock()), ("speaker", blocks.CharBlock())]
                ),
            ),
        ]
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("published_at"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    api_fields = [APIField("published_at"), APIField("summary"), APIField("body")]
