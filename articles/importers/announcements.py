from datetime import timedelta

from django.utils import timezone
from wagtail.models import Locale

from articles.importers.article import ImportedArticle
from cms.core.models import Announcement

SHOWN_FOR = timedelta(days=1)


def keep_announcement(
    article: ImportedArticle, locale: Locale, *, show: bool
) -> Announcement | None:
    """Keep the headline that stood above the article, once however many pages it stood on.

    Unless it is to be shown, its time is over from the beginning: visitors see old news only if somebody wants it.
    """
    headline = article.announcement
    known = Announcement.objects.filter(headline=headline, locale=locale)
    if not headline or known.exists():
        return None
    now = timezone.now()
    announcement = Announcement(headline=headline, locale=locale)
    if show:
        announcement.starts_at = article.dated or now
    else:
        announcement.starts_at = min(article.dated or now, now - SHOWN_FOR)
        announcement.ends_at = announcement.starts_at + SHOWN_FOR
    announcement.full_clean()
    announcement.save()
    return announcement
