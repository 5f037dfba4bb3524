"""Imported articles → pages. Importing the same again changes nothing, and what editors changed stays theirs."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug

from articles.importers.announcements import keep_announcement
from articles.importers.article import ImportedArticle
from articles.importers.content import content_digest, fill
from articles.importers.errors import BadFile
from articles.models import ArticleIndexPage, ArticlePage

LONGEST_SLUG_WORDS = 36

_CHINESE = re.compile("[\u2e80-\uffef]")


class Outcome(Enum):
    CREATED = auto()
    UPDATED = auto()
    PUBLISHED = auto()
    UNCHANGED = auto()
    LEFT_TO_EDITORS = auto()


@dataclass(frozen=True)
class Saved:
    page: ArticlePage
    outcome: Outcome


@transaction.atomic
def save_article(
    article: ImportedArticle, index: ArticleIndexPage, *, publish: bool = False
) -> Saved:
    """Create, update or leave the article's page below the index, in one transaction."""
    page = find_page(article, index)
    try:
        if page is None:
            return _create(article, index, publish=publish)
        return _update(page, article, publish=publish)
    except ValidationError as error:
        raise BadFile(_reasons(error)) from error


def find_page(article: ImportedArticle, index: ArticleIndexPage) -> ArticlePage | None:
    imported = ArticlePage.objects.descendant_of(index).filter(import_key=article.key)
    return imported.filter(alias_of=None).order_by("pk").first()


def _create(
    article: ImportedArticle, index: ArticleIndexPage, *, publish: bool
) -> Saved:
    page = ArticlePage(
        live=False,
        locale=index.locale,
        slug=find_available_slug(index, make_slug(article)),
        import_key=article.key,
    )
    fill(page, article)
    page.import_digest = content_digest(page)
    index.add_child(instance=page)
    _save_revision(page, publish=publish)
    keep_announcement(article, index.locale, show=publish)
    return Saved(page, Outcome.CREATED)


def _update(page: ArticlePage, article: ImportedArticle, *, publish: bool) -> Saved:
    draft = page.get_latest_revision_as_object()
    before = content_digest(draft)
    fill(draft, article)
    after = content_digest(draft)
    is_wanted_live = publish and _waits_for_publication(page)
    if _is_edited(page, before):
        is_news = is_wanted_live or after not in (before, page.import_digest)
        return Saved(page, Outcome.LEFT_TO_EDITORS if is_news else Outcome.UNCHANGED)
    if after != before:
        _save_changes(draft, after, publish=publish)
        return Saved(page, Outcome.UPDATED)
    if is_wanted_live:
        page.get_latest_revision().publish()
        return Saved(page, Outcome.PUBLISHED)
    return Saved(page, Outcome.UNCHANGED)


def _is_edited(page: ArticlePage, digest: str) -> bool:
    """The importer's revisions have no user. Going back to an old one is an edit too, whatever its text."""
    return (
        page.get_latest_revision().user_id is not None or digest != page.import_digest
    )


def _waits_for_publication(page: ArticlePage) -> bool:
    """Not so a page that an editor has taken down."""
    return (
        page.has_unpublished_changes if page.live else page.first_published_at is None
    )


def _save_changes(draft: ArticlePage, digest: str, *, publish: bool) -> None:
    draft.import_digest = digest
    # The row too: a draft alone would leave it for the next publication.
    ArticlePage.objects.filter(pk=draft.pk).update(import_digest=digest)
    _save_revision(draft, publish=publish)


def _save_revision(page: ArticlePage, *, publish: bool) -> None:
    revision = page.save_revision(log_action=True)
    if publish:
        revision.publish()


def make_slug(article: ImportedArticle) -> str:
    """Day, Latin words of the title and a few digits that stay the same, such as 2024-03-05-iso-9001-3f9c2a7e.

    No pinyin: character by character it gets names wrong (重庆 becomes zhongqing), and addresses are hard to change.
    """
    day = article.dated.date().isoformat() if article.dated else ""
    words = slugify(_CHINESE.sub(" ", article.title))[:LONGEST_SLUG_WORDS].strip("-")
    if not any(character.isalpha() for character in words):
        words = "" if day else "article"
    return "-".join(part for part in (day, words, article.key[:8]) if part)


def _reasons(error: ValidationError) -> str:
    return " ".join(
        f"{field}: {' '.join(messages)}"
        for field, messages in error.message_dict.items()
    )
