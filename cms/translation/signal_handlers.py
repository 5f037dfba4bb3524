from typing import Any

from django.db.models.signals import pre_save
from wagtail.models import Page

from cms.translation.aliases import keep_unpublished


def page_to_be_saved(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        keep_unpublished(instance)


def register_signal_handlers() -> None:
    pre_save.connect(page_to_be_saved)
