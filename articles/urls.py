from django.urls import path

from articles.feeds import ArticleFeed

urlpatterns = [
    path("articles/", ArticleFeed(), name="article_feed"),
    path("articles/<slug:city_slug>/", ArticleFeed(), name="city_article_feed"),
]
