from django.db import models


class BuiltIndex(models.Model):
    """How texts were cut when the index was built: a row for each time. Later texts are found only if it is as now."""

    cutting = models.PositiveIntegerField()
    built_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return str(self.cutting)
