"""What the delivery API says about the site as a whole: its pages, its cities, and what surrounds pages."""

from ninja import Router

from home.api import cities, city, pages
from home.api.site import router as site_router

cities_router = Router()
cities_router.add_router("", cities.router)
cities_router.add_router("", city.router)

__all__ = ["cities_router", "pages", "site_router"]
