"""Each block's template shows what editors put into the block."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.core.blocks import BodyBlock
from home.models import HomePage
from tests.factories import ImageFactory

VOCABULARY = BodyBlock().child_blocks
# These show something else than their own words: a form, articles, a city; or nothing until a file is chosen.
LOOKED_UP = {
    "quick_form": {"title": "", "form": None},
    "article_list": {"title": "资讯", "category": None, "count": 3},
    "city_contact": {"city": None},
    "download": {"document": None, "title": "申请表"},
    "video": {"caption": "走进审核现场"},
}
WITH_WORDS = sorted(set(VOCABULARY) - set(LOOKED_UP))


def render(name: str, value=None) -> BeautifulSoup:
    block = VOCABULARY[name]
    value = block.get_preview_value() if value is None else block.normalize(value)
    return BeautifulSoup(block.render(value), "html.parser")


@pytest.mark.django_db
@pytest.mark.parametrize("name", WITH_WORDS)
def test_block_shows_every_word_of_its_preview(name):
    ImageFactory(description="审核现场")
    block = VOCABULARY[name]
    stored = str(block.get_prep_value(block.get_preview_value()))
    words = set(re.findall(r"[\u4e00-\u9fff]+", stored))
    shown = str(render(name))
    assert shown.strip()
    assert {word for word in words if word not in shown} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), LOOKED_UP.items())
def test_block_without_anything_to_show_leaves_no_trace(name, value):
    assert render(name, value).get_text(strip=True) == ""


def test_heading_can_be_linked_to():
    assert (
        render("heading", {"text": "准备", "level": "h3", "anchor": "prepare"}).h3["id"]
        == "prepare"
    )


def test_table_tells_header_cells_from_others():
    table = render(
        "table",
        {
            "data": [["阶段", "用时"], ["诊断", "<b>1</b> 周"]],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": "进度",
        },
    )
    assert [cell["scope"] for cell in table.find_all("th")] == ["col", "col", "row"]
    assert table.td.string == "<b>1</b> 周"


def test_decorative_image_has_an_empty_alternative_text(db):
    image = ImageFactory(description="审核现场")
    image.decorative, image.contextual_alt_text = True, None
    assert render("image", {"image": image}).img["alt"] == ""


def test_image_carries_the_alternative_text_of_its_place(db):
    image = ImageFactory(description="审核现场")
    image.decorative, image.contextual_alt_text = False, "审核员在看记录"
    shown = render("image", {"image": image}).img
    assert shown["alt"] == "审核员在看记录"
    assert shown["loading"] == "lazy"


def test_video_elsewhere_is_a_link_until_the_visitor_plays_it(db):
    video = render("video", {"embed": "https://www.bilibili.com/video/BV1xx411c7mD"})
    assert not video.iframe
    assert video.a["href"] == "https://www.bilibili.com/video/BV1xx411c7mD"
    assert video.a["data-player"].startswith("https://player.bilibili.com/")


@pytest.mark.parametrize("name", VOCABULARY)
def test_block_is_previewed_in_the_sites_own_style(name, admin_client):
    block = HomePage._meta.get_field("body").stream_block.child_blocks[name]
    url = reverse("wagtailadmin_block_preview")
    preview = admin_client.get(url, {"id": block.definition_prefix})
    assert preview.status_code == 200
    assert "core/site.css" in preview.content.decode()
