"""Deleting what is no longer needed to tell spam."""

from datetime import timedelta

from django.utils import timezone

from forms.models import RateCounter, UsedChallenge

# Longer than any window or proof lasts: a clock that is put back must not make a forgotten proof good again.
KEPT = timedelta(days=2)


def forget() -> int:
    """Delete counters of windows that are over, and proofs that have expired. Gives the number of rows."""
    before = timezone.now() - KEPT
    proofs, _ = UsedChallenge.objects.filter(expires_at__lt=before).delete()
    counters, _ = RateCounter.objects.filter(window_start__lt=before).delete()
    return proofs + counters
