"""What the delivery API says about the site as a whole: its pages, its cities, and what surrounds pages."""

from ninja import Router

from home.api import cities, city, locate, pages
from home.api.site import router as site_router

# "locate" is no city: its path comes before theirs.
cities_router = Router()
for router in (cities.router, locate.router, city.router):
    cities_router.add_router("", router)

__all__ = ["cities_router", "pages", "site_router"]
