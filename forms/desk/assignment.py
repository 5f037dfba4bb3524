"""Who gets a new lead: the members of the most particular rule that fits, in turn, of those who are on duty."""

from django.db.models import Max

from cms.users.limits import get_limits
from forms.desk.rules import fitting, particularity
from forms.desk.statuses import record
from forms.models import AssignmentRule, Lead, LeadEvent, RuleMember


def assign_by_rule(lead: Lead) -> None:
    """Called in the transaction that stores the lead, so that the turn is counted if and only if it is."""
    member = find_next_member(lead)
    if member is None:
        return
    user = member.agent.user
    Lead.objects.filter(pk=lead.pk).update(assignee=user)
    lead.assignee = user
    record(
        lead, LeadEvent.Kind.ASSIGNMENT, None, after=str(user), text=member.rule.name
    )


def find_next_member(lead: Lead) -> RuleMember | None:
    rules = fitting(
        AssignmentRule.objects.prefetch_related("forms", "places", "projects"), lead
    )
    for rule in sorted(
        rules, key=lambda rule: (*particularity(rule, lead), -rule.pk), reverse=True
    ):
        if member := take_turn(rule, lead):
            return member
    return None


def take_turn(rule: AssignmentRule, lead: Lead) -> RuleMember | None:
    """The member whose turn it is, who then goes to the end of the queue. The rule is locked meanwhile: two leads at
    one moment go to two people."""
    if not find_waiting(rule, lead):
        return None  # not locked: two leads that try the same rules in another order would wait for each other
    AssignmentRule.objects.select_for_update().get(pk=rule.pk)
    member = find_waiting(rule, lead)
    if member:
        last = rule.members.aggregate(last=Max("turn"))["last"]
        RuleMember.objects.filter(pk=member.pk).update(turn=last + 1)
    return member


def find_waiting(rule: AssignmentRule, lead: Lead) -> RuleMember | None:
    members = rule.members.filter(agent__is_on_duty=True, agent__user__is_active=True)
    waiting = members.select_related("agent__user", "rule").order_by("turn", "pk")
    return next((each for each in waiting if may_have(each, lead)), None)


def may_have(member: RuleMember, lead: Lead) -> bool:
    """Nobody is given a lead that they may not see."""
    limits = get_limits(member.agent.user)
    return limits is None or limits.covers(lead.city_id)
