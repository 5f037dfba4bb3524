"""Compute the readiness of all pages of a city list: in a fixed number of queries, reading one page at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Count
from django.utils import timezone, translation

from articles.models import ArticlePage
from cms.cities.inheritance import Inherited, Origin
from cms.cities.models import City
from cms.core.models import SiteSettings
from cms.core.resolved import ResolvedTexts
from home.models import CityIndexPage, CityPage, CityReadiness, ProvinceContent
from home.readiness import staleness
from home.readiness.corpus import Corpus
from home.readiness.page_texts import (
    apply_draft,
    body_texts,
    every_text,
    local_blocks,
)
from home.readiness.scoring import Evidence, score_criteria, total
from home.readiness.shingles import PlaceNames
from home.readiness.wording import Warning, check_wording

PAGES_AT_A_TIME = 200
RESULTS = [
    *("score", "is_ready", "unique_share", "criteria", "warnings", "computed_at")
]


class Progress(Protocol):
    """Hands on what it is given, and may show how far it has come."""

    def __call__(
        self, items: Iterable[Any], total: int, label: str
    ) -> Iterable[Any]: ...


def silently(items: Iterable[Any], total: int, label: str) -> Iterable[Any]:
    return items


def compute_list(city_list: CityIndexPage, progress: Progress = silently) -> int:
    """Compute and store the readiness of all pages of the list. Returns how many there are.

    May be interrupted: what has been stored is right, and the list stays to be computed.
    """
    with translation.override(city_list.locale.language_code):
        changes = staleness.count_changes(city_list)
        computing = ListComputing(city_list)
        rows = computing.compute(progress)
    store(rows, progress)
    staleness.note_computed(city_list, changes, computing.threshold)
    return len(rows)


def store(rows: list[CityReadiness], progress: Progress) -> None:
    batches = range(0, len(rows), PAGES_AT_A_TIME)
    for first in progress(batches, len(batches), "storing"):
        store_batch(rows[first : first + PAGES_AT_A_TIME])


@transaction.atomic
def store_batch(rows: list[CityReadiness]) -> None:
    """Pages that were deleted meanwhile are left out."""
    pages = CityPage.objects.filter(pk__in=[row.page_id for row in rows])
    existing = set(pages.values_list("pk", flat=True))
    CityReadiness.objects.bulk_create(
        [row for row in rows if row.page_id in existing],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=RESULTS,
    )


class ListComputing:
    """What all pages of one list have in common, looked up once."""

    def __init__(self, city_list: CityIndexPage) -> None:
        self.city_list = city_list
        self.site_settings = SiteSettings.for_page(city_list)
        self.threshold = self.site_settings.readiness_threshold
        contents = ProvinceContent.objects.filter(locale=city_list.locale_id)
        self.contents = {content.province_id: content for content in contents}
        self.articles = count_articles(city_list)
        self.cities = city_names()
        self.corpus = Corpus(place_names())

    def compute(self, progress: Progress) -> list[CityReadiness]:
        pages = CityPage.objects.child_of(self.city_list)
        rows, evidence = [], {}
        for page in progress(self.read(pages), pages.count(), "reading"):
            self.corpus.add(page.pk, every_text(page), is_published=page.live)
            evidence[page.pk] = self.collect_evidence(page)
            warnings = [list(warning) for warning in warnings_of(page, self.cities)]
            rows.append(CityReadiness(page_id=page.pk, warnings=warnings))
            rows[-1].is_ready = page.live
        shares = self.corpus.shares(
            lambda parts: progress(parts, len(parts), "comparing")
        )
        for row in rows:
            self.fill(row, evidence[row.page_id], shares[row.page_id])
        return rows

    def read(self, pages: Any) -> Iterator[CityPage]:
        pages = pages.with_city().order_by("pk")
        for page in pages.filter(live=True).iterator(PAGES_AT_A_TIME):
            yield self.surround(page)
        drafts = pages.filter(live=False).select_related("latest_revision")
        for page in drafts.iterator(PAGES_AT_A_TIME):
            if page.latest_revision:
                apply_draft(page, page.latest_revision.content)
            yield self.surround(page)

    def surround(self, page: CityPage) -> CityPage:
        """Give the page what it would look up for itself."""
        page.site_settings = self.site_settings
        page.city_index = self.city_list
        page.province_content = self.contents.get(page.city.parent_id)
        return page

    def collect_evidence(self, page: CityPage) -> dict[str, int]:
        facts = page.facts
        return {
            "phone": is_own(facts.phone),
            "address": is_own(facts.address),
            "people": len(facts.team.value) if is_own(facts.team) else 0,
            "articles": self.articles[page.city_id],
            "blocks": local_blocks(page),
        }

    def fill(self, row: CityReadiness, evidence: dict[str, int], share: float) -> None:
        row.criteria = score_criteria(Evidence(**evidence, share=share))
        row.score = total(row.criteria)
        row.unique_share = share
        row.is_ready = row.is_ready and row.score >= self.threshold
        row.computed_at = timezone.now()


def is_own(fact: Inherited) -> bool:
    return bool(fact.value) and fact.origin == Origin.CITY


def warnings_of(page: CityPage, cities: PlaceNames) -> list[Warning]:
    """What search engines may take for spam on the page, in the active language."""
    # Not the page's own: those may have been read in another language.
    resolved = ResolvedTexts(page)
    titles = {
        "title": (page.title, resolved.title),
        "seo_title": (page.get_text("seo_title") or "", resolved.seo_title),
    }
    texts = {"intro": [page.get_text("intro") or ""], "body": body_texts(page)}
    return check_wording(titles, texts, cities)


def count_articles(city_list: CityIndexPage) -> Counter[int]:
    """How many articles about each city its visitors can read."""
    articles = ArticlePage.objects.listed(locale=city_list.locale)
    readable = articles.on_site_of(city_list).order_by()
    of_cities = readable.filter(cities__isnull=False).values_list("cities")
    return Counter(dict(of_cities.annotate(Count("pk"))))


def city_names() -> PlaceNames:
    return PlaceNames(iterate_names(City.objects.cities()))


def place_names() -> PlaceNames:
    return PlaceNames(iterate_names(City.objects.all()))


def iterate_names(places: Any) -> Iterator[tuple[str, str]]:
    """Every name of every place in every language, with the short one that it is known by."""
    for name, short_name, names in places.values_list("name", "short_name", "names"):
        yield name, short_name
        yield short_name, short_name
        for other in names.values():
            yield from ((each, short_name) for each in other.values() if each)
