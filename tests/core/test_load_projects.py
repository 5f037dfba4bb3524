from io import StringIO

from django.core.management import call_command
from django.test import TestCase
from wagtail.models import Locale

from cms.core.models import CertificationProject


def load(**options):
    output = StringIO()
    call_command("load_projects", stdout=output, **options)
    return output.getvalue()


class LoadProjectsTests(TestCase):
    def test_creates_the_projects_in_the_order_of_the_file(self):
        output = load()
        projects = CertificationProject.objects.all()
        self.assertEqual(projects.count(), 63)
        self.assertEqual(projects[0].slug, "iso9001")
        self.assertEqual(
            {project.locale for project in projects}, {Locale.get_default()}
        )
        self.assertIn("63 created, 0 left as they are.", output)

    def test_a_project_without_standard_is_called_by_its_name(self):
        load()
        project = CertificationProject.objects.get(slug="gaoxin")
        self.assertEqual(str(project), "高新技术企业认定")

    def test_loading_again_changes_nothing(self):
        load()
        before = list(CertificationProject.objects.values())
        self.assertIn("0 created, 63 left as they are.", load())
        self.assertEqual(list(CertificationProject.objects.values()), before)

    def test_what_editors_changed_stays(self):
        load()
        CertificationProject.objects.filter(slug="iso9001").update(
            name="质量体系", group="常办", sort_order=1, active=False
        )
        load()
        project = CertificationProject.objects.get(slug="iso9001")
        self.assertEqual(
            (project.name, project.group, project.sort_order, project.active),
            ("质量体系", "常办", 1, False),
        )

    def test_what_editors_deleted_stays_away_at_every_start(self):
        """`make run` loads the registers each time: a project that an editor deleted came back."""
        load(first_time_only=True)
        CertificationProject.objects.get(slug="iso9001").delete()
        load(first_time_only=True)
        self.assertFalse(CertificationProject.objects.filter(slug="iso9001").exists())

    def test_a_missing_project_comes_back(self):
        load()
        CertificationProject.objects.filter(slug="iso9001").delete()
        self.assertIn("1 created, 62 left as they are.", load())
