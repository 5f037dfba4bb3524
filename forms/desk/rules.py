"""Rules that hold for some leads: by form, by place (a province means its cities) and by project."""

from typing import TypeVar

from django.db.models import Q, QuerySet

from forms.models import Lead
from forms.models.desk import LeadRule

Rule = TypeVar("Rule", bound=LeadRule)


def fitting(rules: QuerySet[Rule], lead: Lead) -> QuerySet[Rule]:
    """The active rules that hold for a lead: where a rule has chosen something, the lead is of that."""
    places = [lead.city_id, lead.city.parent_id] if lead.city else []
    return rules.filter(
        Q(forms=None) | Q(forms=lead.form_id),
        Q(places=None) | Q(places__in=places),
        Q(projects=None) | Q(projects=lead.project_id),
        is_active=True,
    ).distinct()


def particularity(rule: LeadRule, lead: Lead) -> tuple[bool, int, bool]:
    """What makes one fitting rule decide before another: the project, then the place (a city before its province), then
    the form."""
    places = {place.pk for place in rule.places.all()}
    city_id = lead.city_id if lead.city else None
    place = 2 if city_id in places else 1 if places else 0
    return bool(rule.projects.all()), place, bool(rule.forms.all())
