from cms.core.models.announcements import Announcement
from cms.core.models.base import BasePage
from cms.core.models.library_texts import DocumentTitle, ImageAltText
from cms.core.models.navigation import Menu
from cms.core.models.projects import CertificationProject
from cms.core.models.settings import SiteSettings, SocialAccount
from cms.core.models.site_texts import SiteTexts

__all__ = [
    "Announcement",
    "BasePage",
    "CertificationProject",
    "DocumentTitle",
    "ImageAltText",
    "Menu",
    "SiteSettings",
    "SiteTexts",
    "SocialAccount",
]
