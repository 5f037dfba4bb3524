"""The end of the time that personal data is kept (Personal Information Protection Law, articles 19 and 47)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils import timezone

from forms.models import Lead
from forms.privacy.erasure import anonymise
from forms.spam.quarantine import unseen_quarantine

BATCH = 200


@dataclass
class Purge:
    """What a run has done, or would do."""

    erased: int = 0
    held: int = 0
    unseen: int = 0


def find_expired() -> QuerySet[Lead]:
    return Lead.objects.filter(
        retain_until__lt=timezone.localdate(), anonymised_at=None
    )


def find_purgeable() -> QuerySet[Lead]:
    """What is suspected to be spam is not erased before somebody has seen it; what is under legal hold, not at all."""
    return find_expired().filter(is_held=False).exclude(pk__in=unseen_quarantine())


def survey() -> Purge:
    """What would be done now."""
    expired = find_expired()
    held = expired.filter(is_held=True).count()
    erased = find_purgeable().count()
    return Purge(erased=erased, held=held, unseen=expired.count() - held - erased)


def counts_by_form() -> dict[str, int]:
    rows = find_purgeable().order_by().values("form_title").annotate(number=Count("pk"))
    return {row["form_title"]: row["number"] for row in rows}


def purge() -> Iterator[int]:
    """Erase everything whose time is over, and yield how much so far. Each lead is a transaction of its own: an
    interrupted run is finished by the next one."""
    erased = 0
    while leads := list(find_purgeable().order_by("pk")[:BATCH]):
        erased += sum(anonymise(lead) for lead in leads)
        yield erased
