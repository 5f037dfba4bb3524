"""What the button says that begins the work: how much is done, and how much of what was given is left out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.bulk.order import Action
from home.bulk.plan import Plan


def describe_start(plan: Plan) -> str:
    """Empty if there is nothing to do."""
    if not plan.size:
        return ""
    does = describe_work(plan)
    if not plan.flaws:
        return does
    return _("%(does)s, leave out %(count)d") % {"does": does, "count": plan.flaws}


def describe_work(plan: Plan) -> str:
    count = len(plan.steps)
    if not count:
        changes = len(plan.changes)
        text = ngettext(
            "Change %(count)d value of the register",
            "Change %(count)d values of the register",
            changes,
        )
        return text % {"count": changes}
    match plan.order.action:
        case Action.CREATE:
            text = ngettext("Create %(count)d page", "Create %(count)d pages", count)
        case Action.PUBLISH:
            text = ngettext("Publish %(count)d page", "Publish %(count)d pages", count)
        case Action.UNPUBLISH:
            text = ngettext(
                "Unpublish %(count)d page", "Unpublish %(count)d pages", count
            )
    return text % {"count": count}
