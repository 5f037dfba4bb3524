from collections.abc import Callable, Iterator

from django.db import transaction
from wagtail.models import Page, Site

from articles.models import ArticleIndexPage, ArticlePage
from forms.models import FormPage
from home.demo.body import build_body, build_fields
from home.demo.content_files import Content, read, read_folder
from home.demo.library import Library
from home.demo.provinces import create_province_contents
from home.demo.surroundings import create_surroundings, set_branches
from home.models import CityIndexPage, CityPage, HomePage

Report = Callable[[str], object]


@transaction.atomic
def load(site: Site, report: Report) -> int:
    """Fill the site below its home page. Returns the number of published pages."""
    home = site.root_page.specific
    report("Images, documents and categories …")
    library = Library(home.locale)
    branches = read_folder("cities")
    set_branches(branches, library)
    report("Pages …")
    pages = list(create_pages(home, branches, library))
    # Only now, because texts and menus link to pages that come later.
    for page, content in pages:
        fill(page, content, library)
        page.save_revision().publish()
    report("Settings, menus, announcement and provinces …")
    create_surroundings(site, library)
    create_province_contents(home.locale, library)
    return len(pages)


def create_pages(
    home: HomePage, branches: dict[str, Content], library: Library
) -> Iterator[tuple[Page, Content]]:
    """Drafts with nothing but title and slug, each with the content that it is to get."""
    library.add_page(home)
    yield home, read("home")

    def create(parent: Page, page: Page, content: Content) -> tuple[Page, Content]:
        page.title = content["title"]
        page.live = False
        parent.add_child(instance=page)
        library.add_page(page)
        return page, content

    articles = ArticleIndexPage(slug="news")
    yield create(home, articles, read("news"))
    for slug, content in read_folder("articles").items():
        yield create(articles, ArticlePage(slug=slug), content)

    cities = CityIndexPage(slug="cities")
    yield create(home, cities, read("cities"))
    for slug, content in branches.items():
        page = CityPage(slug=slug, city=library.find("city", slug))
        yield create(cities, page, content["page"])

    for slug, content in read_folder("forms").items():
        yield create(home, FormPage(slug=slug), content)


def fill(page: Page, content: Content, library: Library) -> None:
    """Give the page its content: keys are the names of its fields."""
    for name, value in library.resolve(content).items():
        if name in ("body", "city_body"):
            setattr(page, name, build_body(value, library))
        elif name == "fields":
            page.fields = build_fields(value)
        elif name == "cities":
            page.cities.set([library.find("city", slug) for slug in value])
        elif name == "tags":
            page.tags.set(value)
        else:
            setattr(page, name, value)
