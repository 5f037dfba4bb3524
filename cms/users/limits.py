"""Who may edit what: an editor can be limited to cities and provinces of the register.

Limits only take away: whatever they allow, Wagtail's own permissions are asked as well. What is about no place at all
(a list, a national article, a lead without a city) is outside everybody's limits.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

if TYPE_CHECKING:
    from cms.users.models import User


@dataclass(frozen=True)
class Limits:
    """The places that somebody works for: those chosen, and all cities of a chosen province."""

    names: tuple[str, ...]
    place_ids: frozenset[int]

    def covers(self, *place_ids: int | None) -> bool:
        """Whether something about these places is theirs: it is about some place, and about none elsewhere."""
        return bool(place_ids) and self.place_ids.issuperset(place_ids)

    def filter(self, queryset: QuerySet, field_name: str) -> QuerySet:
        """The rows that are theirs by a field that points at the register, to one place or to many."""
        theirs = self.place_ids
        if field_name == "pk":
            return queryset.filter(pk__in=theirs)
        field = queryset.model._meta.get_field(field_name)
        if not field.many_to_many:
            return queryset.filter(**{f"{field_name}__in": theirs})
        rows = field.remote_field.through.objects.filter(
            **{field.m2m_field_name(): OuterRef("pk")}
        )
        their_places = {f"{field.m2m_reverse_field_name()}__in": theirs}
        return queryset.filter(
            Exists(rows.filter(**their_places)), ~Exists(rows.exclude(**their_places))
        )


def get_limits(user: Any) -> Limits | None:
    """What the user is limited to; None for who may work everywhere, as superusers may. Read once in a request."""
    return getattr(user, "limits", None)


def load_limits(user: "User") -> Limits | None:
    rows = list(
        user.places.order_by("code", "level").values_list("pk", "name", "children")
    )
    if not rows:
        return None
    ids = {place_id for pk, _name, child in rows for place_id in (pk, child)}
    return Limits(
        names=tuple(dict.fromkeys(name for _pk, name, _child in rows)),
        place_ids=frozenset(ids - {None}),
    )
