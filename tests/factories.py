"""The least of each thing that a test needs. Pages are published unless told otherwise."""

import factory
import wagtail_factories
from wagtail.models import Locale

from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
from cms.cities.models import City
from cms.core.models import Announcement, CertificationProject
from cms.images.models import CustomImage
from forms.models import FormPage
from home.models import CityIndexPage, CityPage, HomePage


class CityFactory(factory.django.DjangoModelFactory):
    level = City.Level.CITY
    code = factory.Sequence(lambda n: f"{510000 + n:06}")
    name = factory.LazyAttribute(lambda city: f"{city.short_name}市")
    short_name = factory.Sequence(lambda n: f"某{n}")
    slug = factory.Sequence(lambda n: f"city-{n}")
    initial = factory.LazyAttribute(lambda city: city.slug[0].upper())
    area_code = "028"

    class Meta:
        model = City


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = CustomImage


class AnnouncementFactory(factory.django.DjangoModelFactory):
    headline = "喜报"
    locale = factory.LazyFunction(Locale.get_default)

    class Meta:
        model = Announcement


class CertificationProjectFactory(factory.django.DjangoModelFactory):
    slug = factory.Sequence(lambda n: f"project-{n}")
    name = "质量管理体系认证"
    group = "管理体系-基础"
    locale = factory.LazyFunction(Locale.get_default)

    class Meta:
        model = CertificationProject


def home_page() -> HomePage:
    """The home page that the first migration leaves."""
    return HomePage.objects.get()


class PageFactory(wagtail_factories.PageFactory):
    parent = factory.LazyFunction(home_page)

    class Meta:
        abstract = True


class ArticleCategoryFactory(factory.django.DjangoModelFactory):
    name = "行业资讯"
    slug = factory.Sequence(lambda n: f"category-{n}")
    locale = factory.LazyFunction(Locale.get_default)

    class Meta:
        model = ArticleCategory


class ArticleIndexPageFactory(PageFactory):
    title = "资讯"

    class Meta:
        model = ArticleIndexPage


class ArticlePageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(ArticleIndexPageFactory)
    title = factory.Sequence(lambda n: f"文章{n}")
    slug = factory.Sequence(lambda n: f"article-{n}")

    class Meta:
        model = ArticlePage


class CityIndexPageFactory(PageFactory):
    title = "服务城市"

    class Meta:
        model = CityIndexPage


class CityPageFactory(wagtail_factories.PageFactory):
    parent = factory.SubFactory(CityIndexPageFactory)
    city = factory.SubFactory(CityFactory)
    title = factory.LazyAttribute(lambda page: page.city.short_name)
    slug = factory.LazyAttribute(lambda page: page.city.slug)

    class Meta:
        model = CityPage


class FormPageFactory(PageFactory):
    title = "快速办理通道"
    slug = "quick-service"

    class Meta:
        model = FormPage
