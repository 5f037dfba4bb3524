"""A body with every block of the vocabulary, as the database stores it."""

from typing import Any

from django.db.models import Model
from wagtail_factories import DocumentFactory

from tests.factories import (
    ArticleCategoryFactory,
    ArticlePageFactory,
    CityFactory,
    FormPageFactory,
    ImageFactory,
)

LINK_TO_PAGE = '<p>见<a linktype="page" id="{page}">另一页</a>。</p>'


def make_targets() -> dict[str, Model]:
    """One of each thing that blocks choose."""
    return {
        "image": ImageFactory(description="默认说明"),
        "document": DocumentFactory(title="申请表"),
        "page": ArticlePageFactory(title="另一页", slug="other"),
        "form": FormPageFactory(slug="apply"),
        "category": ArticleCategoryFactory(slug="news"),
        "city": CityFactory(slug="chengdu", name="成都市", phone="028-1234"),
    }


def body_with_every_block(targets: dict[str, Model]) -> list[dict[str, Any]]:
    return _body(**{name: target.pk for name, target in targets.items()})


def _body(
    *, image: int, document: int, page: int, form: int, category: int, city: int
) -> list[dict[str, Any]]:
    picture = {"image": image, "alt_text": "审核现场", "decorative": False}
    html = LINK_TO_PAGE.format(page=page)
    values = {
        "heading": {"text": "为什么贯标", "level": "h2", "anchor": ""},
        "paragraph": html,
        "key_points": {"title": "要点", "points": ["三个月", "一次通过"]},
        "named_points": {"items": [{"name": "诊断", "text": "逐条走访。"}]},
        "quote": {"text": "靠流程跑。", "speaker": "周敏", "role": "质量总监"},
        "callout": {"tone": "tip", "title": "提前", "text": html},
        "image": {"image": picture, "caption": "现场", "credit": ""},
        "gallery": {
            "images": [
                {"image": picture, "caption": "甲"},
                {"image": picture, "caption": "乙"},
            ]
        },
        "video": {
            "file": None,
            "embed": "https://www.bilibili.com/video/BV1xx411c7mD",
            "poster": image,
            "caption": "",
        },
        "download": {"document": document, "title": "", "description": "申请表"},
        "table": {
            "data": [["阶段", "用时"], ["诊断", None]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_header_choice": "row",
            "table_caption": "进度",
        },
        "statistics": {"items": [{"value": "98", "unit": "%", "label": "通过率"}]},
        "steps": {
            "items": [{"title": "提交", "text": ""}, {"title": "回电", "text": ""}]
        },
        "faq": {"items": [{"question": "多久?", "answer": html}]},
        "call_to_action": {
            "title": "不确定?",
            "text": "",
            "label": "请联系我",
            "page": page,
            "url": "",
        },
        "quick_form": {"title": "", "form": form},
        "article_list": {"title": "最新", "category": category, "count": 3},
        "city_contact": {"city": city},
        "two_columns": {
            "left": [{"type": "paragraph", "value": html, "id": "left"}],
            "right": [
                {
                    "type": "image",
                    "value": {"image": picture, "caption": "", "credit": ""},
                    "id": "right",
                }
            ],
        },
    }
    return [
        {"type": name, "value": value, "id": name} for name, value in values.items()
    ]
