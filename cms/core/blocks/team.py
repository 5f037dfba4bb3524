from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks.media import PosterBlock


class PersonBlock(blocks.StructBlock):
    """Somebody of the service team, as visitors get to know them."""

    name = blocks.CharBlock(label=_("full name"), max_length=40)
    role = blocks.CharBlock(label=_("role"), max_length=60, required=False)
    text = blocks.TextBlock(
        label=_("text"),
        rows=2,
        max_length=200,
        required=False,
        help_text=_("What this person knows best, in a sentence or two."),
    )
    photo = PosterBlock(label=_("photo"), required=False)

    class Meta:
        icon = "user"
        label = _("Person")
        preview_value = {
            "name": "周敏",
            "role": "高级顾问",
            "text": "做过十二年质量管理，熟悉机械加工。",
            "photo": None,
        }


class TeamBlock(blocks.StreamBlock):
    """The people whom visitors of a city will talk to."""

    person = PersonBlock()

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        return [
            child.block.get_api_representation(child.value, context) for child in value
        ]
