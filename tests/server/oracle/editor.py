"""Makes edits when it is told to: a line with a number of edits in, a line of JSON out."""

import json
import logging
import random
import sys
import traceback

import django


def addresses():
    """Everything that a visitor or a consumer may ask for now."""
    from wagtail.models import Page

    from articles.models import ArticleCategory
    from cms.cities.models import City

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


def main():
    django.setup()
    logging.disable(logging.WARNING)
    from cms.delivery.following import last_position
    from tests.server.oracle.edits import EDITS

    seed, *only = sys.argv[1:]
    random.seed(int(seed))
    names = only or list(EDITS)
    print(json.dumps({"urls": addresses()}), flush=True)
    for number, line in enumerate(sys.stdin):
        made, position = [], last_position()
        for _number in range(int(line)):
            name = random.choice(names)
            try:
                EDITS[name]()
            except Exception:
                print(
                    json.dumps({"failed": name, "why": traceback.format_exc()}),
                    flush=True,
                )
                return
            made.append(name)
        answer = {"made": made, "before": position, "position": last_position()}
        if number % 5 == 0:
            answer["urls"] = addresses()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
