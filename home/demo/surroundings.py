"""What stands around the demo pages: the branches' contact data, site settings, menus and the announcement."""

from django.db.models import Model
from wagtail.models import Site

from cms.core.models import Announcement, Menu, SiteSettings, SocialAccount
from home.demo.body import build_links
from home.demo.content_files import Content, read
from home.demo.library import Library


def set_branches(branches: dict[str, Content], library: Library) -> None:
    for slug, content in branches.items():
        city = library.find("city", slug)
        fill_in(city, content.get("branch", {}))
        city.save()


def create_surroundings(site: Site, library: Library) -> None:
    content = read("site")
    if not site.site_name:
        site.site_name = content["settings"]["organisation"]
        site.save()
    set_settings(site, content, library)
    locale = site.root_page.locale
    for slot, links in content["menus"].items():
        items = build_links(links, library)
        Menu.objects.get_or_create(slot=slot, locale=locale, defaults={"items": items})
    if not Announcement.objects.filter(locale=locale).exists():
        announcement = library.resolve(content["announcement"])
        Announcement.objects.create(locale=locale, **announcement)


def set_settings(site: Site, content: Content, library: Library) -> None:
    settings = SiteSettings.for_site(site)
    fill_in(settings, library.resolve(content["settings"]))
    if not settings.social_accounts.exists():
        settings.social_accounts = [
            SocialAccount(**library.resolve(account))
            for account in content["social_accounts"]
        ]
    settings.save()


def fill_in(instance: Model, content: Content) -> None:
    """Set what is still empty: what editors have typed stays."""
    for name, value in content.items():
        if not getattr(instance, name):
            setattr(instance, name, value)
