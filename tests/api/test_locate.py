from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings

from cms.cities.ip_lookup import region_file
from cms.cities.models import City
from tests.api.base import DeliveryAPITestCase
from tests.cities.region_file import write_region_file
from tests.factories import CityFactory, CityPageFactory, restrict

NOBODY = {"city": None, "method": None}
IN_CHENGDU = {"latitude": 30.57, "longitude": 103.92}
IN_TOKYO = {"latitude": 35.68, "longitude": 139.69}


class LocateCase(DeliveryAPITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sichuan = CityFactory(
            level=City.Level.PROVINCE, name="四川省", short_name="四川", slug="sichuan"
        )
        cls.chengdu = CityFactory(
            short_name="成都",
            slug="chengdu",
            pinyin="cheng du",
            code="510100",
            parent=cls.sichuan,
            latitude="30.659462",
            longitude="104.065735",
        )
        cls.mianyang = CityFactory(
            short_name="绵阳", slug="mianyang", parent=cls.sichuan
        )

    def locate(self, headers: dict | None = None, **parameters) -> dict:
        response = self.client.get(
            "/api/v1/cities/locate/", parameters, headers=headers
        )
        self.assertEqual(response.status_code, 200, response.content.decode())
        return response.json()

    def found(self, headers: dict | None = None, **parameters) -> tuple:
        answer = self.locate(headers, **parameters)
        return answer["city"] and answer["city"]["slug"], answer["method"]


class LocateTests(LocateCase):
    def test_without_anything_to_go_by_nobody_is_suggested(self):
        self.assertEqual(self.locate(), NOBODY)

    def test_a_city_called_locate_would_not_be_found_here(self):
        CityFactory(slug="locate")
        self.assertEqual(self.locate(), NOBODY)

    def test_the_city_near_the_visitors_coordinates_is_suggested(self):
        page = CityPageFactory(city=self.chengdu)
        self.assertEqual(
            self.locate(**IN_CHENGDU),
            {
                "city": {
                    "slug": "chengdu",
                    "name": "成都市",
                    "short_name": "成都",
                    "page": {"id": page.pk, "path": page.url},
                },
                "method": "coordinates",
            },
        )
        restrict(page)
        self.assertIsNone(self.locate(**IN_CHENGDU)["city"]["page"])

    def test_nobody_abroad_is_suggested_a_city(self):
        self.assertEqual(self.locate(**IN_TOKYO), NOBODY)

    def test_the_poles_are_places_too(self):
        for latitude in (-90, 90):
            self.assertEqual(self.locate(latitude=latitude, longitude=180), NOBODY)

    def test_half_a_place_is_refused(self):
        for given, missing in [("latitude", "longitude"), ("longitude", "latitude")]:
            response = self.ask("cities/locate/", **{given: 30})
            self.assert_problem_response(response, status_code=422, parameter=missing)

    def test_what_is_no_place_is_refused(self):
        for name, value in [
            *(("latitude", value) for value in ("90.1", "-91", "nan", "inf", "x", "")),
            *(("longitude", value) for value in ("180.1", "-181", "nan", "1e999")),
        ]:
            with self.subTest(name=name, value=value):
                response = self.ask("cities/locate/", **IN_CHENGDU | {name: value})
                self.assert_problem_response(response, status_code=422, parameter=name)

    def test_the_answer_is_the_visitors_alone(self):
        for parameters in ({}, IN_CHENGDU, IN_TOKYO):
            response = self.ask("cities/locate/", **parameters)
            self.assertEqual(response.headers["Cache-Control"], "private, no-store")
        response = self.ask("cities/locate/", latitude=30)
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_no_visitors_whereabouts_are_logged(self):
        with self.assertNoLogs(level="INFO"):
            self.locate(**IN_CHENGDU)
            self.locate(**IN_TOKYO)


@override_settings(CITY_HEADER="X-Visitor-City")
class CityHeaderTests(LocateCase):
    def test_the_city_that_the_cdn_names_is_suggested(self):
        for name in ("成都", "成都市", "chengdu", "Cheng Du", "510100"):
            with self.subTest(name):
                self.assertEqual(
                    self.found({"X-Visitor-City": name}), ("chengdu", "header")
                )

    def test_chinese_arrives_as_bytes_or_escaped(self):
        for name in ("成都".encode().decode("latin-1"), "%E6%88%90%E9%83%BD"):
            with self.subTest(name):
                self.assertEqual(
                    self.found({"X-Visitor-City": name}), ("chengdu", "header")
                )

    def test_what_the_visitor_says_goes_before_it(self):
        headers = {"X-Visitor-City": "绵阳"}
        self.assertEqual(self.found(headers, **IN_CHENGDU), ("chengdu", "coordinates"))
        self.assertEqual(self.found(headers, **IN_TOKYO), (None, None))

    def test_a_name_of_no_city_suggests_nobody(self):
        for name in ("Atlantis", "", "é", "%FF"):
            self.assertEqual(self.locate({"X-Visitor-City": name}), NOBODY)

    @override_settings(CITY_HEADER="")
    def test_it_is_not_read_unless_it_is_configured(self):
        self.assertEqual(self.locate({"X-Visitor-City": "成都"}), NOBODY)


class AddressTests(LocateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.addClassCleanup(region_file.cache_clear)
        path = write_region_file(
            Path(folder.name) / "regions.xdb",
            {
                "1.0.2.0/24": "中国|四川省|成都市|电信|CN",
                "1.0.3.0/24": "中国|0|四川省|绵阳市|电信",
                "1.0.4.0/24": "中国|四川省|0|电信|CN",
                "8.8.8.0/24": "美国|加利福尼亚州|0|0|US",
                "10.1.0.0/16": "中国|四川省|成都市|电信|CN",
            },
        )
        cls.enterClassContext(override_settings(IP2REGION_FILE=str(path)))

    def found_at(self, address: str, forwarded: str | None = None) -> tuple:
        self.client.defaults["REMOTE_ADDR"] = address
        return self.found({"X-Forwarded-For": forwarded} if forwarded else None)

    def test_the_city_of_the_address_is_suggested(self):
        self.assertEqual(self.found_at("1.0.2.9"), ("chengdu", "ip"))
        self.assertEqual(self.found_at("1.0.3.9"), ("mianyang", "ip"))
        self.assertEqual(self.found_at("::ffff:1.0.3.9"), ("mianyang", "ip"))

    def test_other_addresses_suggest_nobody(self):
        for address in (
            *("1.0.4.9", "8.8.8.8", "9.9.9.9", "10.1.0.1", "127.0.0.1"),
            *("2400:3200::1", "", "unix:"),
        ):
            with self.subTest(address):
                self.assertEqual(self.found_at(address), (None, None))

    def test_what_is_forwarded_is_not_believed_of_anybody(self):
        self.assertEqual(self.found_at("127.0.0.1", "1.0.2.9"), (None, None))
        self.assertEqual(self.found_at("1.0.3.9", "1.0.2.9"), ("mianyang", "ip"))

    @override_settings(TRUST_PROXY=True)
    def test_of_a_trusted_proxy_the_last_address_is_believed(self):
        self.assertEqual(self.found_at("10.0.0.1", "1.0.2.9"), ("chengdu", "ip"))
        self.assertEqual(
            self.found_at("10.0.0.1", "1.0.2.9, 1.0.3.9"), ("mianyang", "ip")
        )
        self.assertEqual(self.found_at("10.0.0.1", "1.0.2.9, x"), (None, None))
        self.assertEqual(self.found_at("1.0.3.9"), ("mianyang", "ip"))

    @override_settings(CITY_HEADER="X-Visitor-City")
    def test_the_header_of_the_cdn_goes_before_the_address(self):
        self.client.defaults["REMOTE_ADDR"] = "1.0.3.9"
        self.assertEqual(self.found({"X-Visitor-City": "成都"}), ("chengdu", "header"))
        self.assertEqual(self.found({"X-Visitor-City": "Ashburn"}), ("mianyang", "ip"))
