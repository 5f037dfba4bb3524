import tempfile
from pathlib import Path

from django.test import SimpleTestCase, override_settings

from cms.launch.static_files import collect_static_files

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}


class StaticFilesTests(SimpleTestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "source").mkdir()
        self.stylesheet = self.folder / "source" / "site.css"
        self.stylesheet.write_text("body { color: black }")
        self.enterContext(
            override_settings(
                DATA_DIR=self.folder,
                STATIC_ROOT=self.folder / "static",
                STATICFILES_DIRS=[self.folder / "source"],
                STATICFILES_FINDERS=[
                    "django.contrib.staticfiles.finders.FileSystemFinder"
                ],
                STORAGES=STORAGES,
            )
        )

    def test_collects_once(self):
        self.assertEqual(collect_static_files(), "collected")
        self.assertEqual(collect_static_files(), "unchanged")

    def test_collects_again_after_an_edit(self):
        collect_static_files()
        self.stylesheet.write_text("body { color: white }")
        self.assertEqual(collect_static_files(), "collected")

    def test_collects_again_when_the_result_was_deleted(self):
        collect_static_files()
        (self.folder / "static" / "staticfiles.json").unlink()
        self.assertEqual(collect_static_files(), "collected")
