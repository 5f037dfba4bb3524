"""What the delivery API says about the site as a whole: its pages, its cities, and what surrounds pages."""

from home.api import pages
from home.api.cities import router as cities_router
from home.api.site import router as site_router

__all__ = ["cities_router", "pages", "site_router"]
