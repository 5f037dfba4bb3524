import pytest
from wagtail.blocks import StructBlockValidationError

from cms.core.blocks.links import LinkBlock
from home.models import HomePage

ADDRESS = "https://example.com/"


def clean(**values):
    block = LinkBlock()
    return block.clean(block.normalize({"label": "更多", **values}))


@pytest.mark.django_db
class TestLinkTargets:
    def test_a_page_or_an_address_is_enough(self):
        home = HomePage.objects.get()
        assert clean(page=home).href == home.url
        assert clean(url=ADDRESS).href == ADDRESS

    def test_both_are_refused(self):
        with pytest.raises(StructBlockValidationError) as refused:
            clean(page=HomePage.objects.get(), url=ADDRESS)
        assert "url" in refused.value.block_errors

    def test_none_is_refused(self):
        with pytest.raises(StructBlockValidationError):
            clean()

    def test_an_unpublished_page_is_not_linked_to(self):
        home = HomePage.objects.get()
        home.live = False
        assert LinkBlock().normalize({"label": "x", "page": home}).href == ""
