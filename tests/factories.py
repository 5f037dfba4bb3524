"""The least of each thing that a test needs. Pages are published unless told otherwise."""

import factory
import wagtail_factories
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.users.models import UserProfile

from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
from cms.cities.models import City
from cms.core.models import Announcement, CertificationProject
from cms.images.models import CustomImage
from cms.users.models import User
from forms.models import FormPage
from home.models import CityIndexPage, CityPage, HomePage


class UserFactory(factory.django.DjangoModelFactory):
    username = factory.Sequence(lambda n: f"user-{n}")

    class Meta:
        model = User


def english_editor(**fields) -> User:
    """Somebody who reads the admin in English, as tests do."""
    user = UserFactory(**fields)
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


class CityFactory(factory.django.DjangoModelFactory):
    level = City.Level.CITY
    # Codes that no place has: those of places are written in tests.
    code = factory.Sequence(lambda n: f"{800000 + n:06}")
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
    return HomePage.objects.get(slug="home")


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


class HomePageFactory(PageFactory):
    """The home page of a second site."""

    title = "首页"
    parent = factory.LazyFunction(lambda: home_page().get_parent())

    class Meta:
        model = HomePage


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


def translate(page: Page, language_code: str, **fields) -> Page:
    """A published translation of a page, made in the language when nobody has yet."""
    locale, _created = Locale.objects.get_or_create(language_code=language_code)
    translation = page.specific.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(translation, name, value)
    translation.save_revision().publish()
    return type(translation).objects.get(pk=translation.pk)


def restrict(page: Page) -> PageViewRestriction:
    """Only people who have signed in may see the page and what is below it."""
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
