"""Rules that hold for some leads: by form, by place (a province means its cities) and by project."""

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from forms.models import Lead
from forms.models.desk import LeadRule

Rule = TypeVar("Rule", bound=LeadRule)


def fitting(rules: QuerySet[Rule], lead: Lead) -> QuerySet[Rule]:
    """The active rules that hold for a lead: where a rule has chosen something, the lead is of that."""
    places = [lead.city_id, lead.city.parent_id] if lead.city else []
    return rules.filter(
        holds_for(rules.model, "forms", [lead.form_id]),
        holds_for(rules.model, "places", places),
        holds_for(rules.model, "projects", [lead.project_id]),
        is_active=True,
    )


def holds_for(model: type[LeadRule], name: str, ids: list[int | None]) -> Q:
    """That a rule has chosen nothing of a kind, or one of these. By sub-query: joins of three lists multiply rows."""
    field: Any = model._meta.get_field(name)
    rows = field.remote_field.through.objects.filter(
        **{field.m2m_field_name(): OuterRef("pk")}
    )
    theirs = rows.filter(**{f"{field.m2m_reverse_field_name()}__in": ids})
    return Q(~Exists(rows)) | Q(Exists(theirs))


def particularity(rule: LeadRule, lead: Lead) -> tuple[bool, int, bool]:
    """What makes one fitting rule decide before another: the project, then the place (a city before its province), then
    the form."""
    places = {place.pk for place in rule.places.all()}
    city_id = lead.city_id if lead.city else None
    place = 2 if city_id in places else 1 if places else 0
    return bool(rule.projects.all()), place, bool(rule.forms.all())
