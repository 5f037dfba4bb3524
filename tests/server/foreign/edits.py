"""Random edits of somebody else's site."""

import io
import random
from datetime import timedelta

from blog.models import Author, BlogIndex, BlogPost, Picture, Promotion
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Drawing
from taggit.models import Tag
from wagtail.images.models import Image
from wagtail.models import Page, PageViewRestriction, Site

EDITS = {}


def edit(function):
    EDITS[function.__name__] = function
    return function


def word():
    return "".join(random.choices("abcdefghij", k=6))


def some(queryset):
    return queryset.order_by("?").first()


def post():
    return some(BlogPost.objects.filter(live=True))


def publish(page):
    page.save_revision().publish()


def new_image():
    file = io.BytesIO()
    Drawing.new("RGB", (random.randint(100, 200), 100), "red").save(file, "PNG")
    return ContentFile(file.getvalue(), name=f"{word()}.png")


def build():
    """Something to edit."""
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    home = root.add_child(instance=BlogIndex(title="Home", slug="start"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    for _number in range(4):
        Image.objects.create(title=word(), file=new_image())
        Author.objects.create(name=word(), slug=word())
    for _number in range(2):
        index = home.add_child(instance=BlogIndex(title=word(), slug=word()))
        for _post in range(5):
            index.add_child(instance=BlogPost(title=word(), slug=word()))


def addresses():
    pages = Page.objects.filter(live=True, depth__gt=1)
    urls = [parts[2] for page in pages if (parts := page.get_url_parts())]
    urls += [
        f"/authors/{slug}.json"
        for slug in Author.objects.values_list("slug", flat=True)
    ]
    return [*urls, *(f"/?tag={tag.name}" for tag in Tag.objects.all()[:3])]


@edit
def publish_post():
    page = post()
    page.title, page.intro = word(), word()
    publish(page)


@edit
def edit_draft():
    page = post()
    page.title = word()
    page.save_revision()


@edit
def choose_authors():
    page = post()
    page.authors.set(Author.objects.order_by("?")[: random.randint(0, 3)])
    publish(page)


@edit
def rename_author():
    author = some(Author.objects.all())
    author.name = word()
    author.save()


@edit
def change_slug_of_author():
    author = some(Author.objects.all())
    author.slug = word()
    author.save()


@edit
def choose_portrait():
    Author.objects.filter(pk=some(Author.objects.all()).pk).update(
        portrait=some(Image.objects.all())
    )


@edit
def choose_image():
    page = post()
    page.image = some(Image.objects.all())
    page.body = [("image", some(Image.objects.all())), ("text", f"<p>{word()}</p>")]
    publish(page)


@edit
def edit_image():
    image = some(Image.objects.all())
    image.title = word()
    image.save()


@edit
def replace_image():
    image = some(Image.objects.all())
    image.file = new_image()
    image.save()
    image.renditions.all().delete()


@edit
def add_picture():
    page = post()
    page.pictures.add(Picture(image=some(Image.objects.all()), caption=word()))
    publish(page)


@edit
def edit_picture():
    picture = some(Picture.objects.all())
    if picture:
        picture.caption = word()
        picture.save()


@edit
def delete_pictures():
    Picture.objects.filter(post=post()).delete()


@edit
def tag_post():
    page = post()
    page.tags.add(word())
    publish(page)


@edit
def rename_tag():
    tag = some(Tag.objects.all())
    if tag:
        tag.name = word()
        tag.save()


@edit
def relate():
    page = post()
    page.related = post()
    publish(page)


@edit
def create_post():
    parent = some(Page.objects.filter(depth__gt=2, live=True))
    if Page.objects.count() < 30:
        instance = BlogPost(title=word(), slug=word(), live=random.random() < 0.7)
        parent.add_child(instance=instance)


@edit
def publish_draft():
    page = some(BlogPost.objects.filter(live=False))
    if page:
        publish(page)


@edit
def rename_draft():
    page = some(BlogPost.objects.filter(live=False))
    if page:
        page.title = word()
        page.save()


@edit
def move_draft():
    page = some(BlogPost.objects.filter(live=False))
    if page:
        target = some(BlogIndex.objects.filter(depth=3))
        page.move(target, pos=random.choice(["first-child", "last-child"]))


@edit
def unpublish_post():
    if BlogPost.objects.filter(live=True).count() > 4:
        post().unpublish()


@edit
def delete_post():
    if BlogPost.objects.count() > 6:
        Page.objects.get(pk=some(BlogPost.objects.all()).pk).delete()


@edit
def move_post():
    page = post()
    target = some(BlogIndex.objects.filter(depth=3))
    page.move(target, pos=random.choice(["first-child", "last-child"]))


@edit
def change_slug():
    page = some(Page.objects.filter(depth__gt=2, live=True)).specific
    page.slug = word()
    publish(page)


@edit
def edit_index():
    page = some(BlogIndex.objects.all())
    page.title = word()
    publish(page)


@edit
def restrict():
    page = some(Page.objects.filter(depth__gt=2))
    PageViewRestriction.objects.get_or_create(page=page, restriction_type="login")


@edit
def release():
    PageViewRestriction.objects.all().delete()


@edit
def update_in_bulk():
    BlogPost.objects.update(intro=word())


@edit
def create_in_bulk():
    slug = word()
    Author.objects.bulk_create([Author(name=word(), slug=slug)])
    if Author.objects.count() > 8:
        some(Author.objects.all()).delete()


@edit
def promote():
    now = timezone.now()
    start = now + timedelta(seconds=random.random())
    Promotion.objects.create(
        text=word(), starts_at=start, ends_at=start + timedelta(seconds=1)
    )


@edit
def change_site():
    Site.objects.update(site_name=word())
