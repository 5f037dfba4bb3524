from home.models.cities import CityIndexPage, CityPage
from home.models.home import HomePage

__all__ = ["CityIndexPage", "CityPage", "HomePage"]
