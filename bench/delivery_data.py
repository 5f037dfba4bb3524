"""The sites that `make bench` measures: ours and stock Wagtail's, with the same articles.

`python -m bench.delivery_data ours 1000` fills the database that the environment names, if it is not full already, and
prints what is to be asked of the site.
"""

import json
import os
import random
import sys
from datetime import timedelta

import django

BATCH = 2_000
# About 5 kB of text: a character of Chinese has three bytes.
PARAGRAPHS, PARAGRAPH = 4, 330
SUMMARY = 60
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2_500)]
SECTIONS = ["about", "services", "cases", "news", "contact"]
NO_LIMIT = 2_000_000_000


def text_of(invent, length):
    return "".join(invent.choices(CHARACTERS, k=length))


def body_of(invent):
    """Eight blocks, as raw values that both models read."""
    paragraphs = [
        {"type": "paragraph", "value": f"<p>{text_of(invent, PARAGRAPH)}</p>"}
        for _ in range(PARAGRAPHS)
    ]
    points = [text_of(invent, 30) for _ in range(4)]
    quote = {"text": text_of(invent, 60), "speaker": text_of(invent, 3)}
    return json.dumps(
        [
            {"type": "key_points", "value": {"title": "要点", "points": points}},
            heading(invent),
            *paragraphs[:2],
            {"type": "quote", "value": quote},
            heading(invent),
            *paragraphs[2:],
        ]
    )


def heading(invent):
    return {"type": "heading", "value": {"text": text_of(invent, 12), "level": "h2"}}


def article_values(number, size, now, invent):
    """What any article page has. The newest comes last, as on a site that has grown."""
    return {
        "title": f"文章{number}",
        "slug": f"article-{number}",
        "summary": text_of(invent, SUMMARY),
        "body": body_of(invent),
        "published_at": now - timedelta(hours=size - number),
        "first_published_at": now,
        "last_published_at": now,
    }


def insert_articles(parent, model, size, now, adapt=lambda pages, invent: None):
    from bench.bulk import insert_children

    invent = random.Random(3)  # the same text at every run
    for start in range(0, size, BATCH):
        numbers = range(start, min(size, start + BATCH))
        pages = [model(**article_values(n, size, now, invent)) for n in numbers]
        adapt(pages, invent)
        insert_children(parent, pages)
        if hasattr(model, "cities"):
            choose_cities(pages, invent)
        print(f"  {numbers.stop:,} of {size:,} articles", end="\r", file=sys.stderr)
    print(file=sys.stderr)


def choose_cities(pages, invent):
    """Every other article is for one or two cities."""
    from cms.cities.models import City

    cities = list(City.objects.cities().values_list("pk", flat=True))
    link = type(pages[0]).cities.through
    links = [
        link(articlepage_id=page.pk, city_id=city)
        for page in pages[::2]
        for city in invent.sample(cities, invent.choice([1, 2]))
    ]
    link.objects.bulk_create(links, batch_size=500)


def analyze():
    """As autovacuum does by itself before long. Nothing does it on SQLite, and with half of its statistics (a table
    without rows has none) SQLite compares each page with each other to see which are restricted."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def write_unseen():
    """Nobody follows the log yet, so that it need not tell of every page that is inserted here."""
    from cms.delivery import writing

    writing.is_watched = lambda compiler: False


def build_ours(size):
    """The demo site, with so many articles more."""
    from django.core.management import call_command
    from django.utils import timezone

    from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
    from cms.launch.steps import STEPS
    from forms.models import LeadSettings

    for name, step in STEPS.items():
        if name == "Demo content":
            # In one language, as the stock site is; the step leaves a site that has pages alone.
            call_command("load_demo_content", stdout=sys.stderr)
        step()
    news = ArticleIndexPage.objects.get(slug="news")
    if is_built(ArticlePage, size):
        return
    if ArticlePage.objects.filter(slug="article-0").exists():
        sys.exit("The database holds another number of articles: please delete it.")
    write_unseen()
    categories = list(ArticleCategory.objects.values_list("pk", flat=True))

    def adapt(pages, invent):
        for page in pages:
            page.category_id = invent.choice(categories)

    insert_articles(news, ArticlePage, size, timezone.now(), adapt)
    limits = LeadSettings.load()
    limits.network_limit = limits.phone_limit = NO_LIMIT
    limits.save()
    analyze()


def build_stock(size):
    """A home page, five sections in the menu, and the articles in one of them."""
    from django.core.management import call_command
    from django.utils import timezone
    from wagtail.models import Page, Site

    from bench.stock.models import StockArticlePage, StockSectionPage

    call_command("migrate", verbosity=0)
    if is_built(StockArticlePage, size):
        return
    home = Page.objects.get(depth=1).add_child(
        instance=StockSectionPage(title="首页", slug="stock")
    )
    Site.objects.update(root_page=home, hostname="127.0.0.1")
    for slug in SECTIONS:
        home.add_child(
            instance=StockSectionPage(title=slug, slug=slug, show_in_menus=True)
        )
    news = StockSectionPage.objects.get(slug="news")
    insert_articles(news, StockArticlePage, size, timezone.now())
    analyze()


def is_built(model, size):
    return model.objects.filter(slug__startswith="article-").count() == size


def addresses(model):
    """The newest first, as lists show them."""
    pages = model.objects.filter(slug__startswith="article-")
    return list(pages.order_by("-published_at").values_list("pk", "slug"))


def main(kind, size):
    settings = {"ours": "cms.settings.dev", "stock": "bench.stock.settings"}
    os.environ["DJANGO_SETTINGS_MODULE"] = settings[kind]
    django.setup()
    if kind == "ours":
        from articles.models import ArticlePage as Model

        build_ours(size)
    else:
        from bench.stock.models import StockArticlePage as Model

        build_stock(size)
    print(json.dumps(addresses(Model)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
