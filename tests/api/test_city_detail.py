from wagtail.models import Locale, Site

from cms.cities.models import City
from cms.core.models import SiteSettings
from home.models import CityReadiness, ProvinceContent
from tests.api.base import DeliveryAPITestCase
from tests.factories import (
    CertificationProjectFactory,
    CityFactory,
    CityIndexPageFactory,
    CityPageFactory,
    ImageFactory,
    restrict,
    translate,
)


def person(name: str, photo: int | None = None) -> dict:
    value = {"name": name, "role": "顾问", "text": "", "photo": photo}
    return {"type": "person", "value": value}


def paragraph(text: str) -> dict:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


OWN_PHONE = {
    "value": "028-85550100",
    "display": "028-8555 0100",
    "href": "tel:+86-28-8555-0100",
    "origin": "city",
}


class CityCase(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.settings = SiteSettings.for_site(Site.objects.get())
        cls.settings.service_phone = "400-200-0028"
        cls.settings.service_hours = "9–18"
        cls.settings.save()
        cls.sichuan = CityFactory(
            level=City.Level.PROVINCE,
            name="四川省",
            short_name="四川",
            slug="sichuan",
            phone="028-1",
            address="省会 1 号",
        )
        cls.chengdu = CityFactory(
            short_name="成都",
            slug="chengdu",
            pinyin="cheng du",
            code="510100",
            parent=cls.sichuan,
            phone="028-85550100",
            latitude="30.659462",
            longitude="104.065735",
        )

    def city(self, **parameters) -> dict:
        return self.read("cities/chengdu/", **parameters)


class CityDetailTests(CityCase):
    def test_the_register_is_told_as_in_the_list(self):
        city = self.city()
        listed = self.read("cities/")["items"][0]
        self.assertEqual({name: city[name] for name in listed}, listed)

    def test_each_fact_says_where_it_comes_from(self):
        self.assertEqual(
            self.city()["facts"],
            {
                "phone": OWN_PHONE,
                "address": {"value": "省会 1 号", "origin": "province"},
                "opening_hours": {"value": "9–18", "origin": "national"},
                "service_radius": {"value": None, "origin": "national"},
                "team": {"value": [], "origin": "national"},
            },
        )

    def test_a_number_is_a_number(self):
        City.objects.filter(slug="sichuan").update(service_radius=80)
        radius = self.city()["facts"]["service_radius"]
        self.assertEqual(radius, {"value": 80, "origin": "province"})

    def test_the_team_is_told_with_photos(self):
        photo = ImageFactory(description="周敏")
        self.chengdu.team = [person("周敏", photo.pk), person("李雷")]
        self.chengdu.save()
        team = self.city()["facts"]["team"]
        self.assertEqual(team["origin"], "city")
        first, second = team["value"]
        self.assertEqual(
            [first["name"], first["role"], first["text"]], ["周敏", "顾问", ""]
        )
        self.assertEqual(first["photo"]["id"], photo.pk)
        self.assertTrue(first["photo"]["renditions"])
        self.assertIsNone(second["photo"])

    def test_a_person_whose_photo_is_deleted_has_none(self):
        photo = ImageFactory()
        self.chengdu.team = [person("周敏", photo.pk)]
        self.chengdu.save()
        photo.delete()
        self.assertIsNone(self.city()["facts"]["team"]["value"][0]["photo"])

    def test_projects_are_those_offered_there(self):
        quality = CertificationProjectFactory(slug="iso9001", standard="ISO 9001")
        CertificationProjectFactory(slug="iso14001")
        self.assertEqual(self.city()["projects"]["origin"], "national")
        self.assertEqual(len(self.city()["projects"]["value"]), 2)
        self.sichuan.projects.add(quality)
        expected = {
            "slug": "iso9001",
            "name": "质量管理体系认证",
            "standard": "ISO 9001",
            "group": "管理体系-基础",
        }
        self.assertEqual(
            self.city()["projects"], {"value": [expected], "origin": "province"}
        )

    def test_coordinates_are_numbers_or_null(self):
        self.assertEqual(
            self.city()["coordinates"],
            {"latitude": 30.659462, "longitude": 104.065735},
        )
        City.objects.update(latitude=None)
        self.assertIsNone(self.city()["coordinates"])

    def test_an_unknown_city_is_not_found(self):
        for slug in ("atlantis", "成都", "sichuan"):
            for path in (f"cities/{slug}/", f"cities/{slug}/header/"):
                with self.subTest(path):
                    response = self.ask(path)
                    self.assert_problem_response(response, status_code=404)

    def test_a_slug_that_no_database_can_look_for_is_refused(self):
        response = self.ask("cities/%00/")
        self.assert_problem_response(response, status_code=422, parameter="slug")

    def test_unknown_parameters_are_refused(self):
        for path in ("cities/chengdu/", "cities/chengdu/header/"):
            response = self.ask(path, group="initial")
            self.assert_problem_response(response, status_code=422, parameter="group")


class PageOfCityTests(CityCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.index = CityIndexPageFactory(
            city_seo_title="{city}认证咨询",
            city_intro="致电 {phone}",
            city_body=[paragraph("{city}的企业")],
        )
        cls.page = CityPageFactory(
            city=cls.chengdu,
            parent=cls.index,
            title="{city}",
            search_description="自己的",
        )

    def page_detail(self, **parameters) -> dict:
        return self.city(**parameters)["page"]

    def test_it_is_named_with_its_title(self):
        page = self.page_detail()
        named = {name: page[name] for name in ("id", "path", "title")}
        expected = {"id": self.page.pk, "path": self.page.url, "title": "成都"}
        self.assertEqual(named, expected)

    def test_its_texts_say_where_they_come_from_and_what_they_stand_for(self):
        ProvinceContent.objects.create(
            province=self.sichuan, locale=self.page.locale, intro="{province}分部"
        )
        self.assertEqual(
            self.page_detail()["texts"],
            {
                "seo_title": {"value": "成都认证咨询", "origin": "national"},
                "search_description": {"value": "自己的", "origin": "city"},
                "intro": {"value": "四川分部", "origin": "province"},
            },
        )

    def test_its_body_is_the_inherited_one_until_it_has_its_own(self):
        body = self.page_detail()["body"]
        self.assertEqual(body["origin"], "national")
        self.assertEqual(body["value"][0]["value"], "<p>成都的企业</p>")
        self.page.body = [paragraph("只在 {city}"), {"type": "inherited", "value": {}}]
        self.page.save_revision().publish()
        body = self.page_detail()["body"]
        self.assertEqual(body["origin"], "city")
        self.assertEqual(
            [block["value"] for block in body["value"]],
            ["<p>只在 成都</p>", "<p>成都的企业</p>"],
        )

    def test_its_readiness_is_null_until_it_is_computed(self):
        CityReadiness.objects.filter(page=self.page).delete()
        self.assertIsNone(self.page_detail()["readiness"])
        CityReadiness.objects.create(page=self.page, score=72, is_ready=True)
        self.assertEqual(
            self.page_detail()["readiness"], {"score": 72, "is_ready": True}
        )

    def test_a_page_that_nobody_may_see_is_null(self):
        restriction = restrict(self.page)
        self.assertIsNone(self.page_detail())
        restriction.delete()
        self.page.unpublish()
        self.assertIsNone(self.page_detail())

    def test_the_page_is_that_of_the_language_asked_for(self):
        Locale.objects.create(language_code="en")
        self.assertIsNone(self.page_detail(locale="en"))
        translate(self.index.get_parent(), "en")
        translate(self.index, "en", city_intro="Call {phone} in {city}")
        self.chengdu.names = {"en": {"short_name": "Chengdu"}}
        self.chengdu.save()
        english = translate(self.page, "en")
        page = self.page_detail(locale="en")
        self.assertEqual(page["id"], english.pk)
        self.assertEqual(
            page["texts"]["intro"]["value"], "Call +86 28 8555 0100 in Chengdu"
        )

    def test_pages_tell_facts_and_readiness_too(self):
        CityReadiness.objects.filter(page=self.page).delete()
        page = self.read(f"pages/{self.page.pk}/")
        self.assertEqual(page["facts"], self.city()["facts"])
        self.assertIsNone(page["readiness"])
        CityReadiness.objects.create(page=self.page, score=10)
        page = self.read("pages/by-path/", path=self.page.url)
        self.assertEqual(page["readiness"], {"score": 10, "is_ready": False})


class CityHeaderTests(CityCase):
    def header(self, **parameters) -> dict:
        return self.read("cities/chengdu/header/", **parameters)

    def test_it_is_one_small_answer(self):
        page = CityPageFactory(city=self.chengdu)
        self.assertEqual(
            self.header(),
            {
                "slug": "chengdu",
                "name": "成都市",
                "short_name": "成都",
                "phone": OWN_PHONE,
                "page": {"id": page.pk, "path": page.url},
            },
        )

    def test_the_phone_is_inherited(self):
        City.objects.update(phone="")
        self.assertEqual(
            self.header()["phone"],
            {
                "value": "400-200-0028",
                "display": "400-200-0028",
                "href": "tel:+86-400-200-0028",
                "origin": "national",
            },
        )

    def test_without_a_page_there_is_the_phone_still(self):
        header = self.header()
        self.assertIsNone(header["page"])
        self.assertEqual(header["phone"]["origin"], "city")
