from home.models.city_index import CityIndexPage
from home.models.city_page import CityPage
from home.models.home import HomePage
from home.models.provinces import ProvinceContent
from home.models.readiness import CityListReadiness, CityReadiness

__all__ = [
    "CityIndexPage",
    "CityListReadiness",
    "CityPage",
    "CityReadiness",
    "HomePage",
    "ProvinceContent",
]
