"""For writes that the ORM does not see."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models, transaction

from cms.delivery.classification import chain_of
from cms.delivery.collecting import unseen
from cms.delivery.locking import lock_log
from cms.delivery.models import Change
from cms.delivery.recording import CHANNEL, pending
from cms.delivery.tags import EVERYTHING, all_tag, any_tag, list_tags, object_tag


def invalidate_subjects(subjects: Iterable[Any]) -> int:
    tags = {tag for subject in subjects for tag in tags_of(subject)} or {EVERYTHING}
    with transaction.atomic(), unseen():
        lock_log(connection)
        change = Change.objects.create(action=Change.Action.UPDATED, tags=sorted(tags))
        pending()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    return change.position


def tags_of(subject: Any) -> list[str]:
    if isinstance(subject, str):
        return [subject]
    if isinstance(subject, models.Model):
        model = type(subject)
        values = {
            f.attname: getattr(subject, f.attname) for f in model._meta.concrete_fields
        }
        any_tags = map(any_tag, chain_of(model))
        return [object_tag(model, subject.pk), *any_tags, *list_tags(model, [values])]
    if isinstance(subject, type) and issubclass(subject, models.Model):
        return [all_tag(each) for each in chain_of(subject)]
    raise TypeError(f"A tag, an instance or a model, not {subject!r}")
