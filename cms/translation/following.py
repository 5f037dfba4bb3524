"""Languages that follow another: what is published there is translated in the background, with no hand laid on it."""

from functools import partial
from typing import Any

from django.db import models, transaction
from wagtail.models import Page, TranslatableMixin, get_translatable_models
from wagtail_localize.models import Translation

from cms.translation.models import LanguageRule, Mode


def automatic_rules(source_id: int) -> list[LanguageRule]:
    """Asked after a commit, and once for each change."""
    rules = LanguageRule.following(source_id)
    return [rule for rule in rules if rule.mode == Mode.AUTOMATIC]


def source_changed(instance: TranslatableMixin) -> None:
    if is_child(type(instance)):
        return
    # Robust: what was published is published, whatever becomes of its translations.
    transaction.on_commit(partial(enqueue_update, instance), robust=True)


def is_child(model: type[models.Model]) -> bool:
    """Whether its objects are parts of another one, and translated with that."""
    return any(type(field).__name__ == "ParentalKey" for field in model._meta.fields)


def snippet_models() -> list[Any]:
    """What is translated for its own sake and is no page."""
    return [
        model
        for model in get_translatable_models()
        if not issubclass(model, Page) and not is_child(model)
    ]


def enqueue_update(instance: TranslatableMixin) -> None:
    from cms.translation.tasks import update_followers

    if automatic_rules(instance.locale_id):
        model = (
            instance.specific_class if isinstance(instance, Page) else type(instance)
        )
        update_followers.enqueue(model._meta.label_lower, str(instance.pk))


def source_unpublished(page: Page) -> None:
    """Its translations go with it where nobody was asked for them to come."""
    locales = [rule.locale for rule in automatic_rules(page.locale_id)]
    if not locales:
        return
    records = Translation.objects.filter(
        source__object_id=page.translation_key,
        source__locale_id=page.locale_id,
        target_locale__in=locales,
        enabled=True,
    )
    pages = Page.objects.live().filter(
        translation_key=page.translation_key,
        locale__in=records.values("target_locale"),
    )
    for translation in pages.specific():
        translation.unpublish()
