from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import get_language_info
from ninja import Field, Query, Router, Schema
from wagtail.models import Page

from cms.api.schemas import ImageSchema, PageReference
from cms.api.schemas.pages import Context, page_path
from cms.api.scope import Scope
from cms.core.chrome import Chrome
from cms.core.models import Announcement, SiteSettings, SocialAccount
from cms.core.navigation import NavigationLink
from cms.core.phones import dial_phone, show_phone
from cms.images.representation import image_representation
from home.api.references import CityReference

router = Router(tags=["site"])


class LinkSchema(Schema):
    label: str
    href: str = Field(description="Empty: the page is not published.")


class MenuItemSchema(LinkSchema):
    children: list[LinkSchema]


class MenusSchema(Schema):
    header: list[MenuItemSchema]
    footer: list[MenuItemSchema]


class AnnouncementSchema(Schema):
    headline: str
    href: str

    @staticmethod
    def resolve_href(announcement: Announcement) -> str:
        return announcement.url


class SocialAccountSchema(Schema):
    name: str
    url: str
    qr_image: ImageSchema | None

    @staticmethod
    def resolve_qr_image(account: SocialAccount) -> dict[str, Any] | None:
        return image_representation(account.qr_image)


class QuickFormReference(PageReference):
    slug: str


class LocaleSchema(Schema):
    """A language that the site has a home page in."""

    code: str
    name: str = Field(description="The language's own name for itself.")
    path: str

    @staticmethod
    def resolve_code(home: Page) -> str:
        return home.locale.language_code

    @staticmethod
    def resolve_name(home: Page) -> str:
        return get_language_info(home.locale.language_code)["name_local"]

    @staticmethod
    def resolve_path(home: Page, context: Context) -> str | None:
        return page_path(home, context["request"])


class SettingsSchema(Schema):
    """Who the site belongs to."""

    organisation: str
    legal_name: str
    logo: ImageSchema | None
    service_phone: str = Field(description="As it was typed.")
    service_phone_display: str = Field(
        description="As readers of the answer's language write it."
    )
    service_phone_href: str = Field(description="Dials it. Empty: there is none.")
    service_hours: str
    head_office_address: str
    icp_number: str
    police_number: str
    default_city: CityReference | None
    social_accounts: list[SocialAccountSchema]

    @staticmethod
    def resolve_service_phone_display(settings: SiteSettings) -> str:
        return show_phone(settings.service_phone)

    @staticmethod
    def resolve_service_phone_href(settings: SiteSettings) -> str:
        return settings.service_phone and dial_phone(settings.service_phone)

    @staticmethod
    def resolve_logo(settings: SiteSettings) -> dict[str, Any] | None:
        return image_representation(settings.logo)

    @staticmethod
    def resolve_social_accounts(settings: SiteSettings) -> list[SocialAccount]:
        accounts = SocialAccount.objects.filter(site_settings=settings)
        return list(
            accounts.select_related("qr_image").prefetch_related("qr_image__renditions")
        )


class SiteSchema(Schema):
    """What stands around every page of a site: header, footer, and what the quick-service channel needs."""

    host: str
    locale: str
    locales: list[LocaleSchema]
    home: PageReference
    settings: SettingsSchema
    quick_form: QuickFormReference | None
    announcement: AnnouncementSchema | None
    menus: MenusSchema

    @staticmethod
    def resolve_host(chrome: Chrome) -> str:
        return chrome.site.hostname

    @staticmethod
    def resolve_locale(chrome: Chrome) -> str:
        return chrome.locale.language_code

    @staticmethod
    def resolve_locales(chrome: Chrome) -> list[Page]:
        homes = chrome.site.root_page.get_translations(inclusive=True).live()
        return list(homes.select_related("locale").order_by("path"))

    @staticmethod
    def resolve_home(chrome: Chrome) -> Page:
        return chrome.root

    @staticmethod
    def resolve_menus(chrome: Chrome) -> dict[str, list[NavigationLink]]:
        return {"header": chrome.header_menu, "footer": chrome.footer_menu}


@router.get(
    "/",
    response=SiteSchema,
    url_name="detail_site",
    operation_id="site_detail",
    summary="Site",
)
def get_site(request: HttpRequest, scope: Query[Scope]) -> Chrome:
    chrome = Chrome(scope.site, scope.locale)
    prefetch_related_objects([chrome.settings], "logo__renditions")
    return chrome
