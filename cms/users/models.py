from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.users.limits import Limits, load_limits


class User(AbstractUser):
    """The project's own user model: it cannot be put in later without rewriting every foreign key."""

    places = models.ManyToManyField(
        "cities.City",
        verbose_name=_("works for"),
        blank=True,
        related_name="+",
        through="users.EditorPlace",
        help_text=_(
            "Cities and provinces whose pages, articles and leads this person works on; a province means all its "
            "cities. None: everything. Administrators are never limited."
        ),
    )

    @cached_property
    def limits(self) -> Limits | None:
        """The cities that the user may work for, None for all. Remembered: a request has a user object of its own."""
        return None if self.is_superuser else load_limits(self)


class EditorPlace(models.Model):
    """One place that an editor is limited to. Protected: without its last one, nothing would limit the editor."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey("cities.City", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "place"], name="unique_place_of_editor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.place}"
