from articles.models.categories import ArticleCategory
from articles.models.pages import ArticleIndexPage, ArticlePage, ArticlePageTag

__all__ = ["ArticleCategory", "ArticleIndexPage", "ArticlePage", "ArticlePageTag"]
