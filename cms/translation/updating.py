"""The one front door to a translation: made, or brought up to date, with its texts, in its place."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin
from wagtail_localize.models import (
    TranslatableObject,
    Translation,
    TranslationLog,
    TranslationSource,
)

from cms.translation.filling import fill_texts, is_open, texts_of
from cms.translation.models import LanguageRule
from cms.translation.slugs import find_translation
from cms.translation.states import State, find_states
from cms.translation.translators import find_translator


class Outcome(models.TextChoices):
    PUBLISHED = "published", _("Published")
    DRAFT = "draft", _("Saved as a draft")
    WAITING = "waiting", _("Texts are missing")
    CURRENT = "current", _("Up to date already")
    BY_HAND = "by_hand", _("Kept by hand")
    FAILED = "failed", _("Failed")


@transaction.atomic
def update_translation(
    instance: TranslatableMixin, locale: Locale, *, user: Any = None, depth: int = 0
) -> Outcome:
    """Translate a page or snippet as it is published. What people do by hand, text or page, stays theirs."""
    lock(instance)
    if is_kept_by_hand(instance, locale):
        return Outcome.BY_HAND
    if isinstance(instance, Page):
        prepare_place(instance, locale, user)
        if is_current(instance, locale):
            return Outcome.CURRENT
    source, changed = TranslationSource.update_or_create_from_instance(instance)
    if not changed and not isinstance(instance, Page):
        record = find_target(instance, locale) and find_record(instance, locale)
        if record and is_written(record):
            return Outcome.CURRENT
    if not depth:
        update_related(source, locale, user)
    record, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    fill_texts(record, user)
    try:
        return write_target(record, instance, user)
    except ValidationError:
        # The texts that are to blame are marked by now.
        return Outcome.FAILED


def lock(instance: TranslatableMixin) -> None:
    """One at a time for each object, in all its languages."""
    key = instance.translation_key
    list(TranslatableObject.objects.select_for_update().filter(pk=key))


def find_target(
    instance: TranslatableMixin, locale: Locale
) -> TranslatableMixin | None:
    model = instance.get_translation_model()
    key = instance.translation_key
    found = model._default_manager.filter(translation_key=key, locale=locale).first()
    return None if getattr(found, "alias_of_id", None) else found


def is_kept_by_hand(instance: TranslatableMixin, locale: Locale) -> bool:
    if find_target(instance, locale) is None:
        return False
    records = Translation.objects.filter(
        source__object_id=instance.translation_key,
        source__locale_id=instance.locale_id,
        target_locale=locale,
    )
    return not records.filter(enabled=True).exists()


def is_current(page: Page, locale: Locale) -> bool:
    """Whether nothing has changed: neither the source, nor a text, nor who translates."""
    if State.CURRENT not in find_states([page], [locale]).values():
        return False
    if page.live and not getattr(find_target(page, locale), "live", False):
        return False
    record = find_record(page, locale)
    return record is not None and is_written(record)


def find_record(instance: TranslatableMixin, locale: Locale) -> Translation | None:
    return Translation.objects.filter(
        source__object_id=instance.translation_key,
        source__locale_id=instance.locale_id,
        target_locale=locale,
    ).first()


def is_written(record: Translation) -> bool:
    """Whether the translation has all texts as they are now, and no machine has anything to add."""
    texts = texts_of(record)
    translator = find_translator(record.source.locale, record.target_locale)
    if any(is_open(text.translation, translator) for text in texts):
        return False
    logs = TranslationLog.objects.filter(
        source=record.source, locale=record.target_locale
    )
    written = logs.order_by("-pk").values_list("created_at", flat=True).first()
    times = [text.translation.updated_at for text in texts if text.translation]
    return written is not None and written >= max(
        [record.source.last_updated_at, *times]
    )


def prepare_place(page: Page, locale: Locale, user: Any) -> None:
    """The pages above come first, and the translation goes where its source has gone."""
    parent = page.get_parent().specific
    if parent.is_root():
        return
    if find_target(parent, locale) is None:
        update_translation(parent, locale, user=user)
    target = find_target(page, locale)
    place = find_translation(parent, locale)
    if target is None or place is None or target.is_child_of(place):
        return
    if not place.get_children().filter(slug=target.slug).exists():
        target.move(place, pos="last-child", user=user)


def update_related(source: TranslationSource, locale: Locale, user: Any) -> None:
    """What the object refers to, such as its category, if it is not translated yet."""
    for segment in source.relatedobjectsegment_set.select_related("object"):
        related = segment.get_source_instance()
        if related is not None and find_target(related, locale) is None:
            update_translation(related, locale, user=user, depth=1)


def write_target(
    record: Translation, instance: TranslatableMixin, user: Any
) -> Outcome:
    """A page that readers know is never replaced by one that lacks texts."""
    locale = record.target_locale
    can_be_draft = isinstance(instance, DraftStateMixin)
    total, translated = record.get_progress()
    if translated < total:
        if can_be_draft and find_target(instance, locale) is None:
            record.save_target(user=user, publish=False)
        return Outcome.WAITING
    publish = not can_be_draft or (LanguageRule.of(locale).publishes and instance.live)
    if isinstance(instance, Page):
        record.save_target(user=user, publish=False)
        if publish:
            publish_page(instance, locale, user)
    else:
        record.save_target(user=user, publish=publish)
    return Outcome.PUBLISHED if publish else Outcome.DRAFT


def publish_page(source: Page, locale: Locale, user: Any) -> None:
    """At once, from what is stored: wagtail-localize does it after the commit, from what it has in memory, and a page
    that has got children since then would forget them."""
    page = Page.objects.get(translation_key=source.translation_key, locale=locale)
    with transaction.atomic():
        page.get_latest_revision().publish(user=user)
