from typing import Any

from django.db.models.signals import post_save, pre_save
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.signals import page_published, page_unpublished, post_page_move, published

from cms.translation.aliases import keep_unpublished
from cms.translation.following import source_changed, source_unpublished


def page_to_be_saved(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        keep_unpublished(instance)


def object_saved(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """What cannot be a draft is published by saving it."""
    can_be_draft = isinstance(instance, DraftStateMixin)
    if isinstance(instance, TranslatableMixin) and not can_be_draft and not raw:
        source_changed(instance)


def object_published(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, TranslatableMixin) and not isinstance(instance, Page):
        source_changed(instance)


def page_was_published(instance: Page, **kwargs: Any) -> None:
    """Sent for aliases too."""
    source_changed(instance)


def page_moved(instance: Page, **kwargs: Any) -> None:
    if instance.live:
        source_changed(instance)


def page_was_unpublished(instance: Page, **kwargs: Any) -> None:
    source_unpublished(instance)


def register_signal_handlers() -> None:
    pre_save.connect(page_to_be_saved)
    post_save.connect(object_saved)
    page_published.connect(page_was_published)
    published.connect(object_published)
    post_page_move.connect(page_moved)
    page_unpublished.connect(page_was_unpublished)
