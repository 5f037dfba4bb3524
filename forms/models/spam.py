from django.db import models


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
