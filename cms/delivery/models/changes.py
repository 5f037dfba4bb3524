from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """Something that is published has changed: one row for each object and transaction, in the order of transactions.

    Rows are only ever added. Those that no consumer may read of (`is_public` is false) are for our own memory.
    """

    class Action(models.TextChoices):
        PUBLISHED = "published", _("Published")
        UPDATED = "updated", _("Updated")
        MOVED = "moved", _("Moved")
        UNPUBLISHED = "unpublished", _("Withdrawn")
        DELETED = "deleted", _("Deleted")

    position = models.BigAutoField(primary_key=True)
    # As in `articles.ArticlePage`. Empty: tags were invalidated by hand.
    type = models.CharField(_("type"), max_length=100, blank=True)
    object_id = models.CharField(_("object"), max_length=64, blank=True)
    locale = models.CharField(_("language"), max_length=12, blank=True)
    action = models.CharField(_("action"), max_length=11, choices=Action)
    path_before = models.CharField(_("path before"), max_length=2_000, blank=True)
    path_after = models.CharField(_("path after"), max_length=2_000, blank=True)
    is_public = models.BooleanField(default=False)
    tags = models.JSONField(_("tags"), default=list)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["position"]
        indexes = [
            models.Index(fields=["type", "object_id"], name="change_by_object"),
            models.Index(fields=["created_at"], name="change_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.action} {self.type} {self.object_id}"


class Follower(models.Model):
    """How far something has read the log. Who moves it on locks the row."""

    name = models.CharField(max_length=40, unique=True)
    position = models.BigIntegerField()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")

    def __str__(self) -> str:
        return f"{self.name} {self.position}"
