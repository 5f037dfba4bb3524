from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from articles.models import ArticleCategory


class ArticleCategoryViewSet(SnippetViewSet):
    model = ArticleCategory
    icon = "folder-open-inverse"
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]


register_snippet(ArticleCategoryViewSet)
