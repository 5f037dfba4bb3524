"""The rule of who may edit what: places chosen for a person, and all cities of a chosen province."""

from django.db.models import ProtectedError
from django.test import TestCase

from cms.cities.models import City
from cms.users.limits import get_limits
from cms.users.models import User
from tests.editors import build_register, create_editor
from tests.factories import ArticlePageFactory, CityPageFactory


class LimitsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.places = build_register()

    def limits_of(self, *names: str):
        user = create_editor(*(self.places[name] for name in names))
        return get_limits(User.objects.get(pk=user.pk))

    def assert_covers_only(self, limits, *names: str):
        covered = {
            name for name, place in self.places.items() if limits.covers(place.pk)
        }
        self.assertEqual(covered, set(names))

    def test_who_has_no_places_is_not_limited(self):
        self.assertIsNone(self.limits_of())

    def test_a_superuser_is_never_limited(self):
        user = create_editor(self.places["chengdu"], is_superuser=True)
        with self.assertNumQueries(0):
            self.assertIsNone(get_limits(user))

    def test_nobody_is_not_limited(self):
        self.assertIsNone(get_limits(None))

    def test_a_city_is_that_city_only(self):
        self.assert_covers_only(self.limits_of("chengdu"), "chengdu")

    def test_a_province_is_itself_and_all_its_cities(self):
        limits = self.limits_of("sichuan")
        self.assert_covers_only(limits, "sichuan", "chengdu", "mianyang")

    def test_several_places_add_up(self):
        limits = self.limits_of("mianyang", "chongqing")
        self.assert_covers_only(limits, "mianyang", "chongqing")
        self.assertEqual(set(limits.names), {"绵阳市", "重庆市"})

    def test_what_is_about_several_places_must_be_theirs_altogether(self):
        limits = self.limits_of("sichuan")
        both = self.places["chengdu"].pk, self.places["mianyang"].pk
        self.assertTrue(limits.covers(*both))
        self.assertFalse(limits.covers(*both, self.places["chongqing"].pk))

    def test_what_is_about_no_place_is_nobodys(self):
        limits = self.limits_of("sichuan")
        self.assertFalse(limits.covers())
        self.assertFalse(limits.covers(None))

    def test_rows_are_filtered_by_the_same_rule(self):
        limits = self.limits_of("sichuan")
        self.assertEqual(limits.filter(City.objects.all(), "pk").count(), 3)
        pages = {
            name: CityPageFactory(city=self.places[name])
            for name in ("chengdu", "chongqing")
        }
        queryset = type(pages["chengdu"]).objects.all()
        self.assertEqual(list(limits.filter(queryset, "city")), [pages["chengdu"]])

    def test_rows_of_many_places_are_filtered_by_the_same_rule(self):
        limits = self.limits_of("sichuan")
        chengdu, mianyang, chongqing = (
            self.places[name] for name in ("chengdu", "mianyang", "chongqing")
        )
        own = self.article_about(chengdu, mianyang)
        self.article_about(chengdu, chongqing)
        self.article_about()
        self.assertEqual(list(limits.filter(type(own).objects.all(), "cities")), [own])

    def article_about(self, *cities: City):
        article = ArticlePageFactory()
        article.cities.set(cities)
        article.save()
        return article

    def test_limits_are_read_once(self):
        user = create_editor(self.places["sichuan"])
        with self.assertNumQueries(1):
            get_limits(user)
            get_limits(user)

    def test_a_place_that_limits_somebody_cannot_vanish(self):
        """Without its last place, nothing would limit the editor any more."""
        create_editor(self.places["chengdu"])
        with self.assertRaises(ProtectedError):
            self.places["chengdu"].delete()
