from django.db import models


class UsedChallenge(models.Model):
    """A proof of work that was accepted. Until it expires it must not be accepted again."""

    signature = models.CharField(max_length=64, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.signature


class RateCounter(models.Model):
    """How much has come from one phone or network in one window of time. `key` is a keyed hash: it names nobody."""

    key = models.CharField(max_length=32)
    window_start = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "window_start"], name="unique_rate_window"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
