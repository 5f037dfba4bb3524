from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.actions import ActionRegistry
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.core.models import (
    Announcement,
    CertificationProject,
    DocumentTitle,
    ImageAltText,
    Menu,
    SiteTexts,
)
from cms.core.page_permissions import LimitedRevertAction
from cms.core.rich_text import PublishedPageLinkHandler


class AnnouncementViewSet(SnippetViewSet):
    model = Announcement
    icon = "bell"
    list_display = ["headline", "starts_at", "ends_at"]
    search_fields = ["headline"]


class MenuViewSet(SnippetViewSet):
    model = Menu
    icon = "list-ul"


class CertificationProjectViewSet(SnippetViewSet):
    model = CertificationProject
    icon = "clipboard-list"
    list_display = ["name", "standard", "group", "active"]
    list_filter = ["group", "active"]
    search_fields = ["name", "standard", "slug"]
    list_per_page = 100


class SiteTextsViewSet(SnippetViewSet):
    model = SiteTexts
    icon = "home"
    list_display = ["__str__", "site"]


class LibraryTextViewSet(SnippetViewSet):
    """Texts come with their images and documents, and from translators."""

    list_display = ["text", "item"]
    search_fields = ["text"]
    copy_view_enabled = False


class ImageAltTextViewSet(LibraryTextViewSet):
    model = ImageAltText
    icon = "image"


class DocumentTitleViewSet(LibraryTextViewSet):
    model = DocumentTitle
    icon = "doc-full-inverse"


@register_snippet
class SiteContentViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Site content")
    menu_icon = "site"
    menu_order = 300
    items = (
        AnnouncementViewSet,
        MenuViewSet,
        CertificationProjectViewSet,
        SiteTextsViewSet,
        ImageAltTextViewSet,
        DocumentTitleViewSet,
    )


@hooks.register("register_rich_text_features", order=100)
def register_published_page_links(features: FeatureRegistry) -> None:
    features.register_link_type(PublishedPageLinkHandler)


@hooks.register("register_actions")
def register_limited_revert(registry: ActionRegistry) -> None:
    registry.register(Page, LimitedRevertAction)
