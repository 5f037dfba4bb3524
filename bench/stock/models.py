from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class StockFormField(AbstractFormField):
    page = ParentalKey(
        "stock.StockFormPage", on_delete=models.CASCADE, related_name="form_fields"
    )


class StockFormPage(AbstractForm):
    """The five questions of the quick-service channel; nothing is mailed."""
