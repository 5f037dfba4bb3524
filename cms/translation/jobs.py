"""Much at once: a tree or everything, one object after the other, with a count of what came of each."""

import logging
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.models import Locale, Page, TranslatableMixin

from cms.translation.following import snippet_models
from cms.translation.models import Job
from cms.translation.updating import Outcome, update_translation

logger = logging.getLogger(__name__)
Key = list[str]
STANDSTILL = timedelta(minutes=15)
# In seconds. Whoever waits to write to SQLite looks ten times a second whether somebody else is writing, and gives up
# after `timeout`: between two objects of a job there would hardly ever be a gap to see.
PAUSE = 0.05


def start_job(
    locale: Locale, objects: Iterable[Model], *, title: str, user: Any = None
) -> Job:
    """Store what is to be done and have the background worker do it."""
    from cms.translation.tasks import run_job

    keys = [key_of(each) for each in objects]
    job = Job.objects.create(locale=locale, title=title[:255], keys=keys, user=user)
    transaction.on_commit(partial(run_job.enqueue, job.pk))
    return job


def key_of(instance: Model) -> Key:
    return [type(instance)._meta.label_lower, str(instance.pk)]


def find(key: Key) -> TranslatableMixin | None:
    """None: it was deleted meanwhile."""
    label, pk = key
    found = apps.get_model(label)._default_manager.filter(pk=pk).first()
    return found.specific if isinstance(found, Page) else found


def resume_jobs() -> int:
    """Have those done to the end that stand still: their worker was stopped. Returns how many there were."""
    from cms.translation.tasks import run_job

    still = timezone.now() - STANDSTILL
    jobs = Job.objects.filter(finished_at=None, touched_at__lt=still)
    pks = list(jobs.values_list("pk", flat=True))
    # Not again before they had their turn.
    Job.objects.filter(pk__in=pks).update(touched_at=timezone.now())
    for pk in pks:
        run_job.enqueue(pk)
    return len(pks)


def work_on(pk: int) -> None:
    """From where the job stands to its end."""
    job = Job.objects.select_related("locale", "user").get(pk=pk)
    for key in job.keys[job.position :]:
        note(job, key, attempt(key, job))
        give_way()
    job.finished_at = timezone.now()
    job.save(update_fields=["finished_at"])


def give_way() -> None:
    """Lets others write between two objects: forms that visitors send, the background worker."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE)


def attempt(key: Key, job: Job) -> Outcome | None:
    instance = find(key)
    if instance is None:
        return None
    try:
        return update_translation(instance, job.locale, user=job.user)
    except Exception:
        # The others come all the same.
        logger.exception("Translation of %s %s failed", *key)
        return Outcome.FAILED


def note(job: Job, key: Key, outcome: Outcome | None) -> None:
    job.position += 1
    if outcome:
        job.outcomes[outcome.value] = job.outcomes.get(outcome.value, 0) + 1
    if outcome == Outcome.FAILED:
        job.failures.append(key)
    job.save(update_fields=["position", "outcomes", "failures", "touched_at"])


def pages_below(page: Page) -> QuerySet:
    """The published pages of a tree, each after the one above it."""
    return Page.objects.descendant_of(page, inclusive=True).live().order_by("path")


def published_pages(source: Locale) -> QuerySet:
    """All of a language, each after the one above it."""
    return Page.objects.filter(locale=source, depth__gt=1).live().order_by("path")


def snippets(source: Locale) -> Iterator[Model]:
    """What pages of a language refer to, and what stands beside them."""
    for model in snippet_models():
        yield from model._default_manager.filter(locale=source).order_by("pk")


def everything(source: Locale) -> Iterator[Model]:
    """What pages refer to comes before them."""
    yield from snippets(source)
    yield from published_pages(source)
