"""Measure city pages and the doorway guard on 3,000 county-level cities and 10,000 articles: `make bench-cities`.

The site is invented and made once, in var/bench-cities or in the empty database that DATABASE_URL names. Two pages in
three have text of their own among the inherited one, the others only inherit. Each measurement runs in a process of its
own, so that its memory is its own; the table shows medians.
"""

import gzip
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import django

ROOT = Path(__file__).resolve().parents[1]
CITIES, ARTICLES = 3_000, 10_000
ROUNDS = 3
PUBLISHED = 3
ASKED = 7
ANSWERS = [
    "/cities/county-1/",
    "/cities/",
    "/cities/?q=county1",
    "/news/?city=county-1",
    "/feeds/articles/county-1/",
    "/api/v1/cities/",
    "/api/v1/cities/county-1/",
    "/api/v1/cities/county-1/header/",
    "/api/v1/cities/locate/?latitude=30.6&longitude=104.1",
    "/api/v1/articles/?city=county-1",
]
OWN_PARAGRAPHS, NATIONAL_PARAGRAPHS, PARAGRAPH = 15, 25, 80
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2_500)]
MEBIBYTE = 1024  # ru_maxrss counts in KiB

os.environ.setdefault("DATA_DIR", "var/bench-cities")
# Tasks run at once: what is measured is the work, not how long a worker sleeps.
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
os.environ["LOG_LEVEL"] = "WARNING"


def set_up():
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    Path(os.environ["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    django.setup()


def build():
    """Everything in bulk: one page after the other would take an hour."""
    from django.core.management import call_command

    from home.models import CityIndexPage, CityPage

    call_command("migrate", verbosity=0)
    if CityPage.objects.count() == CITIES:
        return
    call_command("load_cities", stdout=sys.stderr)
    invent = random.Random(3)  # the same text at every run
    cities = create_cities(invent)
    city_list = add_to_home(CityIndexPage(title="城市", slug="cities"))
    city_list.city_body = body_of(invent, NATIONAL_PARAGRAPHS)
    city_list.save()
    create_city_pages(city_list, cities, invent)
    create_articles(cities, invent)


def create_cities(invent):
    from cms.cities.models import City

    provinces = list(City.objects.provinces())
    cities = [
        City(
            level=City.Level.CITY,
            parent=provinces[number % len(provinces)],
            code=f"{900_000 + number}",
            name=f"{name}县",
            short_name=name,
            slug=f"county-{number}",
            initial="C",
            pinyin=f"county {number}",
            phone="028-83221100" if number % 2 else "",
            address="建设路 1 号" if number % 2 else "",
        )
        for number, name in enumerate(text_of(invent, 2) for _ in range(CITIES))
    ]
    return City.objects.bulk_create(cities)


def create_city_pages(city_list, cities, invent):
    from bench.bulk import insert_children
    from home.models import CityPage

    insert_children(
        city_list,
        [
            CityPage(
                title="{city}认证咨询",
                slug=city.slug,
                city=city,
                body=own_body(invent) if number % 3 else [],
            )
            for number, city in enumerate(cities)
        ],
    )


def create_articles(cities, invent):
    from articles.models import ArticleIndexPage, ArticlePage
    from bench.bulk import insert_children

    index = add_to_home(ArticleIndexPage(title="资讯", slug="news"))
    articles = [
        ArticlePage(title=f"文章{number}", slug=f"article-{number}")
        for number in range(ARTICLES)
    ]
    insert_children(index, articles)
    link = ArticlePage.cities.through
    link.objects.bulk_create(
        [
            link(articlepage_id=article.pk, city_id=invent.choice(cities).pk)
            for article in articles[::2]
        ]
    )


def add_to_home(page):
    from home.models import HomePage

    return HomePage.objects.get().add_child(instance=page)


def own_body(invent):
    inherited = {"type": "inherited", "value": {"sections": None}}
    return json.dumps([*paragraphs(invent, OWN_PARAGRAPHS), inherited])


def body_of(invent, count):
    return json.dumps(paragraphs(invent, count))


def paragraphs(invent, count):
    return [
        {"type": "paragraph", "value": f"<p>{text_of(invent, PARAGRAPH)}</p>"}
        for _ in range(count)
    ]


def text_of(invent, length):
    return "".join(invent.choices(CHARACTERS, k=length))


def compute():
    """All pages, as `manage.py refresh_readiness` does it."""
    from home.models import CityIndexPage
    from home.readiness.computing import compute_list

    before = peak_memory()
    started, used = time.perf_counter(), time.process_time()
    count = compute_list(CityIndexPage.objects.get())
    return {
        "pages": count,
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - used,
        "grown": peak_memory() - before,
    }


def publish():
    """How long it takes from the moment a page is published until its readiness is known."""
    from home.models import CityIndexPage, CityPage, CityReadiness
    from home.readiness.computing import compute_list

    compute_list(CityIndexPage.objects.get())
    seconds = []
    for page in CityPage.objects.order_by("?")[:PUBLISHED]:
        started = time.perf_counter()
        page.save_revision().publish()
        seconds.append(time.perf_counter() - started)
        assert not CityReadiness.objects.get(page=page).is_stale
    return {"seconds": median(seconds)}


def answer():
    """What visitors and programs ask for most, without any cache: milliseconds, queries and compressed size."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    answers = {}
    for path in ANSWERS:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        # Now, because the next request empties Django's list of queries.
        count = len(queries)
        assert response.status_code == 200, path
        seconds = []
        for _ in range(ASKED):
            started = time.perf_counter()
            client.get(path)
            seconds.append(time.perf_counter() - started)
        answers[path] = {
            "milliseconds": median(seconds) * 1000,
            "queries": count,
            "kilobytes": len(gzip.compress(response.content)) / 1000,
        }
    return answers


def peak_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


def measured(name):
    """One step in a process of its own. It begins with this one's peak of memory, so nothing is done here."""
    command = [sys.executable, __file__, name]
    return json.loads(subprocess.check_output(command, text=True, cwd=ROOT))


def main():
    started = time.perf_counter()
    measured("build")
    print(f"Made in {time.perf_counter() - started:.0f} seconds.", file=sys.stderr)
    computed = [measured("compute") for _ in range(ROUNDS)]
    published = [measured("publish") for _ in range(ROUNDS)]
    answered = measured("answer")
    print("| | median |")
    print("|---|---|")
    print(f"| pages | {computed[0]['pages']} |")
    print(f"| all computed | {median(m['seconds'] for m in computed):.1f} s |")
    print(
        f"| processor time of it | {median(m['processor'] for m in computed):.1f} s |"
    )
    print(f"| memory for it | {median(m['grown'] for m in computed):.0f} MiB |")
    print(
        f"| one page published until ready | {median(m['seconds'] for m in published):.1f} s |"
    )
    print("\n| answer | time | queries | compressed |")
    print("|---|---|---|---|")
    for path, each in answered.items():
        print(
            f"| `{path}` | {each['milliseconds']:.0f} ms | {each['queries']} | {each['kilobytes']:.1f} kB |"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        set_up()
        steps = {
            "build": build,
            "compute": compute,
            "publish": publish,
            "answer": answer,
        }
        print(json.dumps(steps[sys.argv[1]]()))
    else:
        main()
