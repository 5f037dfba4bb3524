"""Random edits of every kind, as editors, schedulers and programs make them. Each is made in a process of its own."""

import io
import random
from datetime import timedelta

from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Locale, Page, PageViewRestriction, Site

from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
from cms.cities.models import City
from cms.core.models import (
    Announcement,
    CertificationProject,
    Menu,
    SiteSettings,
    SocialAccount,
)
from cms.images.models import CustomImage
from forms.models import FormPage
from home.models import CityIndexPage, CityPage, HomePage, ProvinceContent

EDITS = {}
MOST_ARTICLES = 30


def edit(function):
    EDITS[function.__name__] = function
    return function


def word():
    return "".join(random.choices("认证体系审核成都绵阳质量环境安全食品", k=4))


def some(queryset):
    return queryset.order_by("?").first()


def article():
    return some(ArticlePage.objects.filter(live=True, alias_of=None))


def index():
    return some(ArticleIndexPage.objects.filter(live=True, alias_of=None))


def publish(page):
    page.save_revision().publish()


def addresses():
    """Everything that a visitor or a consumer may ask for now."""
    urls = [
        *("/robots.txt", "/sitemap.xml", "/feeds/articles/", "/old-1/", "/en/"),
        *("/api/v1/site/", "/api/v1/site/?locale=en", "/api/v1/cities/"),
        *("/api/v1/articles/", "/api/v1/articles/?limit=3&offset=2"),
        "/api/v1/pages/by-path/?path=/old-1",
        "/api/v1/forms/quick-service/",
    ]
    for category in ArticleCategory.objects.all():
        urls.append(f"/api/v1/articles/?category={category.slug}")
    for city in City.objects.filter(pages__isnull=False).distinct():
        urls.append(f"/api/v1/cities/{city.slug}/")
        urls.append(f"/api/v1/articles/?city={city.slug}")
        urls.append(f"/feeds/articles/{city.slug}/")
    for page in Page.objects.filter(live=True, depth__gt=1):
        urls.append(f"/api/v1/pages/{page.pk}/")
        if parts := page.get_url_parts():
            urls.append(parts[2])
            urls.append(f"/api/v1/pages/by-path/?path={parts[2]}")
    return urls


# Articles and other pages


@edit
def publish_article():
    page = article()
    page.title = word()
    page.body = [("paragraph", f"<p>{word()}</p>")]
    publish(page)


@edit
def publish_placeholders():
    page = article()
    page.summary = "{city}:" + word()
    publish(page)


@edit
def edit_draft():
    page = article()
    page.title = f"草稿{word()}"
    page.save_revision()


@edit
def save_page():
    page = article()
    page.title = word()
    page.save()


@edit
def reorder_article():
    page = article()
    page.published_at = timezone.now() - timedelta(days=random.randint(0, 400))
    page.content_updated_at = None
    publish(page)


@edit
def move_into_category():
    page = article()
    page.category = some(ArticleCategory.objects.filter(locale=page.locale))
    publish(page)


@edit
def choose_cities():
    page = article()
    page.cities.set(City.objects.order_by("?")[: random.randint(0, 3)])
    publish(page)


@edit
def except_cities():
    page = article()
    page.excluded_cities.set(City.objects.order_by("?")[: random.randint(0, 2)])
    publish(page)


@edit
def tag_article():
    page = article()
    if random.random() < 0.5:
        page.tags.add(word())
    else:
        page.tags.clear()
    publish(page)


@edit
def rename_tag():
    tag = some(apps.get_model("taggit.Tag").objects.all())
    if tag:
        tag.name = word() + str(random.random())
        tag.save()


@edit
def choose_cover():
    page = article()
    page.cover_image = some(CustomImage.objects.all())
    publish(page)


@edit
def create_article():
    parent = index()
    if parent.get_children().count() < MOST_ARTICLES:
        slug = f"article-{random.randint(0, 10**9)}"
        parent.add_child(instance=ArticlePage(title=word(), slug=slug))


@edit
def create_draft_then_publish():
    parent = index()
    if parent.get_children().count() < MOST_ARTICLES:
        page = ArticlePage(
            title=word(), slug=f"d-{random.randint(0, 10**9)}", live=False
        )
        parent.add_child(instance=page)
        if random.random() < 0.7:
            publish(page)


@edit
def rename_draft():
    page = some(ArticlePage.objects.filter(live=False, alias_of=None))
    if page:
        page.title = word()
        page.save()


@edit
def move_draft():
    page = some(ArticlePage.objects.filter(live=False, alias_of=None))
    target = page and some(
        ArticleIndexPage.objects.filter(locale=page.locale, live=True, alias_of=None)
    )
    if target and not target.get_children().filter(slug=page.slug).exists():
        page.move(target, pos=random.choice(["first-child", "last-child"]))


@edit
def unpublish_article():
    if ArticlePage.objects.filter(live=True).count() > 5:
        article().unpublish()


@edit
def publish_again():
    page = some(ArticlePage.objects.filter(live=False, alias_of=None))
    if page:
        publish(page)


@edit
def delete_article():
    if ArticlePage.objects.count() > 8:
        some(ArticlePage.objects.filter(alias_of=None)).delete()


@edit
def change_slug():
    page = article()
    page.slug = f"s-{random.randint(0, 10**9)}"
    publish(page)


@edit
def change_slug_of_index():
    page = index()
    page.slug = f"i-{random.randint(0, 10**9)}"
    publish(page)


@edit
def create_index():
    if ArticleIndexPage.objects.filter(locale=1).count() < 3:
        page = ArticleIndexPage(title=word(), slug=f"n-{random.randint(0, 10**9)}")
        HomePage.objects.get(locale__language_code="zh-hans").add_child(instance=page)


@edit
def move_article():
    page, target = article(), index()
    if target.locale_id == page.locale_id:
        page.move(target, pos=random.choice(["first-child", "last-child"]))


@edit
def move_index():
    pages = ArticleIndexPage.objects.filter(live=True, alias_of=None)
    home = HomePage.objects.get(locale__language_code="zh-hans")
    some(pages.child_of(home)).move(
        home, pos=random.choice(["first-child", "last-child"])
    )


@edit
def alias_article():
    page = article()
    if Page.objects.exclude(alias_of=None).count() < 4:
        page.create_alias(update_slug=f"alias-{random.randint(0, 10**9)}")


@edit
def delete_alias():
    alias = some(Page.objects.exclude(alias_of=None))
    if alias:
        alias.delete()


@edit
def copy_article():
    page = article()
    if page.get_siblings().count() < MOST_ARTICLES:
        slug = f"copy-{random.randint(0, 10**9)}"
        page.copy(update_attrs={"slug": slug, "title": word()}, keep_live=True)


@edit
def translate_article():
    english, _created = Locale.objects.get_or_create(language_code="en")
    page = some(
        ArticlePage.objects.filter(
            live=True, locale__language_code="zh-hans", alias_of=None
        )
    )
    if page.get_translation_or_none(english) is None:
        for above in [*page.get_ancestors().filter(depth__gt=1), page]:
            if above.get_translation_or_none(english) is None:
                publish(above.specific.copy_for_translation(english))


@edit
def delete_language():
    home = HomePage.objects.filter(locale__language_code="en").first()
    if home and random.random() < 0.3:
        Page.objects.get(pk=home.pk).delete()
        Locale.objects.filter(language_code="en").delete()


@edit
def restrict_branch():
    page = some(Page.objects.filter(depth__gt=2))
    PageViewRestriction.objects.get_or_create(
        page=page, defaults={"restriction_type": PageViewRestriction.LOGIN}
    )


@edit
def release_branch():
    for restriction in PageViewRestriction.objects.all():
        restriction.delete()


@edit
def release_all():
    PageViewRestriction.objects.all().delete()


@edit
def schedule_article():
    page = article()
    page.title = word()
    page.go_live_at = timezone.now() + timedelta(minutes=5)
    page.save_revision().publish()
    revisions = apps.get_model("wagtailcore.Revision").objects
    revisions.update(approved_go_live_at=None)
    page.refresh_from_db()
    page.go_live_at = None
    publish(page)


@edit
def expire_article():
    if ArticlePage.objects.filter(live=True).count() > 5:
        article().unpublish(set_expired=True)


@edit
def update_in_bulk():
    ArticlePage.objects.filter(pk=article().pk).update(subtitle=word())


@edit
def update_many():
    ArticlePage.objects.update(author=word())


@edit
def edit_home():
    page = some(HomePage.objects.all())
    page.title = word()
    publish(page)


@edit
def edit_index():
    page = index()
    page.intro = word()
    publish(page)


@edit
def edit_form():
    page = some(FormPage.objects.filter(alias_of=None))
    page.title = word()
    publish(page)


# Cities and what is inherited from them


@edit
def edit_city_page():
    page = some(CityPage.objects.filter(live=True, alias_of=None))
    if page:
        page.search_description = word()
        publish(page)


@edit
def unpublish_city_page():
    page = some(CityPage.objects.filter(live=True, alias_of=None))
    if page and random.random() < 0.5:
        page.unpublish()


@edit
def publish_city_page():
    page = some(CityPage.objects.filter(live=False, alias_of=None))
    if page:
        publish(page)


@edit
def edit_city():
    city = some(City.objects.all())
    city.phone = f"028-{random.randint(10**7, 10**8)}"
    city.address = word()
    city.save()


@edit
def edit_city_of_a_page():
    page = some(CityPage.objects.all())
    city = page.city
    city.phone = random.choice(["", f"028-{random.randint(10**7, 10**8)}"])
    city.opening_hours = word()
    city.save()


@edit
def edit_province_of_a_page():
    province = some(CityPage.objects.all()).city.province
    province.phone = random.choice(["", f"0816-{random.randint(10**6, 10**7)}"])
    province.save()


@edit
def make_city_hot():
    city = some(City.objects.cities())
    city.is_hot = not city.is_hot
    city.save()


@edit
def offer_in_city():
    city = some(CityPage.objects.all()).city
    projects = CertificationProject.objects.order_by("?")
    city.projects.set(projects[: random.randint(0, 3)])


@edit
def write_for_province():
    content = some(ProvinceContent.objects.all())
    if content:
        content.intro = word()
        content.save()


@edit
def edit_city_index():
    page = some(CityIndexPage.objects.filter(alias_of=None))
    page.title = word()
    publish(page)


# What stands around pages


@edit
def edit_settings():
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.organisation = word()
    settings.service_phone = (
        f"400-{random.randint(100, 999)}-{random.randint(1000, 9999)}"
    )
    settings.save()


@edit
def choose_default_city():
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    settings.default_city = some(City.objects.cities())
    settings.save()


@edit
def edit_social_account():
    account = some(SocialAccount.objects.all())
    if account:
        account.name = word()
        account.save()


@edit
def edit_menu():
    menu = some(Menu.objects.all())
    if menu:
        raw = menu.items.get_prep_value()
        raw[0]["value"]["label"] = word()
        menu.items = Menu._meta.get_field("items").to_python(raw)
        menu.save()


@edit
def announce():
    now = timezone.now()
    Announcement.objects.create(
        headline=word(), locale=Locale.get_default(), starts_at=now - timedelta(hours=1)
    )


@edit
def announce_for_a_second():
    now = timezone.now()
    Announcement.objects.create(
        headline=word(),
        locale=Locale.get_default(),
        starts_at=now + timedelta(seconds=random.random()),
        ends_at=now + timedelta(seconds=1 + random.random()),
    )


@edit
def end_announcement():
    found = some(Announcement.objects.all())
    if found:
        found.delete()


@edit
def edit_project():
    project = some(CertificationProject.objects.all())
    project.name = word()
    project.sort_order = random.randint(0, 30)
    project.active = random.random() < 0.9
    project.save()


@edit
def edit_category():
    category = some(ArticleCategory.objects.all())
    category.name = word()
    category.save()


@edit
def change_category_slug():
    category = some(ArticleCategory.objects.all())
    category.slug = f"c-{random.randint(0, 10**9)}"
    category.save()


@edit
def redirect():
    old = random.choice(["/old-1", "/old-2"])
    Redirect.objects.filter(old_path=old).delete()
    if random.random() < 0.7:
        Redirect.objects.create(
            old_path=old, redirect_page=article(), is_permanent=True
        )


@edit
def change_site():
    site = Site.objects.get(is_default_site=True)
    site.site_name = word()
    site.save()


# Files


@edit
def edit_image():
    image = some(CustomImage.objects.all())
    image.title = image.description = word()
    image.credit = word()
    image.save()


@edit
def replace_image():
    image = some(CustomImage.objects.all())
    file = io.BytesIO()
    size = (random.randint(300, 500), 300)
    Picture.new("RGB", size, random.choice(["red", "blue"])).save(file, "JPEG")
    image.file = ContentFile(file.getvalue(), name=f"{random.randint(0, 10**9)}.jpg")
    image.width, image.height = size
    image.save()
    image.renditions.all().delete()


@edit
def replace_document():
    document = some(Document.objects.all())
    if document:
        document.title = word()
        document.file = ContentFile(b"new", name=f"{random.randint(0, 10**9)}.txt")
        document.save()
