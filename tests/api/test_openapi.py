"""The contract is a reviewed file: a change in it is a visible difference."""

import re
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.test import SimpleTestCase

from cms.api.api import api
from cms.api.contract import stable_json
from cms.core.blocks import BodyBlock

SNAPSHOT = Path(__file__).parent / "openapi.json"
GUIDE = Path(__file__).parents[2] / "docs" / "delivery-api.md"


class ContractTests(SimpleTestCase):
    maxDiff = 4_000

    def setUp(self):
        self.document = self.client.get("/api/v1/openapi.json").json()

    def operations(self):
        for path, operations in self.document["paths"].items():
            for operation in operations.values():
                yield path, operation

    def test_the_contract_is_the_reviewed_one(self):
        self.assertMultiLineEqual(
            SNAPSHOT.read_text(encoding="utf-8"),
            stable_json(api.get_openapi_schema()),
            "The contract has changed. If it was meant to: `make openapi`, and say so in CHANGELOG.md.",
        )

    def test_the_command_writes_the_contract(self):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "openapi.json"
            call_command("export_openapi", path, stdout=StringIO())
            self.assertEqual(path.read_bytes(), SNAPSHOT.read_bytes())

    def test_it_is_openapi_3_1_with_a_server(self):
        self.assertEqual(self.document["openapi"], "3.1.0")
        self.assertEqual(self.document["servers"], [{"url": "/"}])

    def test_every_operation_answers_problems_in_one_shape(self):
        for path, operation in self.operations():
            with self.subTest(path):
                content = operation["responses"]["default"]["content"]
                self.assertEqual(list(content), ["application/problem+json"])

    def test_every_operation_that_answers_names_its_site_and_language(self):
        for path, operation in self.operations():
            with self.subTest(path):
                # The changes are those of all sites and languages: each item names its own.
                if "204" in operation["responses"] or path.endswith("/changes/"):
                    continue
                names = {parameter["name"] for parameter in operation["parameters"]}
                self.assertLessEqual({"site", "locale"}, names)

    def test_every_answer_is_typed(self):
        for path, operation in self.operations():
            with self.subTest(path):
                success = next(
                    status for status in operation["responses"] if status < "3"
                )
                if success == "204":
                    continue
                schema = operation["responses"][success]["content"]["application/json"]
                self.assertTrue(schema["schema"].keys() & {"$ref", "oneOf"})

    def test_the_guide_knows_every_path(self):
        guide = GUIDE.read_text("utf-8")
        for path, _operation in self.operations():
            known_as = re.sub(r"{\w+_id}", "{id}", path.removeprefix("/api/v1/"))
            self.assertIn(f"`{known_as}", guide)

    def test_a_body_is_a_union_told_apart_by_type(self):
        schemas = self.document["components"]["schemas"]
        items = schemas["ArticleSchema"]["properties"]["body"]["items"]
        self.assertEqual(items["discriminator"]["propertyName"], "type")
        self.assertEqual(
            items["discriminator"]["mapping"].keys(), BodyBlock().child_blocks.keys()
        )


class DocumentationPageTests(SimpleTestCase):
    def test_the_page_loads_from_this_site_only(self):
        for version in ("v1", "v3"):
            page = self.client.get(f"/api/{version}/docs/").content.decode()
            addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
            self.assertTrue(addresses)
            for address in addresses:
                self.assertTrue(address.startswith("/static/ninja/"), address)
