"""What stands around the demo pages: the branches' contact data, site settings, menus and the announcement."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model
from wagtail.models import Site

from cms.core.models import Announcement, Menu, SiteSettings, SocialAccount
from cms.outbox.models import Channel
from forms.models import NotificationRule
from forms.models.desk import Occasion
from home.demo.body import build_links, build_team
from home.demo.content_files import Content, read
from home.demo.library import Library


def set_branches(branches: dict[str, Content], library: Library) -> None:
    for slug, content in branches.items():
        city = library.find("city", slug)
        fill_in(city, with_team(content.get("branch", {}), library))
        city.save()


def create_surroundings(site: Site, library: Library) -> None:
    content = read("site")
    set_address(site, content["settings"]["organisation"])
    set_settings(site, content, library)
    locale = site.root_page.locale
    for slot, links in content["menus"].items():
        items = build_links(links, library)
        Menu.objects.get_or_create(slot=slot, locale=locale, defaults={"items": items})
    if not Announcement.objects.filter(locale=locale).exists():
        announcement = library.resolve(content["announcement"])
        Announcement.objects.create(locale=locale, **announcement)
    create_receivers()


def create_receivers() -> None:
    """Every lead is told to a channel that only writes that it was: the next step is to give it a real one."""
    channel, _ = Channel.objects.get_or_create(
        name="日志（演示）", defaults={"kind": Channel.Kind.LOG}
    )
    rule, created = NotificationRule.objects.get_or_create(
        name="全部线索", defaults={"events": Occasion.values}
    )
    if created:
        rule.channels.add(channel)


def set_address(site: Site, name: str) -> None:
    """Canonical links and shared addresses lead to where the site really answers."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if address.hostname:
        site.hostname = address.hostname
        site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = site.site_name or name
    site.save()


def set_settings(site: Site, content: Content, library: Library) -> None:
    site_settings = SiteSettings.for_site(site)
    fill_in(site_settings, library.resolve(content["settings"]))
    fill_in(site_settings, with_team({"team": content["team"]}, library))
    if not site_settings.social_accounts.exists():
        site_settings.social_accounts = [
            SocialAccount(**library.resolve(account))
            for account in content["social_accounts"]
        ]
    site_settings.save()


def with_team(content: Content, library: Library) -> Content:
    if "team" not in content:
        return content
    return {**content, "team": build_team(content["team"], library)}


def fill_in(instance: Model, content: Content) -> None:
    """Set what is still empty: what editors have typed stays."""
    for name, value in content.items():
        if not getattr(instance, name):
            setattr(instance, name, value)
