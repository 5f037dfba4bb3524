from django.urls.converters import IntConverter, StringConverter

from forms.receipts import PATTERN


class FormIdConverter(IntConverter):
    """`<form_id:…>`: a number that every database can look for."""

    regex = "[0-9]{1,9}"


class ReceiptConverter(StringConverter):
    """`<receipt:…>`"""

    regex = PATTERN
