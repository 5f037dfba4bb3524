from django.test import TestCase
from wagtail.models import Locale

from cms.cities.inheritance import Origin
from cms.cities.models import City
from cms.cities.projects import get_projects
from tests.factories import CertificationProjectFactory, CityFactory


class ProjectsOfCityTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.locale = Locale.get_default()
        cls.quality, cls.energy, cls.safety = (
            CertificationProjectFactory(slug=slug, sort_order=number)
            for number, slug in enumerate(["quality", "energy", "safety"])
        )
        cls.sichuan = CityFactory(level=City.Level.PROVINCE, slug="sichuan")
        cls.chengdu = CityFactory(slug="chengdu", parent=cls.sichuan)

    def projects(self, locale: Locale | None = None) -> tuple[list[str], str]:
        city = City.objects.with_province().get(pk=self.chengdu.pk)
        found = get_projects(city, (locale or self.locale).pk)
        return [project.slug for project in found.value], found.origin

    def test_a_city_that_names_none_offers_everything(self):
        self.assertEqual(
            self.projects(), (["quality", "energy", "safety"], Origin.NATIONAL)
        )

    def test_a_province_stands_before_the_whole_country(self):
        self.sichuan.projects.add(self.energy)
        self.assertEqual(self.projects(), (["energy"], Origin.PROVINCE))

    def test_the_city_stands_before_its_province_in_the_editors_order(self):
        self.sichuan.projects.add(self.energy)
        self.chengdu.projects.add(self.safety, self.quality)
        self.assertEqual(self.projects(), (["quality", "safety"], Origin.CITY))

    def test_what_is_switched_off_is_offered_nowhere(self):
        self.chengdu.projects.add(self.quality, self.energy)
        type(self.energy).objects.filter(slug="energy").update(active=False)
        self.assertEqual(self.projects(), (["quality"], Origin.CITY))

    def test_a_city_whose_projects_are_all_switched_off_inherits(self):
        self.chengdu.projects.add(self.energy)
        type(self.energy).objects.filter(slug="energy").update(active=False)
        self.assertEqual(self.projects(), (["quality", "safety"], Origin.NATIONAL))

    def test_projects_are_told_in_the_language_asked_for(self):
        english = Locale.objects.create(language_code="en")
        CertificationProjectFactory(
            slug="energy", locale=english, name="Energy management"
        )
        self.chengdu.projects.add(self.energy, self.safety)
        found = get_projects(self.chengdu, english.pk)
        self.assertEqual(
            [project.name for project in found.value],
            ["Energy management", self.safety.name],
        )

    def test_two_queries_are_enough(self):
        city = City.objects.with_province().get(pk=self.chengdu.pk)
        # What is on offer; what the city and its province name.
        with self.assertNumQueries(2):
            get_projects(city, self.locale.pk)
