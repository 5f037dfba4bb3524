import tempfile
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.test import SimpleTestCase, override_settings

from cms.launch.static_files import collect_static_files
from cms.launch.storage import ModulesStaticFilesStorage

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


class ModulesTests(SimpleTestCase):
    def test_modules_import_each_other_under_the_names_of_their_own_version(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        modules = folder / "source" / "core" / "js"
        modules.mkdir(parents=True)
        (modules / "used.js").write_text("export const used = 1;")
        (modules / "entry.js").write_text(
            'import { used } from "./used.js";\nconst later = () => import("./used.js");'
        )
        storage = ModulesStaticFilesStorage(location=folder / "static", base_url="/s/")
        source = FileSystemStorage(folder / "source")
        paths = {
            name: (source, name) for name in ("core/js/entry.js", "core/js/used.js")
        }
        for name, (_storage, path) in paths.items():
            with source.open(path) as file:
                storage.save(name, file)
        list(storage.post_process(paths))
        entry = (
            folder / "static" / storage.stored_name("core/js/entry.js")
        ).read_text()
        hashed = Path(storage.stored_name("core/js/used.js")).name
        self.assertNotEqual(hashed, "used.js")
        self.assertEqual(
            entry,
            f'import {{ used }} from "./{hashed}";\n'
            f'const later = () => import("./{hashed}");',
        )
