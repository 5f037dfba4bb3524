"""What will happen, before anything is written. The same plan is shown to the editor and carried out."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.cities.models import City
from cms.core.models import SiteSettings
from cms.users.models import User
from home.bulk.facts import Change
from home.bulk.order import Action, Order
from home.bulk.permissions import check_action, may_change_register, may_create
from home.bulk.selection import Selection, select
from home.models import CityIndexPage, CityPage


@dataclass(frozen=True)
class Step:
    """One page to be created, published or unpublished. A page to be created has no primary key yet."""

    page: CityPage
    title: str
    typed: str = ""

    @property
    def address(self) -> str:
        return f"/{self.page.slug}/"


@dataclass(frozen=True)
class LeftOut:
    """A city with which nothing is done, and why. `page` is the one that it has, if any."""

    city: City
    reason: str
    page: CityPage | None = None


@dataclass
class Plan:
    order: Order
    selection: Selection
    steps: list[Step] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    refused_changes: list[Change] = field(default_factory=list)

    @property
    def changed_cities(self) -> dict[City, list[Change]]:
        cities: dict[City, list[Change]] = {}
        for change in self.changes:
            cities.setdefault(change.city, []).append(change)
        return cities

    @property
    def size(self) -> int:
        """How many steps of work there are."""
        return len(self.changed_cities) + len(self.steps)

    @property
    def flaws(self) -> int:
        """How much of what the editor gave cannot be used."""
        return len(self.selection.problems) + len(self.selection.wrong_cells)

    @property
    def digest(self) -> str:
        """Tells whether two plans do the same: what is carried out is what the editor has seen."""
        parts = [
            *(self.order.action, self.order.index.pk),
            *(
                (step.page.city_id, step.page.pk, step.page.latest_revision_id)
                for step in self.steps
            ),
            *((each.city.pk, each.name, each.old, each.new) for each in self.changes),
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def make_plan(order: Order, user: User) -> Plan:
    """A handful of queries, however many cities. Raises PermissionDenied where nothing of it is the user's to do."""
    check_action(order.index, order.action, user)
    selection = select(order)
    plan = Plan(order, selection)
    for change in selection.changes:
        allowed = may_change_register(change.city, user)
        (plan.changes if allowed else plan.refused_changes).append(change)
    judged = (
        judge_new_pages(order.index, selection.cities, user)
        if order.action == Action.CREATE
        else judge_pages(order, selection.cities, user)
    )
    settings = order.index.site_settings
    with translation.override(order.index.locale.language_code):
        for city, page, reason in judged:
            if reason or page is None:
                plan.left_out.append(LeftOut(city, reason, page))
            else:
                typed = ", ".join(selection.cities[city])
                plan.steps.append(Step(page, read_title(page, settings), typed))
    return plan


Judged = Iterator[tuple[City, CityPage | None, str]]


def judge_new_pages(index: CityIndexPage, cities: Iterable[City], user: User) -> Judged:
    pages = {page.city_id: page for page in find_pages(index)}
    titles = dict(Page.objects.child_of(index).values_list("slug", "title"))
    keys = find_translation_keys(index)
    for city in cities:
        page = new_page(index, city, user)
        page.translation_key = keys.get(city.pk, page.translation_key)
        if city.pk in pages:
            yield city, pages[city.pk], _("It has a page already.")
        elif city.slug in titles:
            message = _("Its address /%(slug)s/ belongs to the page “%(title)s”.")
            yield city, None, message % {"slug": city.slug, "title": titles[city.slug]}
        elif not may_create(page, index, user):
            yield city, None, _("You may not edit the pages of this city.")
        else:
            yield city, page, ""


def new_page(index: CityIndexPage, city: City, user: User) -> CityPage:
    """A draft as it is before it gets its place in the tree. Its title keeps its placeholders."""
    page = CityPage(
        city=city,
        title=index.city_title.strip() or "{city}",
        slug=city.slug,
        locale=index.locale,
        owner=user,
        live=False,
    )
    # So that whoever asks for its parent need not look for it in the tree.
    page._cached_parent_obj = index
    return page


def find_translation_keys(index: CityIndexPage) -> dict[int, UUID]:
    """What makes the new pages translations of those that the same cities have in the list's other languages."""
    pages = CityPage.objects.filter(locale=index.locale)
    used = set(pages.values_list("translation_key", flat=True))
    lists = CityIndexPage.objects.filter(translation_key=index.translation_key)
    keys: dict[int, UUID] = {}
    for each in lists.exclude(pk=index.pk):
        originals = CityPage.objects.child_of(each).filter(alias_of=None)
        for city_id, key in originals.values_list("city_id", "translation_key"):
            if key not in used:
                keys[city_id] = key
    return keys


def judge_pages(order: Order, cities: Iterable[City], user: User) -> Judged:
    pages: dict[int, list[CityPage]] = {}
    for page in find_pages(order.index):
        pages.setdefault(page.city_id, []).append(page)
    refuse = (
        refuse_publishing if order.action == Action.PUBLISH else refuse_unpublishing
    )
    for city in cities:
        for page in pages.get(city.pk, ()):
            yield city, page, refuse(page, user)
        if city.pk not in pages:
            yield city, None, _("It has no page.")


def find_pages(index: CityIndexPage) -> Iterable[CityPage]:
    """The list's pages with what permissions, locks and titles ask of them."""
    pages = CityPage.objects.child_of(index).with_city().select_related("locale")
    return pages.prefetch_workflow_states().annotate_approved_schedule()


def refuse_publishing(page: CityPage, user: User) -> str:
    """Why the page cannot be published, or nothing."""
    tester = page.permissions_for_user(user)
    if page.alias_of_id:
        return _("It is an alias: publish the page that it follows.")
    if page.live and not page.has_unpublished_changes:
        return _("It is published already.")
    if not tester.can_publish():
        return _("You may not publish it.")
    if tester.page_locked():
        return _("It is locked.")
    return ""


def refuse_unpublishing(page: CityPage, user: User) -> str:
    tester = page.permissions_for_user(user)
    if page.alias_of_id:
        return _("It is an alias: unpublish the page that it follows.")
    if not page.live:
        return _("It is not published.")
    if tester.page_locked():
        return _("It is locked.")
    if not tester.can_unpublish():
        return _("You may not unpublish it.")
    return ""


def read_title(page: CityPage, settings: SiteSettings) -> str:
    """The title as the page's readers will see it."""
    page.site_settings = settings
    return page.resolved.resolve_text(page.draft_title or page.title)
