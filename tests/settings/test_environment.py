import re
from pathlib import Path

from django.test import SimpleTestCase

from cms.settings.environment import BASE_DIR, VARIABLES


def shown(default):
    if default in ("", [], None):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


class EnvironmentTests(SimpleTestCase):
    def test_readme_documents_every_variable(self):
        """The table of the README says name, default and purpose in the words of the code."""
        readme = (BASE_DIR / "README.md").read_text()
        rows = re.findall(
            r"^\| `([A-Z0-9_]+)` \| (.*?) ?\| (.*) \|$", readme, re.MULTILINE
        )
        expected = [(v.name, shown(v.default), v.purpose) for v in VARIABLES]
        self.assertEqual(rows, expected)

    def test_example_file_names_every_variable(self):
        example = (BASE_DIR / ".env.example").read_text()
        names = re.findall(r"^#?([A-Z0-9_]+)=", example, re.MULTILINE)
        self.assertEqual(names, [variable.name for variable in VARIABLES])

    def test_nothing_else_reads_the_environment(self):
        readers = [
            str(path.relative_to(BASE_DIR))
            for folder in ("articles", "cms", "forms", "home")
            for path in sorted((BASE_DIR / folder).rglob("*.py"))
            if reads_environment(path)
        ]
        self.assertEqual(readers, ["cms/settings/environment.py"])


def reads_environment(path: Path):
    source = path.read_text()
    return bool(re.search(r"os\.getenv|os\.environ\b(?!\.setdefault)|\bEnv\(", source))
