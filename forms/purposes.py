from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What a visitor agrees to. Advertising is apart from the enquiry, and nobody must agree to it.

    Personal Information Protection Law, articles 14 and 16.
    """

    ENQUIRY = "enquiry", _("Answering the enquiry")
    MARKETING = "marketing", _("Advertising")
