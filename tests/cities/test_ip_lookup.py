from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.checks import run_checks
from django.test import SimpleTestCase, override_settings
from ip2region import util

from cms.cities.checks import check_region_file
from cms.cities.ip_lookup import find_region, region_file
from tests.cities.region_file import TEXTS_BEGIN, write_region_file

REGIONS = {
    "1.0.1.0/24": "中国|福建省|福州市|电信|CN",
    "1.0.2.0/23": "中国|四川省|成都市|电信|CN",
    "1.2.0.0/16": "中国|北京|北京市|联通|CN",
    "10.1.0.0/16": "中国|四川省|成都市|电信|CN",
}


class RegionFileCase(SimpleTestCase):
    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "regions.xdb"
        self.addCleanup(region_file.cache_clear)
        settings = override_settings(IP2REGION_FILE=str(self.path))
        settings.enable()
        self.addCleanup(settings.disable)

    def find(self, address: str) -> str:
        return find_region(ip_address(address))


class FindRegionTests(RegionFileCase):
    def test_an_address_is_found_where_its_network_is(self):
        write_region_file(self.path, REGIONS)
        self.assertEqual(self.find("1.0.1.0"), "中国|福建省|福州市|电信|CN")
        self.assertEqual(self.find("1.0.1.255"), "中国|福建省|福州市|电信|CN")
        self.assertEqual(self.find("1.0.3.255"), "中国|四川省|成都市|电信|CN")
        self.assertEqual(self.find("1.2.200.7"), "中国|北京|北京市|联通|CN")

    def test_an_address_of_no_network_is_unknown(self):
        write_region_file(self.path, REGIONS)
        for address in ("1.0.0.255", "1.0.4.0", "9.9.9.9", "255.255.255.255"):
            self.assertEqual(self.find(address), "", address)

    def test_files_of_the_older_structure_are_read(self):
        write_region_file(self.path, REGIONS, structure=util.XdbStructure20)
        self.assertEqual(self.find("1.0.2.9"), "中国|四川省|成都市|电信|CN")

    def test_files_of_long_addresses_are_read(self):
        write_region_file(self.path, {"240e:300::/32": "中国|四川省|成都市|电信|CN"})
        self.assertEqual(self.find("240e:300::1"), "中国|四川省|成都市|电信|CN")
        self.assertEqual(self.find("240e:301::1"), "")
        self.assertEqual(self.find("1.0.1.0"), "")

    def test_private_addresses_are_not_looked_up(self):
        write_region_file(self.path, REGIONS)
        for address in ("10.1.0.1", "127.0.0.1", "192.168.1.1", "fe80::1", "::"):
            self.assertEqual(self.find(address), "", address)

    @override_settings(IP2REGION_FILE="")
    def test_without_a_file_nothing_is_known(self):
        self.assertEqual(self.find("1.0.1.0"), "")
        self.assertEqual(check_region_file(), [])


class BrokenRegionFileTests(RegionFileCase):
    def assert_useless(self) -> None:
        with self.assertLogs("cms.cities.ip_lookup", "ERROR") as logs:
            for _time in range(3):
                self.assertEqual(self.find("1.0.1.0"), "")
        self.assertEqual(len(logs.records), 1)
        self.assertNotIn("1.0.1.0", logs.output[0])

    def assert_warned(self) -> None:
        warnings = [each for each in run_checks() if each.id == "cities.W001"]
        self.assertEqual(len(warnings), 1)
        self.assertIn("IP2REGION_FILE", warnings[0].msg)
        self.assertTrue(warnings[0].hint)

    def test_a_missing_file_is_warned_about_and_logged_once(self):
        self.assert_warned()
        self.assert_useless()

    def test_a_folder_is_no_file(self):
        self.path.mkdir()
        self.assert_warned()
        self.assert_useless()

    def test_a_file_of_another_format_is_warned_about_and_logged_once(self):
        self.path.write_bytes(b"GIF89a" * 200_000)
        self.assert_warned()
        self.assert_useless()

    def test_a_file_that_was_not_copied_whole_is_warned_about_and_logged_once(self):
        whole = write_region_file(self.path, REGIONS).read_bytes()
        for length in (0, 10, 256, 300_000, len(whole) - 1):
            with self.subTest(length):
                self.path.write_bytes(whole[:length])
                region_file.cache_clear()
                self.assert_warned()
                self.assert_useless()

    def test_damage_in_the_middle_is_noticed_when_it_is_met(self):
        content = bytearray(write_region_file(self.path, REGIONS).read_bytes())
        content[TEXTS_BEGIN : TEXTS_BEGIN + 4] = b"\xff\xff\xff\xff"
        self.path.write_bytes(content)
        self.assertEqual(check_region_file(), [])
        self.assert_useless()

    def test_a_whole_file_is_not_warned_about(self):
        write_region_file(self.path, REGIONS)
        self.assertEqual(check_region_file(), [])
