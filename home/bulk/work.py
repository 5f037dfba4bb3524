"""A plan carried out, step by step. Whoever calls holds the transaction: a step that fails leaves nothing behind."""

from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from wagtail import hooks
from wagtail.log_actions import log
from wagtail.models import PageSubscription

from cms.cities.models import City
from cms.users.models import User
from home.bulk.facts import Change
from home.bulk.order import Action, Order
from home.bulk.plan import Plan, Step
from home.models import CityIndexPage, CityPage
from home.readiness.messages import warn_of_wording


class Progress(NamedTuple):
    done: int
    total: int


class StepFailed(Exception):
    """A page does not pass its own checks. The message names it and says why."""


def carry_out(plan: Plan, request: HttpRequest) -> Iterator[Progress]:
    """Do the work of one step between two reports."""
    user = request.user
    done = 0
    for city, changes in plan.changed_cities.items():
        change_register(city, changes, user)
        done += 1
        yield Progress(done, plan.size)
    for step in plan.steps:
        take(step, plan.order, request)
        done += 1
        yield Progress(done, plan.size)
    if plan.order.action == Action.CREATE:
        subscribe([step.page for step in plan.steps], user)


def take(step: Step, order: Order, request: HttpRequest) -> None:
    try:
        match order.action:
            case Action.CREATE:
                create_page(step.page, order.index, request)
            case Action.PUBLISH:
                publish_page(step.page, request.user)
            case Action.UNPUBLISH:
                step.page.unpublish(user=request.user)
    except ValidationError as error:
        raise StepFailed(f"{step.title}: {' '.join(error.messages)}") from error


def change_register(city: City, changes: list[Change], user: User) -> None:
    """Saved one by one and not in bulk: what listens to the register, such as caches, is to hear of each city."""
    for change in changes:
        setattr(city, change.name, change.new)
    city.save(update_fields=[change.name for change in changes])
    log(instance=city, action="wagtail.edit", user=user, content_changed=True)


def create_page(page: CityPage, index: CityIndexPage, request: HttpRequest) -> None:
    """What Wagtail's own view does for one new page, hooks included: other languages are kept in step by one."""
    index.add_child(instance=page)
    page.save_revision(user=request.user, log_action=True, clean=False)
    for hook in hooks.get_hooks("after_create_page"):
        # The wording is the list's pattern: one warning for each of hundreds of pages would help nobody.
        if hook is not warn_of_wording:
            hook(request, page)


def publish_page(page: CityPage, user: User) -> None:
    revision = page.get_latest_revision() or page.save_revision(user=user)
    revision.publish(user=user)


def subscribe(pages: list[CityPage], user: User) -> None:
    """Whoever creates a page hears of comments on it."""
    PageSubscription.objects.bulk_create(
        PageSubscription(page=page, user=user, comment_notifications=True)
        for page in pages
    )
