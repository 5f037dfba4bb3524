"""What readers get of a page's texts: always those that the page has now."""

from django.test import TestCase
from wagtail.models import Page

from cms.core.blocks import BodyBlock
from home.models import HomePage
from tests.factories import home_page


def body(text: str):
    block = BodyBlock()
    value = block.normalize([("paragraph", f"<p>{text}</p>")])
    return block.to_python(block.get_prep_value(value))


class ResolvedTextTests(TestCase):
    def test_a_changed_text_is_read_anew(self):
        page = home_page()
        page.title, page.body = "{city}一", body("{city}甲")
        self.assertIn("一", page.resolved.title)
        self.assertIn("甲", str(page.resolved.body))
        page.title, page.body = "{city}二", body("{city}乙")
        self.assertIn("二", page.resolved.title)
        self.assertIn("乙", str(page.resolved.body))

    def test_a_stream_is_resolved_once(self):
        page = home_page()
        page.body = body("{city}甲")
        self.assertIs(page.resolved.body, page.resolved.body)

    def test_a_stream_without_placeholders_stays_as_it_is(self):
        page = home_page()
        page.body = body("甲")
        self.assertIs(page.resolved.body, page.body)

    def test_a_page_outside_every_site_has_no_phone_to_show(self):
        page = Page.get_first_root_node().add_child(
            instance=HomePage(title="电话{phone}", slug="outside")
        )
        self.assertEqual(page.resolved.title, "电话")
        self.assertEqual(page.get_admin_display_title(), "电话")
